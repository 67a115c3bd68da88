//! Warehouses that stand in the heads: a column of quantities for each.

use std::collections::BTreeSet;

use super::{
    Row,
    choice::{is_of_balances, qualifies},
    columns::Column,
    head::Head,
    period::says_period,
};
use crate::{
    lexicon::{Field, field_of, says_total},
    number::DecimalMark,
    unit_name::is_unit,
};

/// What stands beside the name of a warehouse and is no part of it.
#[rustfmt::skip]
const FILLING: &[&str] = &[
    "в", "на", "по", "к", "из", "и", "in", "at", "of", "on", "the", "for", "общий", "общее", "всего", "итого", "total", "jami",
    "все", "склады", "складах", "товара", "товаров", "сум", "сўм", "som", "uzs", "тг", "тенге", "руб", "usd",
];

/// Columns named after warehouses that hold numbers are the stock of those warehouses. A single one beside a column of
/// quantities holds the numbers of warehouses.
pub fn settle_places(columns: &mut [Column], body: &[&Row]) {
    let is_numeric = |index: usize, mark: DecimalMark| {
        let values: Vec<_> = body
            .iter()
            .map(|row| row.cell(index))
            .filter(|cell| !cell.says_nothing())
            .collect();
        let numbers = values
            .iter()
            .filter(|cell| cell.number(mark).is_some())
            .count();
        numbers * 2 > values.len()
    };
    let numeric: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            column.field == Some(Field::Place) && is_numeric(*index, column.mark)
        })
        .map(|(index, _)| index)
        .collect();
    let has_quantity = columns
        .iter()
        .any(|column| column.field == Some(Field::Quantity));
    if numeric.len() < 2 && has_quantity {
        name_places(columns);
        return;
    }
    for index in numeric {
        if let Some(column) = columns.get_mut(index) {
            column.field = Some(Field::Quantity);
            column.place = Some(place_of(&column.head));
        }
    }
}

/// Where several columns of quantities are told apart by a name that no rule knows, it is a warehouse's: above them, `Юнусабад`
/// over `Приход` and `Остаток`, or beside the word for the balance, `Остаток Юнусабад`.
fn name_places(columns: &mut [Column]) {
    let unplaced: Vec<usize> = (0..columns.len())
        .filter(|index| {
            columns.get(*index).is_some_and(|column| {
                column.field == Some(Field::Quantity) && column.place.is_none()
            })
        })
        .collect();
    let head = |index: &usize| columns.get(*index).map(|column| &column.head);
    let above: Vec<Option<String>> = unplaced
        .iter()
        .map(|index| head(index).and_then(unknown_above))
        .collect();
    let beside: Vec<Option<String>> = beside_balances(&unplaced, columns);
    for names in [above, beside] {
        let told_apart: BTreeSet<&String> = names.iter().flatten().collect();
        if told_apart.len() < 2 {
            continue;
        }
        for (index, name) in unplaced.iter().zip(names) {
            if let Some(column) = columns.get_mut(*index) {
                column.place = name;
            }
        }
        return;
    }
}

fn unknown_above(head: &Head) -> Option<String> {
    let text =
        head.above.iter().rev().find(|text| {
            field_of(text).is_none() && text.chars().count() >= 2 && !says_period(text)
        })?;
    (!says_total(text)).then(|| text.clone())
}

/// What the heads of balances say besides the word for the balance, without what all of them say.
fn beside_balances(indexes: &[usize], columns: &[Column]) -> Vec<Option<String>> {
    let names: Vec<Vec<&str>> = indexes
        .iter()
        .map(|index| match columns.get(*index) {
            Some(column) if is_of_balances(column) && !says_period(&column.head.own) => {
                names_beside(&column.head.own)
            }
            _ => Vec::new(),
        })
        .collect();
    let in_all = |word: &str| {
        let mut named = names.iter().filter(|words| !words.is_empty());
        named.all(|words| words.contains(&word))
    };
    names
        .iter()
        .map(|words| {
            let own: Vec<&str> = words.iter().copied().filter(|word| !in_all(word)).collect();
            (!own.is_empty()).then(|| own.join(" "))
        })
        .collect()
}

fn names_beside(head: &str) -> Vec<&str> {
    head.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| {
            word.chars().any(char::is_alphabetic)
                && field_of(word).is_none()
                && !is_unit(word)
                && !qualifies(word)
                && !FILLING.contains(&word.to_lowercase().as_str())
        })
        .collect()
}

/// `In stock [Main shop]`: a till that serves several shops writes the shop so.
fn in_brackets(head: &str) -> Option<String> {
    let (_, rest) = head.split_once('[')?;
    let name = rest.strip_suffix(']')?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The warehouse that a head names, without the word for the quantities in it.
fn place_of(head: &Head) -> String {
    let mut parts: Vec<&str> = head.above.iter().map(String::as_str).collect();
    parts.push(&head.own);
    parts.retain(|part| !part.is_empty() && field_of(part) != Some(Field::Quantity));
    parts.join(" / ")
}

/// A head that only those above it explain, as `Чиланзар` below `Остаток`; short ones are units.
fn is_place_below_quantities(head: &Head) -> bool {
    let quantities = head
        .above
        .iter()
        .any(|text| field_of(text) == Some(Field::Quantity));
    let own = &head.own;
    quantities && field_of(own).is_none() && !says_total(own) && own.chars().count() >= 4
}

/// The warehouse that the head of a column of quantities names by itself.
pub fn place_in(head: &Head) -> Option<String> {
    if is_place_below_quantities(head) {
        return Some(place_of(head));
    }
    head.above
        .iter()
        .rev()
        .find(|text| field_of(text) == Some(Field::Place))
        .cloned()
        .or_else(|| in_brackets(&head.own))
        .or_else(|| {
            // "Остаток Склад 1": the head names both, the stock and the warehouse.
            let words: Vec<&str> = head.own.split_whitespace().collect();
            let at = words
                .iter()
                .position(|word| field_of(word) == Some(Field::Place))?;
            let more = words.len() - at;
            (more > 1).then(|| words.get(at..).unwrap_or_default().join(" "))
        })
}
