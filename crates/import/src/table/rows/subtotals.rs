//! Groups that show the total of their goods in a list without an outline, which is what is left of a report of 1C that
//! was saved as text or in the old format of Excel. Taken for goods, they would count everything twice.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::groups::{tells_nothing_apart, total_of};
use crate::{
    lexicon::Field,
    table::{
        Cell, Row, Table,
        columns::{Columns, indexes_of},
    },
};

/// How many ends of groups are tried for one group's total, so that a made-up list cannot keep the reader busy.
const ENDS_TRIED: usize = 2_000;

/// What the row of a group leaves empty, and tells goods apart.
pub const TELLING: &[Field] = &[
    Field::RowNumber,
    Field::Sku,
    Field::Code,
    Field::Key,
    Field::Barcode,
    Field::Unit,
    Field::Price,
];

/// The groups of a list, each with the number of its last row.
#[derive(Debug, Default)]
pub struct Subtotals {
    last_rows: HashMap<u64, u64>,
}

/// What a row is as far as totals go.
enum Line {
    /// Goods, with what is in stock of them.
    Goods(Decimal),
    /// A row without anything that tells goods apart, and its quantity if it has one.
    Bare(Option<Decimal>),
}

impl Subtotals {
    /// Looks for rows that have a name and sums, and nothing of what the other rows have. Such a row is a group if its
    /// quantity is that of the goods below it, or if it has none.
    pub fn find(table: &dyn Table, columns: &Columns) -> Self {
        if !columns.shows_subtotals {
            return Self::default();
        }
        let mut lines = Vec::new();
        for row in table.rows().skip(columns.first_row) {
            if row.level > 0 {
                return Self::default();
            }
            if !row.is_blank() && total_of(columns, &row).is_none() {
                lines.push((row.number, line(columns, &row)));
            }
        }
        Self {
            last_rows: groups(&lines),
        }
    }

    /// To be asked about each row, from the first to the last.
    pub fn reader(&self) -> OpenGroups<'_> {
        OpenGroups {
            subtotals: self,
            last_rows: Vec::new(),
        }
    }
}

/// The groups around the row that is read.
pub struct OpenGroups<'s> {
    subtotals: &'s Subtotals,
    last_rows: Vec<u64>,
}

impl OpenGroups<'_> {
    /// How deep the row lies, and whether it is a group itself; `None` if the list has no such groups.
    pub fn place_of(&mut self, row: u64) -> Option<(u8, bool)> {
        if self.subtotals.last_rows.is_empty() {
            return None;
        }
        while self.last_rows.last().is_some_and(|last| *last < row) {
            self.last_rows.pop();
        }
        let level = u8::try_from(self.last_rows.len()).unwrap_or(u8::MAX);
        let last = self.subtotals.last_rows.get(&row);
        self.last_rows.extend(last);
        Some((level, last.is_some()))
    }
}

fn line(columns: &Columns, row: &Row) -> Line {
    let quantities: Vec<Decimal> = columns
        .all_of(Field::Quantity)
        .filter_map(|(index, column)| row.cell(index).number(column.mark))
        .collect();
    let quantity = (!quantities.is_empty()).then(|| quantities.iter().copied().sum());
    if is_bare(columns, row) {
        Line::Bare(quantity)
    } else {
        Line::Goods(quantity.unwrap_or_default())
    }
}

/// The last row of each group by the row of the group.
fn groups(lines: &[(u64, Line)]) -> HashMap<u64, u64> {
    // Where a group may end: before the next row that may be one, and at the end of the list. With what all goods until
    // there add up to.
    let mut ends = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut sums_before = Vec::with_capacity(lines.len());
    for (at, (_, line)) in lines.iter().enumerate() {
        sums_before.push(sum);
        if let Line::Goods(quantity) = line {
            sum = sum.saturating_add(*quantity);
        }
        if lines
            .get(at + 1)
            .is_none_or(|(_, next)| matches!(next, Line::Bare(_)))
        {
            ends.push((at, sum));
        }
    }
    let mut groups = HashMap::new();
    for (at, ((number, line), before)) in lines.iter().zip(sums_before).enumerate() {
        let Line::Bare(total) = line else { continue };
        let first = ends.partition_point(|(end, _)| *end <= at);
        let end = ends
            .iter()
            .skip(first)
            .take(ENDS_TRIED)
            .find(|(_, sum)| total.is_none_or(|total| *sum - before == total));
        if let Some((number_of_last, _)) = end.and_then(|(end, _)| lines.get(*end)) {
            groups.insert(*number, *number_of_last);
        }
    }
    groups
}

/// Whether there may be such groups, by the first rows of the list: some rows have nothing that tells goods apart, and as
/// many or more have it.
pub fn are_shown(columns: &Columns, body: &[&Row]) -> bool {
    let bare = body.iter().filter(|row| is_bare(columns, row)).count();
    let told_apart = |index: usize| {
        let filled = body
            .iter()
            .filter(|row| !row.cell(index).is_empty())
            .count();
        filled >= bare
    };
    columns.of(Field::Category).is_none()
        && bare > 0
        && (tells_nothing(columns) || indexes_of(&columns.list, TELLING).any(told_apart))
}

/// Whether the list has no column that tells goods apart.
fn tells_nothing(columns: &Columns) -> bool {
    indexes_of(&columns.list, TELLING).next().is_none()
}

/// Whether the row has a name and a number, and nothing of what tells goods apart. In a list that has only names and
/// quantities, whether it is called as a warehouse is.
fn is_bare(columns: &Columns, row: &Row) -> bool {
    let named = columns
        .of(Field::Name)
        .is_some_and(|name| match row.cell(name) {
            Cell::Text(text) if tells_nothing(columns) => columns.may_be_place(text),
            Cell::Text(text) => text.chars().any(char::is_alphabetic),
            Cell::Number(_) | Cell::Empty => false,
        });
    let numbered = columns
        .list
        .iter()
        .enumerate()
        .any(|(index, column)| row.cell(index).number(column.mark).is_some());
    named && numbered && tells_nothing_apart(columns, row)
}
