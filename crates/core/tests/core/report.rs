//! The day at a glance and the history.

use anyhow::Result;
use ombor_core::{
    id::ProductId,
    report::today::today,
    settings::{get_settings, put_settings},
    stock::{
        movement::{Direction, MovementFilter, list_movements, recent},
        posting::DocumentKind,
        reversal::{Reversal, reverse_movement},
    },
};
use ombor_testkit::{PASSWORD, ProductBuilder, Server, Warehouse};

#[tokio::test]
async fn today_counts_what_came_and_went_without_what_was_reversed() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = ProductBuilder::default()
            .price(dec!(2.50))
            .min_stock(dec!(100))
            .insert(&warehouse.database)
            .await?;
        let opening = warehouse
            .document(&warehouse.admin, DocumentKind::Opening, product, dec!(7))
            .await?;
        warehouse.post(&warehouse.admin, &opening).await?;
        warehouse.post_receipt(product, dec!(10)).await?;
        let wrong = warehouse
            .document(
                &warehouse.operator,
                DocumentKind::Receipt,
                product,
                dec!(30),
            )
            .await?;
        warehouse.post(&warehouse.operator, &wrong).await?;
        warehouse.post_issue(product, dec!(3)).await?;
        let mut connection = warehouse.database.connection().await?;
        let reversal = Reversal {
            document_id: ombor_core::id::DocumentId::generate(),
            movement_id: ombor_core::id::MovementId::generate(),
            reversed_id: wrong.lines[0].movement_id,
            reason: "xato".to_owned(),
        };
        reverse_movement(&mut connection, &warehouse.admin, &reversal, PASSWORD).await?;

        let seen = today(&mut connection, &warehouse.viewer).await?;
        assert_eq!(seen.days.len(), 7);
        let day = &seen.days[6];
        assert_eq!(
            (day.received.quantity, day.received.documents),
            (dec!(10), 2)
        );
        assert_eq!((day.issued.quantity, day.issued.documents), (dec!(3), 1));
        assert_eq!(seen.days[5].received.quantity, dec!(0));
        assert_eq!(
            (seen.stock_value, seen.product_count, seen.currency.as_str()),
            (dec!(35.00), 1, "UZS")
        );
        assert_eq!((seen.below_minimum.len(), seen.below_minimum_count), (1, 1));
        assert!(seen.below_minimum[0].is_below_minimum());
    }
    Ok(())
}

/// Five times: two receipts, of sugar and of flour, and an issue of sugar.
async fn a_week_of_work(warehouse: &Warehouse) -> Result<ProductId> {
    let sugar = ProductBuilder::default()
        .name("Shakar")
        .insert(&warehouse.database)
        .await?;
    let flour = ProductBuilder::default()
        .name("Un")
        .insert(&warehouse.database)
        .await?;
    for _ in 0..5 {
        warehouse.post_receipt(sugar, dec!(2)).await?;
        warehouse.post_receipt(flour, dec!(2)).await?;
        warehouse.post_issue(sugar, dec!(1)).await?;
    }
    Ok(sugar)
}

#[tokio::test]
async fn history_is_paged_newest_first() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    a_week_of_work(&warehouse).await?;
    let mut connection = warehouse.database.connection().await?;
    let everything = MovementFilter::default();
    let (mut numbers, mut after) = (Vec::new(), None);
    loop {
        let page =
            list_movements(&mut connection, &warehouse.viewer, &everything, after, 4).await?;
        numbers.extend(page.rows.iter().map(|row| row.document_number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(numbers, (1..=15).rev().collect::<Vec<i64>>());
    let newest = &recent(&mut connection, 1).await?[0];
    assert_eq!(
        (newest.direction(), newest.quantity),
        (Direction::Out, dec!(1))
    );
    assert_eq!(
        (newest.user_name.as_str(), newest.employee_name.as_deref()),
        ("operator", Some("Ali"))
    );
    Ok(())
}

#[tokio::test]
async fn history_is_filtered() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let sugar = a_week_of_work(&warehouse).await?;
    let mut connection = warehouse.database.connection().await?;
    let everything = MovementFilter::default();
    for (filter, expected) in [
        (
            MovementFilter {
                product_id: Some(sugar),
                ..everything.clone()
            },
            10,
        ),
        (
            MovementFilter {
                kind: Some(DocumentKind::Issue),
                ..everything.clone()
            },
            5,
        ),
        (
            MovementFilter {
                text: Some("SHAK".to_owned()),
                ..everything.clone()
            },
            10,
        ),
        (
            MovementFilter {
                employee_id: Some(warehouse.employee),
                ..everything.clone()
            },
            15,
        ),
        (
            MovementFilter {
                user_id: Some(warehouse.admin.user_id()),
                ..everything.clone()
            },
            0,
        ),
        (
            MovementFilter {
                to: Some(chrono::DateTime::UNIX_EPOCH),
                ..everything.clone()
            },
            0,
        ),
        (
            MovementFilter {
                from: Some(chrono::DateTime::UNIX_EPOCH),
                ..everything.clone()
            },
            15,
        ),
    ] {
        let page = list_movements(&mut connection, &warehouse.viewer, &filter, None, 50).await?;
        assert_eq!(page.rows.len(), expected, "{filter:?}");
    }
    Ok(())
}

#[tokio::test]
async fn settings_are_kept_and_checked() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut settings = get_settings(&mut connection).await?;
    settings.zone = "Asia/Almaty".to_owned();
    settings.idle_minutes = 30;
    settings.confirmation_mode = ombor_core::settings::ConfirmationMode::BadgeFace;
    (settings.liveness, settings.vouching) = (false, false);
    settings.face_patience_seconds = 20;
    put_settings(&mut connection, &warehouse.admin, &settings).await?;
    assert_eq!(get_settings(&mut connection).await?, settings);
    for zone in ["Asia/Nowhere", "", "'; --"] {
        let wrong = ombor_core::settings::WarehouseSettings {
            zone: zone.to_owned(),
            ..settings.clone()
        };
        let refused = put_settings(&mut connection, &warehouse.admin, &wrong).await;
        assert!(
            matches!(refused, Err(ombor_core::Error::InvalidSetting)),
            "{refused:?}"
        );
    }
    for seconds in [2, 61] {
        let wrong = ombor_core::settings::WarehouseSettings {
            face_patience_seconds: seconds,
            ..settings.clone()
        };
        let refused = put_settings(&mut connection, &warehouse.admin, &wrong).await;
        assert!(
            matches!(refused, Err(ombor_core::Error::InvalidSetting)),
            "{refused:?}"
        );
    }
    Ok(())
}
