//! Lists of what came and went: a row for each purchase or sale, and the same product in many of them.

use std::collections::HashSet;

use super::{
    Row,
    choice::is_of_balances,
    columns::{Column, indexes_of},
    period::says_period,
};
use crate::{
    direction::direction_in,
    lexicon::{Field, says_any, words},
    number::DecimalMark,
    plan::Direction,
};

/// Days that say nothing about a purchase or a sale.
#[rustfmt::skip]
const OTHER_DAYS: &[&str] = &[
    "срок*", "годен*", "годност*", "expir*", "изготовл*", "произв*", "последн*", "last", "oxirgi*", "updated*", "обновл*",
    "создан*", "created*", "yaratil*", "muddat*", "yaroq*",
];
/// What the column is called that says which way the goods went.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "тип*", "вид*", "операци*", "документ*", "движен*", "регистратор*", "turi", "тури", "tur", "holat*", "amal*", "harakat*",
    "type", "kind", "operation*", "movement*", "direction*", "action*", "түрі", "document*", "hujjat*",
];
#[rustfmt::skip]
const CUSTOMERS: &[&str] = &[
    "покупат*", "клиент*", "заказчик*", "customer*", "client*", "buyer*", "mijoz*", "мижоз*", "xaridor*", "харидор*",
    "сатып алушы*", "получател*", "klient*", "pokupat*",
];
#[rustfmt::skip]
const SUPPLIERS: &[&str] = &[
    "поставщ*", "supplier*", "vendor*", "yetkazib*", "етказиб*", "жеткізуші*", "postavsh*", "taminot*", "продав*",
];
/// What is kept of a movement to be read.
const NOTED: &[Field] = &[Field::Partner, Field::Order, Field::Description];
/// What tells one product, in one place, from another.
const TELLING: &[Field] = &[
    Field::Name,
    Field::Sku,
    Field::Key,
    Field::Barcode,
    Field::Variant,
    Field::Place,
];
/// A title that announces a report of a time, rather than goods for sale.
const REPORTS: &[&str] = &[
    "период*",
    "отчет*",
    "report*",
    "hisobot*",
    "ҳисобот*",
    "есеп*",
    "davr*",
];

/// Where a list of movements says what.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// The day.
    pub date: Option<usize>,
    /// Which way, row by row.
    pub kind: Option<usize>,
    /// The column of what came, where that is another one than of what went.
    pub came: Option<usize>,
    /// The column of what went.
    pub went: Option<usize>,
    /// Which way every row goes.
    pub direction: Option<Direction>,
    /// Whether a minus says that goods went.
    pub signed: bool,
    /// Partners, documents and remarks.
    pub notes: Vec<usize>,
}

impl Journal {
    /// Takes the columns that say what came and went. What was paid for goods is no price that they are sold for.
    pub fn take(&self, columns: &mut [Column]) {
        let used = [self.date, self.kind, self.came, self.went];
        for index in used.into_iter().flatten().chain(self.notes.iter().copied()) {
            if let Some(column) = columns.get_mut(index) {
                column.taken = true;
            }
        }
        if let Some(column) = self.kind.and_then(|index| columns.get_mut(index)) {
            column.field = Some(Field::Other);
        }
        for column in columns.iter_mut() {
            match column.field {
                Some(Field::Quantity) if self.came.is_some() => column.taken = false,
                Some(Field::Price) if self.direction == Some(Direction::In) => {
                    column.field = Some(Field::PurchasePrice);
                    column.taken = false;
                }
                _ => {}
            }
        }
    }
}

/// Whether a column names customers, or partners who may be.
pub fn names_customers(columns: &[Column]) -> bool {
    columns.iter().any(|column| {
        column.field == Some(Field::Partner) && !says_any(&words(&column.head.text()), SUPPLIERS)
    })
}

/// Whether the columns are those of a list of movements. `about` is what its titles and its name say.
pub fn find_journal(columns: &[Column], body: &[&Row], about: &str) -> Option<Journal> {
    let quantity = taken(columns, Field::Quantity);
    let balance = quantity
        .and_then(|index| columns.get(index))
        .is_some_and(is_of_balances);
    let direction = direction_of_partner(columns)
        .or_else(|| direction_in(&columns.get(quantity?)?.head.text()))
        .or_else(|| direction_in(about));
    let journal = Journal {
        date: columns
            .iter()
            .enumerate()
            .position(|(index, column)| is_day(column) && is_mostly_filled(index, body)),
        kind: columns
            .iter()
            .enumerate()
            .position(|(index, column)| is_kind(column, index, body)),
        came: turnover(columns, body, Direction::In),
        went: turnover(columns, body, Direction::Out),
        direction,
        signed: false,
        notes: indexes_of(columns, NOTED).collect(),
    };
    let repetition = repetition(columns, body);
    let two_ways = journal.came.is_some() && journal.went.is_some();
    let is_dated = journal.date.is_some()
        && if two_ways {
            quantity.is_none() || repetition.is_some()
        } else {
            let named = !journal.notes.is_empty() || journal.kind.is_some();
            quantity.is_some()
                && !balance
                && (journal.kind.is_some()
                    || says_partner(columns, CUSTOMERS)
                    || repetition.is_some_and(|part| part >= if named { 0.05 } else { 0.2 }))
        };
    let about_words = words(about);
    let is_report = journal.date.is_none()
        && quantity.is_some()
        && !balance
        && direction_in(about).is_some()
        && says_any(&about_words, REPORTS)
        && says_period(about);
    if !is_dated && !is_report {
        return None;
    }
    Some(settled(journal, two_ways, quantity, columns, body))
}

fn settled(
    journal: Journal,
    two_ways: bool,
    quantity: Option<usize>,
    columns: &[Column],
    body: &[&Row],
) -> Journal {
    let (came, went) = if two_ways {
        (journal.came, journal.went)
    } else {
        (None, None)
    };
    let direction = journal.direction.filter(|_| journal.kind.is_none());
    let mark = quantity
        .and_then(|index| columns.get(index))
        .map_or(DecimalMark::Unknown, |column| column.mark);
    let has_minus = quantity.is_some_and(|index| {
        body.iter()
            .filter_map(|row| row.cell(index).number(mark))
            .any(|number| number.is_sign_negative())
    });
    Journal {
        came,
        went,
        direction,
        signed: direction.is_none() && journal.kind.is_none() && has_minus,
        ..journal
    }
}

fn taken(columns: &[Column], field: Field) -> Option<usize> {
    columns
        .iter()
        .position(|column| column.taken && column.field == Some(field))
}

fn is_day(column: &Column) -> bool {
    column.field == Some(Field::Date) && !says_any(&words(&column.head.text()), OTHER_DAYS)
}

fn is_mostly_filled(index: usize, body: &[&Row]) -> bool {
    let days = body
        .iter()
        .filter(|row| row.cell(index).text().chars().any(|c| c.is_ascii_digit()))
        .count();
    days * 2 > body.len()
}

/// A column that is called after documents or operations, most of whose values say a direction.
fn is_kind(column: &Column, index: usize, body: &[&Row]) -> bool {
    let values: Vec<_> = body
        .iter()
        .map(|row| row.cell(index).text())
        .filter(|text| !text.is_empty())
        .collect();
    let told = values
        .iter()
        .filter(|text| direction_in(text).is_some())
        .count();
    says_any(&words(&column.head.own), KINDS) && told * 2 > values.len()
}

fn turnover(columns: &[Column], body: &[&Row], direction: Direction) -> Option<usize> {
    columns.iter().enumerate().position(|(index, column)| {
        column.field == Some(Field::Turnover)
            && direction_in(&column.head.text()) == Some(direction)
            && !says_any(&words(&column.head.text()), &["opening", "нач*", "boshl*"])
            && body
                .iter()
                .any(|row| row.cell(index).number(column.mark).is_some())
    })
}

fn says_partner(columns: &[Column], who: &[&str]) -> bool {
    columns.iter().any(|column| {
        column.field == Some(Field::Partner) && says_any(&words(&column.head.text()), who)
    })
}

fn direction_of_partner(columns: &[Column]) -> Option<Direction> {
    match (
        says_partner(columns, SUPPLIERS),
        says_partner(columns, CUSTOMERS),
    ) {
        (true, false) => Some(Direction::In),
        (false, true) => Some(Direction::Out),
        _ => None,
    }
}

/// Which part of the rows repeats a product, in the same place, of an earlier one; `None` if none does.
fn repetition(columns: &[Column], body: &[&Row]) -> Option<f64> {
    let telling: Vec<usize> = indexes_of(columns, TELLING).collect();
    let mut known = HashSet::new();
    let repeated = body
        .iter()
        .map(|row| {
            let texts = telling.iter().map(|index| row.cell(*index).text());
            texts.collect::<Vec<_>>()
        })
        .filter(|product| product.iter().any(|text| !text.is_empty()))
        .filter(|product| !known.insert(product.clone()))
        .count();
    (repeated > 0).then(|| repeated as f64 / body.len() as f64)
}
