//! What a table holds whose rows belong to goods.

use super::{
    super::{
        quantities::{counts_goods, holds_batches, is_called_after_stock, quantity_column},
        schema::OldTable,
        words::{field_of_table, model},
    },
    TableRole,
};
use crate::lexicon::{Field, says_any, words};

const EXTRAS: &str =
    "what belongs to products and has no place in Ombor: pictures, reviews and the like";
const WISHES: &str = "carts and favourites: nothing came or went by them";
const RECIPES: &str = "what products are made of";

#[rustfmt::skip]
const STOCK_WORDS: &[&str] = &["balance*", "storeproduct*", "shopproduct*", "branchproduct*", "rest", "rests", "остат*"];
#[rustfmt::skip]
const JOURNAL_WORDS: &[&str] = &[
    "movement", "transaction", "history", "tarix", "input", "output", "kirim", "chiqim", "stockin", "stockout", "entry",
    "operation", "journal", "ledger", "transfer", "adjust", "harakat", "return", "qaytar", "request", "line", "sale", "sotuv",
    "savdo", "purchase", "usage", "receipt", "order", "stocktak", "stockcount", "inventorycount", "cyclecount", "sanoq",
    "inventarizat", "import", "export", "reserv", "issue", "move", "prihod", "prixod", "приход", "rashod", "rasxod", "расход",
    "postuplen", "поступлен", "spisan", "списан", "otgruz", "отгруз", "dvizhen", "dvijen", "движен", "prodaj", "prodazh",
    "продаж", "zakup", "закуп", "peremesh", "перемещ",
];
/// Columns that say what kind of movement a row is.
#[rustfmt::skip]
const KIND_WORDS: &[&str] = &[
    "movement type", "transaction type", "operation type", "action type", "adjustment type", "entry type", "move type",
    "harakat tur*", "=type", "=kind", "=tur", "=turi", "=tip", "=direction", "=action", "=operation",
];
const WISH_WORDS: &[&str] = &[
    "cart*",
    "basket*",
    "korzin*",
    "savat*",
    "wish*",
    "favorite*",
    "favourite*",
    "sevimli*",
    "compar*",
    "saved*",
    "izbran*",
];
const RECIPE_WORDS: &[&str] = &[
    "recipe*",
    "retsept*",
    "recept",
    "bom",
    "composition*",
    "tarkib*",
    "ingredient*",
    "component*",
    "formula*",
    "норм*",
];
const PAYMENT_WORDS: &[&str] = &[
    "payment*",
    "tolov*",
    "oplat*",
    "оплат*",
    "debt*",
    "qarz*",
    "refund*",
];

/// The role of a table whose rows belong to goods.
pub fn beside_products(table: &OldTable, tables: &[OldTable], products: &[String]) -> TableRole {
    let name = model(&table.name);
    let says = |alternatives: &[&str]| {
        says_any(&words(&table.name), alternatives)
            || says_any(std::slice::from_ref(&name), alternatives)
    };
    let has = |field: Field| table.columns_of(field).next().is_some();
    let coded = [Field::Barcode, Field::Sku, Field::Code]
        .into_iter()
        .any(has);
    let counted = counts_goods(table);
    let made_of_goods = table
        .foreign
        .iter()
        .filter(|link| products.contains(&link.target))
        .count();
    if says(WISH_WORDS) || is_line_of_wishes(table, tables) {
        return TableRole::Left(WISHES);
    }
    if !table.is_dated() && (says(RECIPE_WORDS) || (made_of_goods > 1 && counted)) {
        return TableRole::Left(RECIPES);
    }
    match counted {
        true if keeps_balances(table, tables, products) => TableRole::Stock,
        true => TableRole::Movements,
        false if is_selection(table) => TableRole::Left(EXTRAS),
        false if has(Field::Price) && !is_journal(table) => TableRole::Prices,
        false if coded => TableRole::Codes,
        false => TableRole::Left(EXTRAS),
    }
}

/// Whether the rows say what lies there, rather than what came or went.
fn keeps_balances(table: &OldTable, tables: &[OldTable], products: &[String]) -> bool {
    let name = model(&table.name);
    if holds_batches(table) {
        return true;
    }
    if is_journal(table) {
        return false;
    }
    let once_a_product = table.foreign.iter().any(|link| {
        let column = table.columns.get(link.column);
        products.contains(&link.target) && column.is_some_and(|column| column.is_unique)
    });
    let priced = table.columns_of(Field::Price).next().is_some();
    let placed = table.columns_of(Field::Place).next().is_some();
    once_a_product
        || field_of_table(&table.name) == Some(Field::Place)
        || is_called_after_stock(table)
        || says_any(&[name], STOCK_WORDS)
        || (!table.is_dated() && placed && !priced && !is_line_of_document(table, tables))
}

/// Whether the rows belong to something dated that is neither a place nor a group: an order, an application.
fn is_line_of_document(table: &OldTable, tables: &[OldTable]) -> bool {
    table.foreign.iter().any(|link| {
        let is_lookup = matches!(
            table.field(link.column),
            Some(Field::Place | Field::Unit | Field::Category | Field::Brand | Field::Name)
        );
        !is_lookup
            && tables
                .iter()
                .any(|other| other.name == link.target && other.is_dated())
    })
}

/// Whether a table tells what happened.
fn is_journal(table: &OldTable) -> bool {
    let name = model(&table.name);
    let kind = table.columns.iter().enumerate().any(|(index, column)| {
        let name = words(&column.name);
        match table.target(index) {
            Some(_) => table.says_kind(index) && !says_any(&name, &["type"]),
            None => !table.is_date(index) && says_any(&name, KIND_WORDS),
        }
    });
    kind || JOURNAL_WORDS.iter().any(|word| name.contains(word))
        || (name.ends_with("log") && !name.ends_with("alog"))
}

/// Whether the rows are lines of a cart, whatever they are called themselves.
fn is_line_of_wishes(table: &OldTable, tables: &[OldTable]) -> bool {
    let of_a_cart = table.foreign.iter().any(|link| {
        says_any(&[model(&link.target)], WISH_WORDS)
            && tables.iter().any(|other| other.name == link.target)
    });
    let of_an_order = table
        .foreign
        .iter()
        .any(|link| table.field(link.column) == Some(Field::Order));
    of_a_cart && !of_an_order
}

/// Whether a table has nothing but keys: goods and their tags, goods and their groups.
pub fn is_selection(table: &OldTable) -> bool {
    table.foreign.len() >= 2
        && (0..table.columns.len()).all(|column| {
            let is_key = table.columns.get(column).is_some_and(|known| known.is_key);
            is_key || table.target(column).is_some()
        })
}

/// Whether the rows of a table that belong to lines of documents are lines themselves.
pub fn belongs_to_lines(table: &OldTable) -> bool {
    quantity_column(table).is_some()
        && !says_any(&[model(&table.name)], PAYMENT_WORDS)
        && !says_any(&[model(&table.name)], WISH_WORDS)
}
