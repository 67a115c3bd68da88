//! Warehouses that stand in the heads: a column of quantities for each.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    Row,
    choice::{is_of_balances, qualifies},
    columns::Column,
    head::Head,
    period::says_period,
};
use crate::{
    lexicon::{Field, field_of, says_any, says_total, words},
    number::DecimalMark,
    unit_name::is_unit,
};

/// What stands beside the name of a warehouse and is no part of it.
#[rustfmt::skip]
const FILLING: &[&str] = &[
    "в", "на", "по", "к", "из", "и", "in", "at", "of", "on", "the", "for", "общий", "общее", "всего", "итого", "total", "jami",
    "все", "склады", "складах", "товара", "товаров", "сум", "сўм", "som", "uzs", "тг", "тенге", "руб", "usd",
];

/// What is a warehouse wherever it stands in a name.
#[rustfmt::skip]
const WAREHOUSES: &[&str] = &[
    "склад", "ombor", "омбор", "sklad", "warehouse", "қойма", "omborxona", "омборхона", "ombori", "омбори", "қоймасы",
];
/// What begins or ends the name of a shop.
#[rustfmt::skip]
const SHOPS: &[&str] = &[
    "магазин", "magazin", "dokon", "dokoni", "дўкон", "дўкони", "дукон", "дүкен", "дүкені", "shop", "store", "филиал", "филиалы",
    "filial", "filiali", "филиали", "branch", "аптека", "apteka", "dorixona", "дорихона", "дәріхана", "точка", "подразделение",
];

/// What stands in parentheses where a head says by what it counts.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "ед", "един*", "упаков*", "упак", "коробк*", "birlig*", "birlik*", "бирлик*", "бирлиг*", "бірлі*", "unit*", "pack*", "box*",
];

/// Whether a group of this name is where its goods lie: `Склад №2`, `Chilonzor filiali`.
pub fn names_place(name: &str) -> bool {
    let is_word = |word: &String| !word.chars().any(|c| c.is_ascii_digit());
    let words: Vec<String> = words(name).into_iter().filter(is_word).collect();
    let is = |word: &String, known: &[&str]| known.contains(&word.as_str());
    let ends = [words.first(), words.last()];
    words.len() <= 5
        && (words.iter().any(|word| is(word, WAREHOUSES))
            || ends.into_iter().flatten().any(|word| is(word, SHOPS)))
}

/// Columns of numbers to the right of `Итого по складам` that add up to it in every row are the stock of the warehouses that
/// they are called after. Where none do, the total is what is there.
pub fn settle_parts_of_total(columns: &mut [Column], body: &[&Row]) {
    let is_total = |column: &Column| {
        let words = words(&column.head.own);
        says_any(&words, &["итого", "всего", "total", "jami", "жами"])
            && says_any(&words, &["склад*", "warehouse*", "ombor*", "омбор*"])
    };
    let has_quantity = columns
        .iter()
        .any(|column| column.field == Some(Field::Quantity));
    let Some(total) = columns.iter().position(is_total).filter(|_| !has_quantity) else {
        return;
    };
    let number = |row: &Row, index: usize| {
        let mark = columns.get(index).map(|column| column.mark);
        mark.and_then(|mark| row.cell(index).number(mark))
    };
    let parts: Vec<usize> = (total + 1..columns.len())
        .filter(|index| {
            columns
                .get(*index)
                .is_some_and(|column| column.field.is_none())
                && body.iter().any(|row| number(row, *index).is_some())
        })
        .collect();
    let adds_up = |row: &&Row| {
        let sum: Decimal = parts.iter().filter_map(|index| number(row, *index)).sum();
        number(row, total).unwrap_or_default() == sum
    };
    let are_parts = !parts.is_empty() && body.iter().all(adds_up);
    let taken = if are_parts { parts } else { vec![total] };
    for index in taken {
        if let Some(column) = columns.get_mut(index) {
            column.field = Some(Field::Quantity);
            column.place = are_parts.then(|| column.head.own.clone());
        }
    }
}

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
/// over `Приход` and `Остаток`, beside the word for the balance, `Остаток Юнусабад`, or in parentheses, `Кол-во (Юнусабад)`.
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
    let in_parentheses: Vec<Option<String>> = unplaced
        .iter()
        .map(|index| head(index).and_then(|head| unknown_in_parentheses(&head.own)))
        .collect();
    for names in [above, beside, in_parentheses] {
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

fn unknown_in_parentheses(head: &str) -> Option<String> {
    let (_, rest) = head.split_once('(')?;
    let name = rest.strip_suffix(')')?.trim();
    let words = words(name);
    let is_known = field_of(name).is_some()
        || is_unit(name)
        || words.iter().any(|word| is_unit(word))
        || says_any(&words, MEASURES)
        || says_period(name)
        || says_total(name)
        || name.split_whitespace().all(qualifies);
    (name.chars().any(char::is_alphabetic) && !is_known).then(|| name.to_owned())
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

/// The one warehouse that a line above the heads names: `Склад: Основной`, in one cell or in two.
pub fn announced_place(titles: &[Row]) -> Option<String> {
    let mut places = titles.iter().flat_map(|row| {
        let texts: Vec<_> = row.filled().map(|(_, cell)| cell.text()).collect();
        let named = texts.iter().enumerate().find_map(|(at, text)| {
            let (label, name) = text.split_once(':')?;
            let beside = texts.get(at + 1).map(AsRef::as_ref).unwrap_or_default();
            let name = if name.trim().is_empty() { beside } else { name }.trim();
            let is_one = name.chars().any(char::is_alphabetic)
                && !name.contains([',', ';', ':', '\n'])
                && field_of(name).is_none_or(|field| field == Field::Place)
                && !says_total(name)
                && !says_any(
                    &words(name),
                    &["все", "all", "barcha*", "барча*", "hamma*", "барлық*"],
                );
            (field_of(label) == Some(Field::Place) && words(label).len() == 1 && is_one)
                .then(|| name.to_owned())
        });
        named.into_iter()
    });
    places.next().filter(|_| places.next().is_none())
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
