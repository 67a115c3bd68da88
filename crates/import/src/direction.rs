//! Which way goods went, as names of tables, heads, titles and values of old programs say it.

use crate::plan::Direction;

/// Stems of what came.
#[rustfmt::skip]
const IN_STEMS: &[&str] = &[
    "input", "kirim", "purchas", "receipt", "receiv", "incom", "prixod", "prihod", "приход", "supply", "suppl", "buy",
    "xarid", "arrival", "stockin", "stock_in", "import", "закуп", "поступ", "кирим", "кіріс", "restock", "replenish", "kelgan",
    "оприход", "postav", "постав", "recept", "opening", "entrada",
];
/// Stems of what went.
#[rustfmt::skip]
const OUT_STEMS: &[&str] = &[
    "output", "chiqim", "sale", "sell", "sold", "issue", "expens", "outgo", "rasxod", "rashod", "расход", "sotuv",
    "sotish", "stockout", "stock_out", "export", "order", "consum", "продаж", "списан", "чиқим", "шығыс", "writeoff",
    "write_off", "waste", "customer", "mijoz", "client", "outcome", "savdo", "ketgan", "buyurtma", "deduct", "subtract", "shipment",
    "dispatch", "usage", "prodaj", "prodazh", "salida", "отгруз", "реализ", "выдач", "выдан",
];

/// Which way a text says that goods went; `None` if it says neither, or both.
pub fn direction_in(text: &str) -> Option<Direction> {
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
