//! The rule that a person stands behind each movement, as the database enforces it.

use anyhow::Result;
use ombor_core::{
    Error,
    id::ConfirmationId,
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        employee,
    },
    stock::posting::DocumentKind,
};
use ombor_testkit::{Server, Warehouse};
use rust_decimal::Decimal;

fn face(warehouse: &Warehouse) -> NewConfirmation {
    NewConfirmation {
        employee_id: warehouse.employee,
        method: ConfirmationMethod::Face,
        score: Some(dec!(1)),
        threshold: Some(dec!(2)),
        agreeing_share: Some(dec!(0.9)),
        liveness: Some("blink".to_owned()),
        pipeline_version: Some("test".to_owned()),
    }
}

#[tokio::test]
async fn a_movement_without_a_confirmation_is_refused_by_the_database() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product().await?;
        let mut document = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
            .await?;
        for missing in [None, Some(ConfirmationId::generate())] {
            document.confirmation_id = missing;
            let refused = warehouse.post(&warehouse.operator, &document).await;
            assert!(
                matches!(refused, Err(Error::ConfirmationMissing)),
                "{refused:?} on {server:?}"
            );
        }
        assert_eq!(warehouse.on_hand(product).await?, Decimal::ZERO);
    }
    Ok(())
}

#[tokio::test]
async fn a_confirmation_of_another_session_is_refused() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let mut document = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
        .await?;
    document.confirmation_id = Some(warehouse.confirm(&warehouse.admin).await?);
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::ConfirmationForeign)),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_confirmation_holds_for_five_minutes_by_the_databases_clock() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product().await?;
        let mut superuser = warehouse.database.superuser().await?;
        let early = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
            .await?;
        let mut late = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(7))
            .await?;
        late.confirmation_id = early.confirmation_id;

        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 290)
            .await?;
        warehouse.post(&warehouse.operator, &early).await?;
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 11)
            .await?;
        let refused = warehouse.post(&warehouse.operator, &late).await;
        assert!(
            matches!(refused, Err(Error::ConfirmationExpired)),
            "{refused:?} on {server:?}"
        );
        assert_eq!(warehouse.on_hand(product).await?, dec!(5));
    }
    Ok(())
}

#[tokio::test]
async fn a_confirmation_from_the_future_is_refused() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let document = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
        .await?;
    let mut superuser = warehouse.database.superuser().await?;
    warehouse
        .let_pass(&mut superuser, &warehouse.operator, -30)
        .await?;
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::ConfirmationExpired)),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn the_schema_itself_refuses_another_employee_than_the_confirmations() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let confirmation = warehouse.confirm(&warehouse.operator).await?;
        let mut connection = warehouse.database.connection().await?;
        let other = employee::create_employee(
            &mut connection,
            &warehouse.admin,
            &"Vali".to_owned().try_into()?,
        )
        .await?;
        let inserted = sqlx::query(
            "insert into ombor.document (id, number, kind, from_location_id, to_location_id, user_id, session_id,
                                         employee_id, confirmation_id, posted_at)
             select gen_random_uuid(), 1000000, 'receipt', gen_random_uuid(), gen_random_uuid(), $1, $2, $3, $4, now()",
        )
        .bind(warehouse.operator.user_id().as_uuid())
        .bind(warehouse.operator.session_id().as_uuid())
        .bind(other.id.as_uuid())
        .bind(confirmation.as_uuid())
        .execute(warehouse.database.owner())
        .await;
        let error = inserted.expect_err("the foreign key holds");
        let constraint = error
            .as_database_error()
            .and_then(|error| error.constraint());
        assert_eq!(
            constraint,
            Some("document_confirmation_id_session_id_employee_id_own")
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_schema_itself_refuses_a_movement_without_anybody_and_a_confirmation_that_holds_longer()
-> Result<()> {
    let warehouse = Warehouse::open().await?;
    let cases = [
        (
            "document_confirmation_id_by_kind",
            "insert into ombor.document (id, number, kind, from_location_id, to_location_id, user_id, session_id,
                                         posted_at)
             select gen_random_uuid(), 1000000, 'issue', gen_random_uuid(), gen_random_uuid(), id, id, now()
             from ombor.user_account limit 1",
        ),
        (
            "confirmation_valid_until_five_minutes",
            "insert into ombor.confirmation (id, session_id, method, confirmed_at, valid_until)
             select gen_random_uuid(), id, 'admin_password', now(), now() + interval '1 hour' from ombor.session limit 1",
        ),
    ];
    for (constraint, statement) in cases {
        let error = sqlx::query(statement)
            .execute(warehouse.database.owner())
            .await
            .expect_err(constraint);
        assert_eq!(
            error
                .as_database_error()
                .and_then(|error| error.constraint()),
            Some(constraint)
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_confirmation_tells_who_and_how_much_of_its_time_is_left() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    assert_eq!(
        confirmation::current(&mut connection, &warehouse.operator).await?,
        None
    );
    let recorded =
        confirmation::record(&mut connection, &warehouse.operator, &face(&warehouse)).await?;
    assert_eq!(
        (recorded.employee_name.as_str(), recorded.method),
        ("Ali", ConfirmationMethod::Face)
    );
    assert!((1..=300_000).contains(&recorded.remaining_ms));
    let current = confirmation::current(&mut connection, &warehouse.operator)
        .await?
        .expect("it holds");
    assert_eq!(
        (current.id, current.valid_until),
        (recorded.id, recorded.valid_until)
    );
    assert_eq!(
        confirmation::current(&mut connection, &warehouse.admin).await?,
        None,
        "another session's"
    );

    let mut superuser = warehouse.database.superuser().await?;
    warehouse
        .let_pass(&mut superuser, &warehouse.operator, 301)
        .await?;
    assert_eq!(
        confirmation::current(&mut connection, &warehouse.operator).await?,
        None
    );
    Ok(())
}

#[tokio::test]
async fn an_employee_who_left_confirms_nothing() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    employee::set_active(&mut connection, &warehouse.admin, warehouse.employee, false).await?;
    let refused =
        confirmation::record(&mut connection, &warehouse.operator, &face(&warehouse)).await;
    assert!(
        matches!(refused, Err(Error::EmployeeNotFound)),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn nobody_is_vouched_for_by_a_word_alone() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    for method in [
        ConfirmationMethod::VouchedPassword,
        ConfirmationMethod::VouchedFace,
    ] {
        let vouched = NewConfirmation {
            method,
            ..face(&warehouse)
        };
        let refused = confirmation::record(&mut connection, &warehouse.operator, &vouched).await;
        assert!(
            matches!(refused, Err(Error::ConfirmationForeign)),
            "{refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_opening_is_an_admins_without_an_employee_and_nothing_else_is() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let mut opening = warehouse
        .document(&warehouse.admin, DocumentKind::Opening, product, dec!(50))
        .await?;
    let refused = warehouse.post(&warehouse.operator, &opening).await;
    assert!(
        matches!(refused, Err(Error::NotPermitted { .. })),
        "{refused:?}"
    );
    warehouse.post(&warehouse.admin, &opening).await?;
    assert_eq!(warehouse.on_hand(product).await?, dec!(50));

    opening.id = ombor_core::id::DocumentId::generate();
    opening.confirmation_id = Some(warehouse.confirm(&warehouse.admin).await?);
    let refused = warehouse.post(&warehouse.admin, &opening).await;
    assert!(
        matches!(refused, Err(Error::DocumentIncomplete)),
        "{refused:?}"
    );
    Ok(())
}
