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
            pictures: &[],
            users: &[],
            movements: &[],
        },
    )
    .await?;
    Ok(warehouse)
}

/// Exports, imports into an empty warehouse, and answers what was there and what is there now.
async fn there_and_back(
    warehouse: &Warehouse,
    path: &str,
) -> Result<(Vec<StockListRow>, Vec<StockListRow>)> {
    let before = listed(warehouse).await?;
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
    let (before, after) = there_and_back(&a_difficult_warehouse().await?, "list.xlsx").await?;
    assert_eq!(after, before);
    Ok(())
}

#[tokio::test]
async fn a_csv_comes_in_again_as_it_went_out() -> Result<()> {
    let (before, after) = there_and_back(&a_difficult_warehouse().await?, "list.csv").await?;
    assert_eq!(after, before);
    Ok(())
}

#[tokio::test]
async fn commerceml_comes_in_again_as_it_went_out() -> Result<()> {
    let (before, after) = there_and_back(&a_difficult_warehouse().await?, "exchange").await?;
    assert_eq!(after, before);
    Ok(())
}

/// As 1C writes boots in two sizes: the product has the article, each size its own code, price and stock in two shops.
const BOOTS: [(&str, &str); 2] = [
    (
        "import.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
 <Классификатор><Ид>k</Ид><Группы><Группа><Ид>g</Ид><Наименование>Обувь</Наименование></Группа></Группы></Классификатор>
 <Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>
  <Товар><Ид>4b2f6a1e-0000-11e8-8a53-000c29a1b2c3</Ид><Артикул>B-1</Артикул><Наименование>Ботинки "Зима"</Наименование>
   <БазоваяЕдиница Код="715" НаименованиеПолное="Пара (2 шт.)">пара</БазоваяЕдиница><Группы><Ид>g</Ид></Группы>
   <Изготовитель><Ид>m</Ид><Наименование>Тиба &amp; Ко</Наименование></Изготовитель></Товар>
  <Товар><Ид>4b2f6a1f-0000-11e8-8a53-000c29a1b2c3</Ид><Артикул/><Наименование>Крем</Наименование></Товар>
 </Товары></Каталог>
</КоммерческаяИнформация>"#,
    ),
    (
        "offers.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
 <ПакетПредложений><Ид>k#</Ид>
  <ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Розничная</Наименование></ТипЦены></ТипыЦен>
  <Склады><Склад><Ид>w1</Ид><Наименование>Юг</Наименование></Склад><Склад><Ид>w2</Ид><Наименование>Север</Наименование></Склад></Склады>
  <Предложения>
   <Предложение><Ид>4b2f6a1e-0000-11e8-8a53-000c29a1b2c3#c38</Ид><Наименование>Ботинки "Зима" (38)</Наименование>
    <Штрихкод>2000000010533</Штрихкод><Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>1719.50</ЦенаЗаЕдиницу></Цена></Цены>
    <Количество>20</Количество><Склад ИдСклада="w1" КоличествоНаСкладе="15"/><Склад ИдСклада="w2" КоличествоНаСкладе="5"/></Предложение>
   <Предложение><Ид>4b2f6a1e-0000-11e8-8a53-000c29a1b2c3#c39</Ид><Наименование>Ботинки "Зима"</Наименование>
    <ХарактеристикиТовара>
     <ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>39</Значение></ХарактеристикаТовара>
     <ХарактеристикаТовара><Наименование>Цвет</Наименование><Значение>чёрный</Значение></ХарактеристикаТовара>
    </ХарактеристикиТовара><Количество>0</Количество></Предложение>
   <Предложение><Ид>4b2f6a1f-0000-11e8-8a53-000c29a1b2c3</Ид><Количество>2.5</Количество></Предложение>
  </Предложения></ПакетПредложений>
</КоммерческаяИнформация>"#,
    ),
];

#[tokio::test]
async fn goods_of_1c_with_characteristics_go_out_and_come_in_again_in_every_format() -> Result<()> {
    let folder = TempDir::new()?;
    for (name, text) in BOOTS {
        std::fs::write(folder.path().join(name), text)?;
    }
    let plan = read(&[folder.path().to_owned()], &[], &mut |_| {
        ControlFlow::Continue(())
    })?;
    let warehouse = Warehouse::open().await?;
    taken(&warehouse, &plan.old_warehouse()).await?;
    for path in ["boots.xlsx", "boots.csv", "boots"] {
        let (before, after) = there_and_back(&warehouse, path).await?;
        assert_eq!(after, before, "{path}");
    }
    let names: Vec<String> = listed(&warehouse)
        .await?
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert_eq!(
        names,
        [
            "Ботинки \"Зима\" (38)",
            "Ботинки \"Зима\" (39, чёрный)",
            "Ботинки \"Зима\"",
            "Крем"
        ]
    );
    Ok(())
}
