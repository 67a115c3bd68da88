//! How much a table looks like one of goods.

use super::super::{
    corrected,
    quantities::{counts_goods, is_called_after_stock, stock_column},
    schema::OldTable,
    words::{field_of_table, model},
};
use crate::{
    lexicon::{Field, says_any, words},
    plan::Correction,
};

/// What tables of goods are called.
#[rustfmt::skip]
const PRODUCT_WORDS: &[&str] = &[
    "product", "products", "mahsulot", "mahsulotlar", "maxsulot", "maxsulotlar", "tovar", "tovarlar", "tovary", "товар",
    "товары", "goods", "medicine", "medicines", "drug", "drugs", "dori", "dorilar", "sparepart", "spareparts",
    "inventoryitem", "stockitem", "номенклатура", "nomenklatura", "nomenclature", "commodity", "commodities", "xomashyo",
    "xomashyolar", "rawmaterial", "rawmaterials", "consumable", "consumables", "produkt", "produkty",
];
/// What tables of goods are called, and many others too: tasks are items, posts are articles.
#[rustfmt::skip]
const WEAK_WORDS: &[&str] = &[
    "item", "items", "good", "material", "materials", "materiallar", "article", "articles", "part", "parts", "book", "books",
    "kitob", "kitoblar", "ingredient", "ingredients", "detal", "zapchast", "device", "devices",
];
/// What is offered or written about, but does not lie in a warehouse.
#[rustfmt::skip]
const NO_GOODS: &[&str] = &[
    "course*", "kurs", "kurslar", "lesson*", "dars*", "post", "posts", "news", "yangilik*", "blog*", "room*", "xona*", "service*",
    "xizmat*", "usluga*", "uslugi*", "guruh*", "group*", "teacher*", "doctor*", "patient*", "student*", "position*", "lavozim*",
    "vacanc*", "department*", "event*", "ticket*", "project*", "task*", "question*", "quiz*", "exam*", "test", "tests", "job*",
    "movie*", "film*", "song*", "tour", "tours", "flight*", "hotel*", "tariff*", "tarif*", "subscription*", "coupon*", "promo*",
    "deliverymethod*", "paymentmethod*", "payment*", "tolov*", "currency", "currencies", "valyuta*", "city", "cities", "region*",
    "country", "countries", "holding*", "portfolio*", "transaction*", "banner*", "slider*", "pricetype*", "unit", "units",
];
/// What documents and their lines are called, wherever it stands in the name.
#[rustfmt::skip]
const DOCUMENTS: &[&str] = &[
    "order", "buyurtma", "zakaz", "заказ", "sale", "sotuv", "sotish", "savdo", "prodaj", "purchase", "xarid", "olish",
    "kirim", "chiqim", "prixod", "prihod", "rasxod", "rashod", "return", "qaytar", "vozvrat", "invoice", "receipt", "cart",
    "savat", "korzina", "basket", "debt", "qarz", "movement", "history", "transfer", "import", "export", "log",
];
/// Columns of which two make a table one of people or firms.
#[rustfmt::skip]
const PERSON_WORDS: &[&str] = &[
    "phone*", "tel", "telefon*", "mobile", "email", "address", "manzil", "qarz", "ism", "familiya", "surname",
    "телефон*", "inn", "stir", "first name", "last name", "passport*", "salary", "maosh*",
];

/// Whether a table bears the name of goods, and not of their kinds.
pub fn is_called_product(table: &OldTable) -> bool {
    PRODUCT_WORDS.contains(&model(&table.name).as_str())
        && field_of_table(&table.name) != Some(Field::Category)
}

/// Whether a table that names its rows bears the name of goods of some kind: what lies in a warehouse, what a shop has.
pub fn is_called_kind_of_product(table: &OldTable, tables: &[OldTable]) -> bool {
    let name = model(&table.name);
    table.name_column().is_some()
        && PRODUCT_WORDS.iter().any(|word| name.ends_with(word))
        && !DOCUMENTS.iter().any(|word| name.contains(word))
        && !is_line(table, tables)
}

/// Whether a table says itself how much of its rows there is in what unit, or one that is called after stock does.
pub fn is_kept_in_stock(table: &OldTable, tables: &[OldTable]) -> bool {
    let counted = WEAK_WORDS.contains(&model(&table.name).as_str())
        && stock_column(table).is_some()
        && table.columns_of(Field::Unit).next().is_some();
    counted
        || tables.iter().any(|other| {
            is_called_after_stock(other)
                && counts_goods(other)
                && other.links_to(&table.name).next().is_some()
        })
}

/// How sure it is that the rows of a table are goods; from 4 on they may be.
pub fn product_score(table: &OldTable, tables: &[OldTable], corrections: &[Correction]) -> i32 {
    let by_hand = table.columns.iter().any(|column| {
        corrections
            .iter()
            .any(|correction| correction.part.as_deref() == Some(&table.name))
            && corrected(&table.name, &column.name, corrections) == Some(Field::Name)
    });
    if by_hand {
        return 100;
    }
    let name = model(&table.name);
    let called = is_called_product(table);
    let weakly = WEAK_WORDS.contains(&name.as_str());
    let named = if called || weakly {
        table.label_column().is_some() || is_translated(table, tables)
    } else {
        table.name_column().is_some()
    };
    if !named {
        return 0;
    }
    let held = tables
        .iter()
        .filter(|other| other.links_to(&table.name).next().is_some())
        .filter(|other| other.columns_of(Field::Quantity).next().is_some())
        .map(|other| {
            1 + i32::from(says_any(
                &[model(&other.name)],
                &["kirim*", "chiqim*", "stock*", "inventory"],
            ))
        })
        .max()
        .unwrap_or(0);
    let word = match (called, weakly) {
        (true, _) => 4,
        (false, true) => 2,
        _ => i32::from(PRODUCT_WORDS.iter().any(|word| name.contains(word))),
    };
    let documents = !called && !weakly && DOCUMENTS.iter().any(|word| name.contains(word));
    let other = (!called && says_any(&[name], NO_GOODS)) || is_other(table);
    worth(table, weakly) + word + held
        - 6 * i32::from(is_person(table))
        - 8 * i32::from(is_line(table, tables))
        - 6 * i32::from(other)
        - 6 * i32::from(documents)
}

/// What the columns say: a price, a stock, a code and the like.
fn worth(table: &OldTable, weakly: bool) -> i32 {
    let has = |field: Field| i32::from(table.columns_of(field).next().is_some());
    let kept = i32::from(stock_column(table).is_some());
    let place = table
        .foreign
        .iter()
        .any(|link| table.field(link.column) == Some(Field::Place));
    let priced = has(Field::Price).max(has(Field::PurchasePrice));
    let coded = has(Field::Barcode)
        .max(has(Field::Sku))
        .max(has(Field::Code));
    // Posts and tasks are in groups too.
    let grouped = if weakly && kept + priced == 0 {
        0
    } else {
        has(Field::Category)
    };
    2 * (priced + kept + coded)
        + has(Field::Unit)
        + grouped
        + has(Field::MinStock)
        + i32::from(place && kept > 0)
}

/// Whether the table is called after something else that goods have, and says little of goods itself.
fn is_other(table: &OldTable) -> bool {
    let says = |field: Field| i32::from(table.columns_of(field).next().is_some());
    (says(Field::Price) + i32::from(stock_column(table).is_some()) < 2)
        && matches!(
            field_of_table(&table.name),
            Some(
                Field::Category
                    | Field::Subcategory
                    | Field::Unit
                    | Field::Place
                    | Field::Partner
                    | Field::Order
            )
        )
}

fn is_line(table: &OldTable, tables: &[OldTable]) -> bool {
    table.foreign.iter().any(|link| {
        link.target != table.name
            && tables
                .iter()
                .any(|other| other.name == link.target && is_called_product(other))
    })
}

/// Whether a table holds people or firms.
pub fn is_person(table: &OldTable) -> bool {
    let says = table
        .columns
        .iter()
        .filter(|column| says_any(&words(&column.name), PERSON_WORDS))
        .count();
    says >= 2 || field_of_table(&table.name) == Some(Field::Partner)
}

/// The table of which this one holds the names in several languages.
pub fn translation_of(table: &OldTable) -> Option<&str> {
    table.column("language_code")?;
    table.name_column()?;
    let master = table.column("master_id")?;
    table.target(master)
}

fn is_translated(table: &OldTable, tables: &[OldTable]) -> bool {
    tables
        .iter()
        .any(|other| translation_of(other).is_some_and(|target| target == table.name))
}
