//! What goes out comes in again: same products, same codes, same stock.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::{ops::ControlFlow, path::PathBuf};

use anyhow::Result;
use ombor_core::{
    catalogue::{
        code::{CodeInput, ProductCode},
        product::Sku,
    },
    money::Money,
    name::Name,
    quantity::{Quantity, StockLevel},
    report::stock_list::{StockListRow, stock_list},
    takeover::{
        OldWarehouse, TakenOver,
        old::{Balance, Category, Origin, Product},
        take_over,
    },
};
use ombor_export::write_stock_list;
use ombor_import::read;
use ombor_testkit::Warehouse;
use tempfile::TempDir;

async fn taken(warehouse: &Warehouse, old: &OldWarehouse<'_>) -> Result<TakenOver> {
    let mut connection = warehouse.database.connection().await?;
    let mut unheard = |_| ControlFlow::Continue(());
    Ok(take_over(&mut connection, &warehouse.admin, old, &mut unheard).await?)
}

async fn listed(warehouse: &Warehouse) -> Result<Vec<StockListRow>> {
    let mut connection = warehouse.database.connection().await?;
    Ok(stock_list(&mut connection, &warehouse.admin).await?)
}

fn product(row: u64, sku: &str, name: &str) -> Product {
    Product {
        origin: Origin {
            part: "list".into(),
            row,
        },
        key: None,
        name: Name::parse(name).expect("a name"),
        sku: Some(Sku::parse(sku).expect("a SKU")),
        category: None,
        unit: Some(0),
        price: None,
        min_stock: None,
        codes: Vec::new(),
        brand: None,
        active: true,
        variant_of: None,
    }
}

fn code(text: &str, quantity: &str) -> CodeInput {
    CodeInput {
        code: ProductCode::parse(text).expect("a code"),
        quantity: Quantity::parse(quantity).expect("a quantity"),
    }
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).expect("a quantity")
}

/// A warehouse with everything that is hard to write: signs, packs, several places, fractions, formulas.
async fn a_difficult_warehouse() -> Result<Warehouse> {
    let warehouse = Warehouse::open().await?;
    let mut tea = product(1, "CH-1", "Choy \"Oq bulut\"; 100 g, qora");
    tea.category = Some(1);
    tea.price = Some(Money::parse("12500.50")?);
    tea.min_stock = Some(StockLevel::parse("3")?);
    tea.brand = Some("Oq & qora <choy>".to_owned());
    tea.codes = vec![
        code("4780000000017", "1"),
        code("14780000000014", "12"),
        code("00012345", "1"),
    ];
    let mut salt = product(2, "0007", "=1+2 Tuz");
    salt.unit = Some(1);
    salt.codes = vec![code("AB-77", "1")];
    let mut retired = product(3, "-9", "@eski");
    retired.active = false;
    let same_name = product(4, "CH-2", "Choy \"Oq bulut\"; 100 g, qora");
    let categories = [
        Category {
            name: Name::parse("Ichimlik")?,
            parent: None,
        },
        Category {
            name: Name::parse("Issiq")?,
            parent: Some(0),
        },
    ];
    let balance = |product, place, much| Balance {
        product,
        place,
        quantity: quantity(much),
    };
    taken(
        &warehouse,
        &OldWarehouse {
            source: "made here",
            categories: &categories,
            units: &["dona".to_owned(), "kg".to_owned()],
            places: &["Doʻkon №1".to_owned()],
            products: &[tea, salt, retired, same_name],
            balances: &[
                balance(0, None, "1234567"),
                balance(0, Some(0), "2"),
                balance(1, None, "0.375"),
                balance(2, None, "4"),
            ],
            users: &[],
            movements: &[],
        },
    )
    .await?;
    Ok(warehouse)
}

/// Exports, imports into an empty warehouse, and answers what was there and what is there now.
async fn there_and_back(path: &str) -> Result<(Vec<StockListRow>, Vec<StockListRow>)> {
    let before = listed(&a_difficult_warehouse().await?).await?;
    assert_eq!(before.len(), 4);
    let folder = TempDir::new()?;
    let path: PathBuf = folder.path().join(path);
    write_stock_list(&path, &before)?;
    let plan = read(&[path], &[], &mut |_| ControlFlow::Continue(()))?;
    assert_eq!(plan.skipped, [], "nothing is lost on the way");
    let empty = Warehouse::open().await?;
    let report = taken(&empty, &plan.old_warehouse()).await?;
    assert_eq!((report.left, report.differences), (vec![], vec![]));
    let mut after = listed(&empty).await?;
    for (after, before) in after.iter_mut().zip(&before) {
        after.id = before.id;
    }
    Ok((before, after))
}

#[tokio::test]
async fn a_workbook_comes_in_again_as_it_went_out() -> Result<()> {
    let (before, after) = there_and_back("list.xlsx").await?;
    assert_eq!(after, before);
    Ok(())
}

#[tokio::test]
async fn a_csv_comes_in_again_as_it_went_out() -> Result<()> {
    let (before, after) = there_and_back("list.csv").await?;
    assert_eq!(after, before);
    Ok(())
}

/// CommerceML knows no least stock and nothing that is out of use.
#[tokio::test]
async fn commerceml_comes_in_again_as_it_went_out() -> Result<()> {
    let (mut before, after) = there_and_back("exchange").await?;
    for row in &mut before {
        row.min_stock = None;
        row.active = true;
    }
    assert_eq!(after, before);
    Ok(())
}
