//! Which way an old movement went.

use super::super::{Fault, database::OldDatabase, schema::OldTable, words::model};
use crate::{
    lexicon::{Field, words},
    plan::Direction,
};

/// Stems of what came, in names of tables and columns and in values of a type column.
#[rustfmt::skip]
const IN_STEMS: &[&str] = &[
    "input", "kirim", "purchas", "receipt", "receiv", "incom", "prixod", "prihod", "приход", "supply", "suppl", "buy",
    "xarid", "arrival", "stockin", "stock_in", "import", "закуп", "поступ", "кирим", "кіріс", "restock", "replenish", "kelgan",
    "postav", "постав", "recept", "opening", "entrada",
];
/// Stems of what went.
#[rustfmt::skip]
const OUT_STEMS: &[&str] = &[
    "output", "chiqim", "sale", "sell", "sold", "issue", "expens", "outgo", "rasxod", "rashod", "расход", "sotuv",
    "sotish", "stockout", "stock_out", "export", "order", "consum", "продаж", "списан", "чиқим", "шығыс", "writeoff",
    "write_off", "waste", "customer", "mijoz", "client", "outcome", "savdo", "ketgan", "buyurtma", "deduct", "subtract", "shipment",
    "dispatch", "usage", "prodaj", "prodazh", "salida", "отгруз",
];

/// The column whose values say `in` and `out`, in whatever words.
pub(super) fn kind_column(
    database: &OldDatabase,
    table: &OldTable,
) -> Result<Option<usize>, Fault> {
    for (index, column) in table.columns.iter().enumerate() {
        let may_say = words(&column.name).iter().any(|word| {
            [
                "type",
                "kind",
                "direction",
                "action",
                "operation",
                "turi",
                "tur",
                "tip",
                "holat",
                "movement",
                "тип",
            ]
            .contains(&word.as_str())
        });
        if !may_say || table.target(index).is_some() {
            continue;
        }
        let mut understood = false;
        database.rows(table, &mut |row| {
            understood |= row
                .text(index)
                .is_some_and(|text| direction_in(&text).is_some());
            Ok(())
        })?;
        if understood {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Which way a table's rows go: by its own name first, then by its quantity's, then by whose keys it holds.
pub(super) fn named_direction(table: &OldTable, quantity: Option<usize>) -> Option<Direction> {
    let column = quantity
        .and_then(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase())
        .unwrap_or_default();
    let partners = table
        .columns_of(Field::Partner)
        .filter_map(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase());
    [model(&table.name), column]
        .into_iter()
        .chain(partners)
        .find_map(|name| direction_in(&name))
}

pub(super) fn direction_in(text: &str) -> Option<Direction> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "in" | "+" | "i" | "add" | "inc" | "plus" | "entry" | "initial" | "olish" => {
            return Some(Direction::In);
        }
        "out" | "-" | "o" | "dec" | "minus" | "exit" | "remove" => return Some(Direction::Out),
        _ if text.ends_with("_in") => return Some(Direction::In),
        _ if text.ends_with("_out") => return Some(Direction::Out),
        _ => {}
    }
    let says = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
    match (says(IN_STEMS), says(OUT_STEMS)) {
        (true, false) => Some(Direction::In),
        (false, true) => Some(Direction::Out),
        _ => None,
    }
}
