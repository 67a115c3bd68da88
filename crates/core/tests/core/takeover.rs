//! What an old program kept comes into the warehouse: once, whole, and again without doubles.

use std::ops::ControlFlow;

use anyhow::{Context, Result};
use ombor_core::{
    Error,
    catalogue::product::{ProductFilter, ProductRow, search_products},
    money::Money,
    name::Name,
    quantity::Quantity,
    stock::balance::check_ledger,
    takeover::{
        LeftReason, TakenOver,
        history::list_old_movements,
        old::{Balance, Category, Direction, OldMovement, Origin},
        take_over,
    },
};
use ombor_testkit::Warehouse;
use sqlx::PgConnection;

use crate::old_program::{Old, code, product, taken, user};

async fn rows(connection: &mut PgConnection) -> Result<Vec<ProductRow>> {
    let page = search_products(connection, &ProductFilter::default(), None, 100).await?;
    Ok(page.rows)
}

async fn books_are_right(connection: &mut PgConnection) -> Result<()> {
    assert_eq!(check_ledger(connection).await?, []);
    Ok(())
}

#[tokio::test]
async fn products_come_with_group_unit_price_codes_and_stock() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut tea = product(2, Some("7"), Some("CH-1"), "Choy");
    tea.category = Some(1);
    tea.unit = Some(0);
    tea.price = Some(Money::parse("12500.50")?);
    tea.codes = vec![code("4780000000017", "1"), code("14780000000014", "12")];
    let mut old = Old::new().with(tea, "7.25");
    let group = |name: &str, parent| -> Result<Category> {
        Ok(Category {
            name: Name::parse(name)?,
            parent,
        })
    };
    old.categories = vec![group("Ichimlik", None)?, group("Issiq", Some(0))?];
    old.units = vec!["xalta".to_owned()];

    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((report.products, report.codes, report.balances), (1, 2, 1));
    assert_eq!((report.categories, report.units), (2, 1));
    let rows = rows(&mut connection).await?;
    let tea = rows.first().context("the product is there")?;
    assert_eq!((tea.sku.as_str(), tea.name.as_str()), ("CH-1", "Choy"));
    assert_eq!(tea.category.as_deref(), Some("Ichimlik / Issiq"));
    assert_eq!(
        (tea.unit_symbol.as_str(), tea.on_hand),
        ("xalta", dec!(7.25))
    );
    assert_eq!(tea.price, Some(dec!(12500.50)));
    let box_of_tea = ombor_core::catalogue::product::look_up(&mut connection, "14780000000014")
        .await?
        .context("the box is known")?;
    assert_eq!(box_of_tea.quantity, dec!(12));
    assert_eq!(box_of_tea.product.unit_decimals, 2, "quarters are shown");
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn the_same_again_changes_nothing() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new()
        .with(product(1, Some("1"), None, "Random"), "3")
        .with(product(2, Some("2"), None, "Random"), "4")
        .with(product(3, None, None, "Tuz"), "5")
        .with(product(4, None, None, "Tuz"), "");
    old.users = vec![user("olim")];
    let first = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((first.products, first.balances), (4, 3));
    let before = rows(&mut connection).await?;
    let second = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(
        second,
        TakenOver {
            unchanged: 4,
            ..TakenOver::default()
        }
    );
    assert_eq!(rows(&mut connection).await?, before);
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn what_changed_since_is_brought_up_to_date_and_stock_is_told_and_never_posted_twice()
-> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let old = Old::new()
        .with(product(1, Some("1"), Some("A"), "Un"), "10")
        .with(product(2, Some("2"), Some("B"), "Tuz"), "5");
    taken(&mut connection, &warehouse.admin, &old).await?;

    let mut flour = product(1, Some("1"), Some("A"), "Oliy navli bugʻdoy");
    flour.price = Some(Money::parse("9000")?);
    let later = Old::new()
        .with(flour, "12")
        .with(product(2, Some("2"), Some("B"), "Tuz"), "")
        .with(product(3, Some("3"), None, "Choy"), "1");
    let report = taken(&mut connection, &warehouse.admin, &later).await?;
    assert_eq!(
        (report.products, report.changed, report.unchanged),
        (1, 1, 1)
    );
    assert_eq!(report.balances, 1, "only the new product is opened");
    let told: Vec<_> = report
        .differences
        .iter()
        .map(|difference| {
            (
                difference.product.as_str(),
                difference.old,
                difference.on_hand,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Oliy navli bugʻdoy", dec!(12), dec!(10)),
            ("Tuz", dec!(0), dec!(5))
        ]
    );
    let flour = rows(&mut connection)
        .await?
        .into_iter()
        .find(|row| row.sku == "A")
        .context("it keeps its SKU")?;
    assert_eq!(flour.name, "Oliy navli bugʻdoy");
    assert_eq!((flour.price, flour.on_hand), (Some(dec!(9000)), dec!(10)));
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn a_product_that_moves_already_is_not_opened_again_from_another_source() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut tea = product(1, None, None, "Choy 100 g");
    tea.codes = vec![code("4780000000017", "1")];
    taken(
        &mut connection,
        &warehouse.admin,
        &Old::new().with(tea.clone(), "8"),
    )
    .await?;
    tea.name = Name::parse("Чай")?;
    let mut elsewhere = Old::new().with(tea, "9");
    elsewhere.source = "another list".to_owned();
    let report = taken(&mut connection, &warehouse.admin, &elsewhere).await?;
    assert_eq!(
        (report.products, report.changed, report.balances),
        (0, 1, 0)
    );
    assert_eq!(report.differences.len(), 1);
    let rows = rows(&mut connection).await?;
    assert_eq!((rows.len(), rows[0].on_hand), (1, dec!(8)));
    Ok(())
}

#[tokio::test]
async fn two_lists_that_both_count_from_one_stay_apart() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let one = Old::new().with(product(1, None, Some("1"), "Choy"), "2");
    taken(&mut connection, &warehouse.admin, &one).await?;
    let mut other = Old::new().with(product(1, None, Some("1"), "Pichoq"), "3");
    other.source = "another list".to_owned();
    let report = taken(&mut connection, &warehouse.admin, &other).await?;
    assert_eq!(report.products, 1);
    assert!(
        matches!(&report.left[0].reason, LeftReason::SkuTaken { sku, .. } if sku == "1"),
        "{:?}",
        report.left
    );
    assert_eq!(rows(&mut connection).await?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn what_was_out_of_use_comes_out_of_use_and_keeps_its_stock() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut gone = product(43, Some("43"), None, "Eski");
    gone.active = false;
    let report = taken(
        &mut connection,
        &warehouse.admin,
        &Old::new().with(gone, "148"),
    )
    .await?;
    assert_eq!(report.balances, 1);
    let (active, on_hand): (bool, rust_decimal::Decimal) = sqlx::query_as(
        "select p.active, sum(s.on_hand) from ombor.product as p join ombor.stock as s on s.product_id = p.id
         group by p.active",
    )
    .fetch_one(&mut *connection)
    .await?;
    assert_eq!((active, on_hand), (false, dec!(148)));
    Ok(())
}

#[tokio::test]
async fn stock_lies_where_the_old_program_had_it() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new().with(product(1, Some("1"), None, "Etik"), "1");
    old.places = vec!["Markaz".to_owned(), "Mijoz".to_owned()];
    old.balances[0].place = Some(0);
    old.balances.push(Balance {
        product: 0,
        place: Some(1),
        quantity: Quantity::parse("2")?,
    });
    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((report.places, report.documents.len()), (2, 2));
    let there: Vec<String> = sqlx::query_scalar(
        "select l.name || ': ' || s.on_hand from ombor.stock as s
         join ombor.location as l on l.id = s.location_id where s.on_hand > 0 order by l.name",
    )
    .fetch_all(&mut *connection)
    .await?;
    // A shop that is called as the customers are gets a number.
    assert_eq!(there, ["Markaz: 1.000", "Mijoz (2): 2.000"]);
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn a_place_that_has_another_name_by_now_is_found_again() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new().with(product(1, Some("1"), None, "Etik"), "1");
    old.places = vec!["Markaz".to_owned()];
    old.balances[0].place = Some(0);
    taken(&mut connection, &warehouse.admin, &old).await?;
    sqlx::query("update ombor.location set name = 'Yangi markaz' where name = 'Markaz'")
        .execute(warehouse.database.owner())
        .await?;
    let again = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((again.places, again.documents.len()), (0, 0));
    assert_eq!(again.differences, []);
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn balances_of_one_product_in_one_place_are_added_up() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new().with(product(1, Some("1"), None, "Un"), "3");
    old.balances.push(Balance {
        product: 0,
        place: None,
        quantity: Quantity::parse("4")?,
    });
    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((report.balances, report.documents.len()), (2, 1));
    let lines: Vec<String> = sqlx::query_scalar(
        "select quantity || ' to ' || to_on_hand from ombor.movement order by line",
    )
    .fetch_all(&mut *connection)
    .await?;
    assert_eq!(lines, ["3.000 to 3.000", "4.000 to 7.000"]);
    let again = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!((again.documents.len(), again.differences), (0, vec![]));
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn old_movements_are_read_and_never_counted() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new().with(product(1, Some("1"), None, "Choy"), "5");
    old.movements = vec![OldMovement {
        origin: Origin {
            part: "sales".into(),
            row: 9,
        },
        at: Some("2024-05-14 10:00".to_owned()),
        direction: Some(Direction::Out),
        product: Some(0),
        product_key: Some("1".to_owned()),
        quantity: Some(dec!(-2)),
        user: Some("olim".to_owned()),
        note: None,
    }];
    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(report.movements, 1);
    let again = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(again.movements, 0);
    let history = list_old_movements(&mut connection, &warehouse.viewer, None, None, 10).await?;
    assert_eq!(history.len(), 1);
    assert_eq!(
        (
            history[0].direction,
            history[0].quantity,
            history[0].product.as_deref()
        ),
        (Some(Direction::Out), Some(dec!(-2)), Some("Choy"))
    );
    assert_eq!(rows(&mut connection).await?[0].on_hand, dec!(5));
    books_are_right(&mut connection).await
}

#[tokio::test]
async fn whoever_stops_it_finds_the_warehouse_as_it_was() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let old = Old::new().with(product(1, None, None, "Choy"), "5");
    let mut heard = 0;
    let mut stop_at_the_third = |_| {
        heard += 1;
        if heard < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let outcome = take_over(
        &mut connection,
        &warehouse.admin,
        &old.warehouse(),
        &mut stop_at_the_third,
    )
    .await;
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert_eq!(rows(&mut connection).await?, []);
    Ok(())
}
