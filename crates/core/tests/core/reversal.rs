//! Reversals: an Admin, a password, once.

use anyhow::Result;
use ombor_core::{
    Error,
    id::{DocumentId, MovementId},
    stock::{
        movement::{MovementFilter, get_movement, list_movements},
        posting::DocumentKind,
        reversal::{PostedReversal, Reversal, reverse_movement},
    },
};
use ombor_testkit::{PASSWORD, Server, Warehouse};

fn reversal_of(reversed_id: MovementId) -> Reversal {
    Reversal {
        document_id: DocumentId::generate(),
        movement_id: MovementId::generate(),
        reversed_id,
        reason: "notoʻgʻri mahsulot".to_owned(),
    }
}

async fn reverse(warehouse: &Warehouse, reversal: &Reversal) -> Result<PostedReversal, Error> {
    let mut connection = warehouse.database.app().acquire().await?;
    reverse_movement(&mut connection, &warehouse.admin, reversal, PASSWORD).await
}

#[tokio::test]
async fn a_reversal_puts_the_stock_back_once_and_names_what_it_reverses() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product_with(dec!(10)).await?;
        let issue = warehouse
            .document(&warehouse.operator, DocumentKind::Issue, product, dec!(4))
            .await?;
        warehouse.post(&warehouse.operator, &issue).await?;
        let reversal = reversal_of(issue.lines[0].movement_id);
        let posted = reverse(&warehouse, &reversal).await?;
        assert_eq!(warehouse.on_hand(product).await?, dec!(10));
        let repeated = reverse(&warehouse, &reversal).await?;
        assert!(repeated.repeated && repeated.number == posted.number);

        let refused = reverse(&warehouse, &reversal_of(issue.lines[0].movement_id)).await;
        assert!(
            matches!(refused, Err(Error::AlreadyReversed)),
            "{refused:?}"
        );
        let refused = reverse(&warehouse, &reversal_of(reversal.movement_id)).await;
        assert!(matches!(refused, Err(Error::NotReversible)), "{refused:?}");
        assert_eq!(warehouse.on_hand(product).await?, dec!(10));

        let mut connection = warehouse.database.connection().await?;
        let page = list_movements(
            &mut connection,
            &warehouse.viewer,
            &MovementFilter::default(),
            None,
            10,
        )
        .await?;
        let seen: Vec<_> = page
            .rows
            .iter()
            .map(|row| (row.kind, row.reversed, row.reversal_of))
            .collect();
        assert_eq!(
            seen,
            [
                (DocumentKind::Reversal, false, Some(reversal.reversed_id)),
                (DocumentKind::Issue, true, None),
                (DocumentKind::Receipt, false, None),
            ]
        );
        let reversing =
            get_movement(&mut connection, &warehouse.viewer, reversal.movement_id).await?;
        assert_eq!(
            (reversing.user_name.as_str(), reversing.employee_name),
            ("Aziza", None)
        );
    }
    Ok(())
}

#[tokio::test]
async fn what_came_in_and_is_gone_cannot_be_taken_back() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let receipt = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
        .await?;
    warehouse.post(&warehouse.operator, &receipt).await?;
    warehouse.post_issue(product, dec!(2)).await?;
    let Err(Error::InsufficientStock { lines }) =
        reverse(&warehouse, &reversal_of(receipt.lines[0].movement_id)).await
    else {
        panic!("the stock would be below zero");
    };
    assert_eq!((lines[0].wanted, lines[0].available), (dec!(5), dec!(3)));
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_reverses_nothing_and_counts_as_a_failed_login() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let receipt = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
        .await?;
    warehouse.post(&warehouse.operator, &receipt).await?;
    let mut connection = warehouse.database.connection().await?;
    let reversal = reversal_of(receipt.lines[0].movement_id);
    for _ in 0..3 {
        let refused = reverse_movement(
            &mut connection,
            &warehouse.admin,
            &reversal,
            "notogri parol",
        )
        .await;
        assert!(
            matches!(refused, Err(Error::WrongPassword { .. })),
            "{refused:?}"
        );
    }
    let refused = reverse_movement(&mut connection, &warehouse.admin, &reversal, PASSWORD).await;
    assert!(
        matches!(
            refused,
            Err(Error::LockedOut {
                wait_seconds: Some(1)
            })
        ),
        "{refused:?}"
    );
    assert_eq!(warehouse.on_hand(product).await?, dec!(5));
    Ok(())
}

#[tokio::test]
async fn the_database_takes_only_an_admins_own_fresh_password_and_takes_it_once() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let call =
        "select ombor.reverse_movement($1, gen_random_uuid(), gen_random_uuid(), $2, $3, 'x')";
    let face = warehouse.confirm(&warehouse.admin).await?.as_uuid();
    let password = uuid::Uuid::new_v4();
    sqlx::query("select ombor.record_confirmation($1, $2, null, 'admin_password', null, null, null, null, null)")
        .bind(warehouse.admin.session_id().as_uuid())
        .bind(password)
        .execute(warehouse.database.app())
        .await?;
    let mut outcomes = Vec::new();
    for confirmation in [uuid::Uuid::nil(), face, password, password] {
        let receipt = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
            .await?;
        warehouse.post(&warehouse.operator, &receipt).await?;
        let outcome = sqlx::query(call)
            .bind(warehouse.admin.session_id().as_uuid())
            .bind(receipt.lines[0].movement_id.as_uuid())
            .bind(confirmation)
            .execute(warehouse.database.app())
            .await;
        outcomes.push(match outcome.map_err(Error::from) {
            Ok(_) => "reversed",
            Err(Error::ConfirmationMissing) => "missing",
            Err(Error::ConfirmationForeign) => "foreign",
            Err(Error::ConfirmationExpired) => "used up",
            Err(error) => return Err(error.into()),
        });
    }
    assert_eq!(outcomes, ["missing", "foreign", "reversed", "used up"]);
    Ok(())
}
