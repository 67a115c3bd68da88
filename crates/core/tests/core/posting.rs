//! Posting: what a document does to the stock, and what it refuses.

use anyhow::Result;
use ombor_core::{
    Error,
    id::{DocumentId, LocationId, MovementId, ProductId},
    name::Name,
    quantity::Quantity,
    stock::{
        balance,
        location::{self, LocationKind},
        lot,
        posting::{DocumentKind, Line, find_posted},
    },
};
use ombor_testkit::{ProductBuilder, Server, Warehouse};
use rust_decimal::Decimal;

fn line(product_id: ProductId, quantity: Decimal) -> Result<Line> {
    Ok(Line {
        movement_id: MovementId::generate(),
        product_id,
        lot_id: None,
        quantity: Quantity::try_from(quantity)?,
    })
}

#[tokio::test]
async fn a_receipt_raises_stock_and_an_issue_lowers_it() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product().await?;
        let received = warehouse.post_receipt(product, dec!(10.5)).await?;
        assert_eq!(
            (received.lines[0].before, received.lines[0].after),
            (dec!(0), dec!(10.5))
        );
        let issued = warehouse.post_issue(product, dec!(0.125)).await?;
        assert_eq!(
            (issued.lines[0].before, issued.lines[0].after),
            (dec!(10.5), dec!(10.375))
        );
        assert!(issued.number > received.number);
        assert_eq!(warehouse.on_hand(product).await?, dec!(10.375));
    }
    Ok(())
}

#[tokio::test]
async fn an_issue_beyond_stock_is_refused_names_every_short_product_and_changes_nothing()
-> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let plenty = warehouse.product_with(dec!(100)).await?;
        let scarce = warehouse.product_with(dec!(7)).await?;
        let none = warehouse.product().await?;
        let mut document = warehouse
            .document(&warehouse.operator, DocumentKind::Issue, plenty, dec!(1))
            .await?;
        document.lines = vec![
            line(none, dec!(2))?,
            line(plenty, dec!(1))?,
            // Each alone would do, together they do not.
            line(scarce, dec!(5))?,
            line(scarce, dec!(4))?,
        ];
        let Err(Error::InsufficientStock { lines }) =
            warehouse.post(&warehouse.operator, &document).await
        else {
            panic!("it was not refused on {server:?}");
        };
        let short: Vec<_> = lines
            .iter()
            .map(|line| (line.product_id, line.wanted, line.available))
            .collect();
        assert_eq!(
            short,
            [(none, dec!(2), dec!(0)), (scarce, dec!(9), dec!(7))]
        );
        for (product, on_hand) in [(plenty, dec!(100)), (scarce, dec!(7)), (none, dec!(0))] {
            assert_eq!(warehouse.on_hand(product).await?, on_hand);
        }
        let mut connection = warehouse.database.connection().await?;
        assert_eq!(find_posted(&mut connection, document.id).await?, None);
    }
    Ok(())
}

#[tokio::test]
async fn the_same_id_twice_is_one_document_and_the_same_answer() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product_with(dec!(20)).await?;
        let document = warehouse
            .document(&warehouse.operator, DocumentKind::Issue, product, dec!(3))
            .await?;
        let first = warehouse.post(&warehouse.operator, &document).await?;
        warehouse.post_issue(product, dec!(1)).await?;
        // The worker's confirmation may have run out until the line is back.
        let mut superuser = warehouse.database.superuser().await?;
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 600)
            .await?;
        let second = warehouse.post(&warehouse.operator, &document).await?;
        assert!(!first.repeated && second.repeated);
        assert_eq!(
            (&second.lines, second.number, second.posted_at),
            (&first.lines, first.number, first.posted_at)
        );
        assert_eq!(warehouse.on_hand(product).await?, dec!(16));

        let mut connection = warehouse.database.connection().await?;
        assert_eq!(
            find_posted(&mut connection, document.id).await?,
            Some(second)
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_same_id_with_another_content_is_a_conflict() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let (product, other) = (
        warehouse.product_with(dec!(20)).await?,
        warehouse.product().await?,
    );
    let document = warehouse
        .document(&warehouse.operator, DocumentKind::Issue, product, dec!(3))
        .await?;
    warehouse.post(&warehouse.operator, &document).await?;

    let mut more = document.clone();
    more.lines[0].quantity = Quantity::parse("4")?;
    let mut longer = document.clone();
    longer.lines.push(line(product, dec!(1))?);
    let mut of_another = document.clone();
    of_another.lines[0].product_id = other;
    let mut noted = document.clone();
    noted.note = Some("shoshilinch".to_owned());
    let mut received = document.clone();
    received.kind = DocumentKind::Receipt;
    for changed in [more, longer, of_another, noted, received] {
        let refused = warehouse.post(&warehouse.operator, &changed).await;
        assert!(
            matches!(refused, Err(Error::IdempotencyConflict)),
            "{refused:?}"
        );
    }
    let mut same_movement = document.clone();
    same_movement.id = DocumentId::generate();
    let refused = warehouse.post(&warehouse.operator, &same_movement).await;
    assert!(
        matches!(refused, Err(Error::IdempotencyConflict)),
        "{refused:?}"
    );
    assert_eq!(warehouse.on_hand(product).await?, dec!(17));
    Ok(())
}

#[tokio::test]
async fn one_id_sent_by_eight_connections_at_once_is_one_document() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product_with(dec!(20)).await?;
    let document = warehouse
        .document(&warehouse.operator, DocumentKind::Issue, product, dec!(3))
        .await?;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (pool, actor, document) = (
            warehouse.database.app().clone(),
            warehouse.operator.clone(),
            document.clone(),
        );
        tries.spawn(async move {
            let mut connection = pool.acquire().await.map_err(Error::from)?;
            ombor_core::stock::posting::post_document(&mut connection, &actor, &document).await
        });
    }
    let mut fresh = 0;
    let mut numbers = Vec::new();
    for posted in tries.join_all().await {
        let posted = posted?;
        fresh += usize::from(!posted.repeated);
        numbers.push(posted.number);
    }
    numbers.dedup();
    assert_eq!((fresh, numbers.len()), (1, 1));
    assert_eq!(warehouse.on_hand(product).await?, dec!(17));
    Ok(())
}

#[tokio::test]
async fn a_transfer_moves_goods_from_one_place_to_another() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product_with(dec!(10)).await?;
        let mut connection = warehouse.database.connection().await?;
        let shelf = location::create_location(
            &mut connection,
            &warehouse.admin,
            LocationKind::Internal,
            &Name::parse("Javon 1")?,
        )
        .await?;
        let yard = warehouse.location("internal").await?;
        for (from, to, quantity) in [(yard, shelf, dec!(4)), (shelf, yard, dec!(1))] {
            let mut document = warehouse
                .document(
                    &warehouse.operator,
                    DocumentKind::Transfer,
                    product,
                    quantity,
                )
                .await?;
            (document.from, document.to) = (Some(from), Some(to));
            warehouse.post(&warehouse.operator, &document).await?;
        }
        let there: Vec<(LocationId, Decimal)> = balance::list_balances(&mut connection, product)
            .await?
            .into_iter()
            .map(|balance| (balance.location_id, balance.on_hand))
            .collect();
        assert_eq!(there.len(), 2);
        assert!(
            there.contains(&(yard, dec!(7))) && there.contains(&(shelf, dec!(3))),
            "{there:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_document_whose_locations_do_not_fit_is_refused() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product_with(dec!(10)).await?;
    let (customer, yard) = (
        warehouse.location("customer").await?,
        warehouse.location("internal").await?,
    );
    for (kind, from, to) in [
        (DocumentKind::Transfer, None, None),
        (DocumentKind::Issue, Some(customer), None),
        (DocumentKind::Receipt, None, Some(customer)),
        (DocumentKind::Receipt, Some(yard), None),
        (
            DocumentKind::Receipt,
            Some(LocationId::from(uuid::Uuid::nil())),
            None,
        ),
    ] {
        let mut document = warehouse
            .document(&warehouse.operator, kind, product, dec!(1))
            .await?;
        (document.from, document.to) = (from, to);
        let refused = warehouse.post(&warehouse.operator, &document).await;
        assert!(
            matches!(refused, Err(Error::LocationUnfit)),
            "{kind:?} {refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_product_out_of_use_or_unknown_is_not_moved() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let retired = ProductBuilder::default()
        .inactive()
        .insert(&warehouse.database)
        .await?;
    let refused = warehouse.post_receipt(retired, dec!(1)).await;
    assert!(matches!(
        refused.map_err(anyhow::Error::downcast),
        Err(Ok(Error::ProductInactive))
    ));
    let refused = warehouse.post_receipt(ProductId::generate(), dec!(1)).await;
    assert!(matches!(
        refused.map_err(anyhow::Error::downcast),
        Err(Ok(Error::ProductNotFound))
    ));
    Ok(())
}

#[tokio::test]
async fn a_document_without_lines_with_too_many_or_with_an_endless_note_is_refused() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let mut document = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(1))
        .await?;
    document.lines = Vec::new();
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::DocumentIncomplete)),
        "{refused:?}"
    );
    document.lines = vec![line(product, dec!(1))?];
    document.note = Some("x".repeat(1001));
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::DocumentIncomplete)),
        "{refused:?}"
    );
    document.note = None;
    document.lines = (0..=5000)
        .map(|_| line(product, dec!(1)))
        .collect::<Result<_>>()?;
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::DocumentIncomplete)),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn lots_are_balanced_each_by_itself() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let (product, other) = (
            warehouse.product_with(dec!(5)).await?,
            warehouse.product().await?,
        );
        let mut connection = warehouse.database.connection().await?;
        let lot = lot::create_lot(
            &mut connection,
            &warehouse.operator,
            product,
            &Name::parse("2026-11")?,
            None,
        )
        .await?;
        let mut received = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(3))
            .await?;
        received.lines[0].lot_id = Some(lot);
        assert_eq!(
            warehouse.post(&warehouse.operator, &received).await?.lines[0].after,
            dec!(3)
        );

        let mut too_much = warehouse
            .document(&warehouse.operator, DocumentKind::Issue, product, dec!(4))
            .await?;
        too_much.lines[0].lot_id = Some(lot);
        let Err(Error::InsufficientStock { lines }) =
            warehouse.post(&warehouse.operator, &too_much).await
        else {
            panic!("a lot was drawn below zero on {server:?}");
        };
        assert_eq!(lines[0].available, dec!(3));

        let mut foreign = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, other, dec!(1))
            .await?;
        foreign.lines[0].lot_id = Some(lot);
        let refused = warehouse.post(&warehouse.operator, &foreign).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    Ok(())
}
