//! Which of several columns of one field is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::{Row, columns::Column};
use crate::lexicon::{Field, says_any, words};

/// What a quantity is called that is there now, as opposed to at the beginning of a time.
#[rustfmt::skip]
const NOW: &[&str] = &[
    "конечн*", "на конец", "кон", "текущ*", "факт*", "yakuniy*", "якуний*", "davr oxiri*", "closing", "ending",
    "current", "on hand", "onhand", "соңғы*",
];
/// What a balance is called, as opposed to any number of pieces.
#[rustfmt::skip]
const BALANCE: &[&str] = &[
    "остат*", "ост", "ostat*", "ost", "qoldiq*", "қолдиқ*", "колдик*", "қалдық*", "stock*", "налич*", "balance",
    "залиш*", "наявн*", "запас*", "remain*", "сальдо*",
];
/// What a quantity is called that is not what lies there: without what is reserved, in the books, at another time.
#[rustfmt::skip]
const OTHERWISE: &[&str] = &[
    "свободн*", "доступ*", "available*", "free", "учет*", "бухгалтер*", "forecast*", "new", "книж*", "план*",
];
/// What the price for everybody is called.
#[rustfmt::skip]
const FOR_EVERYBODY: &[&str] = &[
    "regular*", "retail*", "розн*", "продаж*", "sotish*", "сотиш*", "chakana*", "сату*", "rrp", "ррц",
];

/// What a name is called, as opposed to anything else that is said of goods.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "наимен*", "назван*", "назв*", "найменув*", "номенклат*", "name*", "title*", "nomi", "номи", "nomlan*", "атау*", "naimen*",
    "nazvan*", "nomenklat*",
];

/// Takes of several columns of one field the one that says most; every column of barcodes and of traits, and one of
/// quantities for each named place.
pub fn choose(columns: &mut [Column], body: &[&Row]) {
    let mut by_field: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
    for (index, column) in columns.iter().enumerate() {
        if let Some(field) = column.field.filter(|field| field.is_taken()) {
            by_field.entry(field).or_default().push(index);
        }
    }
    for (field, indexes) in by_field {
        let is_taken = |index: &usize| columns.get(*index).is_some_and(|column| column.taken);
        if indexes.iter().any(is_taken) {
            continue;
        }
        for index in chosen(field, indexes, columns, body) {
            if let Some(column) = columns.get_mut(index) {
                column.taken = true;
            }
        }
    }
}

fn chosen(field: Field, indexes: Vec<usize>, columns: &[Column], body: &[&Row]) -> Vec<usize> {
    match field {
        Field::Barcode | Field::Variant => indexes,
        Field::Name => {
            let rank = |index: &&usize| {
                let named = columns
                    .get(**index)
                    .is_some_and(|column| says_any(&words(&column.head.text()), NAMES));
                (named, letters(**index, body))
            };
            let best = indexes.iter().rev().max_by_key(rank);
            best.copied().into_iter().collect()
        }
        // `Unit` beside `Weight unit`.
        Field::Unit => {
            let length = |index: &&usize| {
                columns
                    .get(**index)
                    .map(|column| words(&column.head.own).len())
            };
            indexes
                .iter()
                .min_by_key(length)
                .copied()
                .into_iter()
                .collect()
        }
        Field::Sku => {
            let best = indexes
                .iter()
                .rev()
                .max_by_key(|index| distinct(**index, body));
            best.copied().into_iter().collect()
        }
        Field::Quantity => quantities(&indexes, columns, body),
        Field::Price => {
            let rank = |index: &&usize| {
                columns.get(**index).map(|column| {
                    let words = words(&column.head.own);
                    (filled(**index, body) == 0, !says_any(&words, FOR_EVERYBODY))
                })
            };
            indexes
                .iter()
                .min_by_key(rank)
                .copied()
                .into_iter()
                .collect()
        }
        _ => indexes.into_iter().take(1).collect(),
    }
}

/// The best column of each place that heads name, if they name several; else the best of all.
fn quantities(indexes: &[usize], columns: &[Column], body: &[&Row]) -> Vec<usize> {
    let place = |index: usize| {
        columns
            .get(index)
            .and_then(|column| column.place.as_deref())
    };
    let best = |of: Option<&str>, any: bool| {
        indexes
            .iter()
            .copied()
            .filter(|index| any || place(*index) == of)
            .min_by_key(|index| columns.get(*index).map(|column| rank(column, *index, body)))
    };
    let places: BTreeSet<&str> = indexes.iter().filter_map(|index| place(*index)).collect();
    if places.len() > 1 {
        let mut chosen: Vec<usize> = places
            .into_iter()
            .filter_map(|name| best(Some(name), false))
            .collect();
        chosen.sort_unstable();
        chosen
    } else {
        best(None, true).into_iter().collect()
    }
}

/// How well a column says what lies there now: the less, the better.
fn rank(column: &Column, index: usize, body: &[&Row]) -> u8 {
    let words = words(&column.head.text());
    if filled(index, body) == 0 {
        5
    } else if column.head.own.ends_with('?') {
        4
    } else if says_any(&words, OTHERWISE) {
        3
    } else if says_any(&words, NOW) {
        0
    } else if says_any(&words, BALANCE) {
        1
    } else {
        2
    }
}

/// Whether a head calls its quantities a balance.
pub fn says_balance(column: &Column) -> bool {
    let words = words(&column.head.text());
    says_any(&words, BALANCE) || says_any(&words, NOW)
}

/// Whether a word says which balance is meant, and not where it lies.
pub fn qualifies(word: &str) -> bool {
    let words = words(word);
    says_any(&words, NOW) || says_any(&words, OTHERWISE)
}

/// Whether a head calls its quantities a balance, or what is left of it.
pub fn is_of_balances(column: &Column) -> bool {
    says_balance(column) || says_any(&words(&column.head.text()), OTHERWISE)
}

/// How many letters stand in a column.
pub fn letters(index: usize, body: &[&Row]) -> usize {
    let letters = |row: &&Row| {
        let text = row.cell(index).text();
        text.chars().filter(|c| c.is_alphabetic()).count()
    };
    body.iter().map(letters).sum()
}

fn filled(index: usize, body: &[&Row]) -> usize {
    body.iter()
        .filter(|row| !row.cell(index).is_empty())
        .count()
}

fn distinct(index: usize, body: &[&Row]) -> usize {
    let values: BTreeSet<_> = body
        .iter()
        .map(|row| row.cell(index).text())
        .filter(|text| !text.is_empty())
        .collect();
    values.len()
}
