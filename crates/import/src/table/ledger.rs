//! Turnover sheets of accounts, where each product has a row of sums and one of quantities.

use std::{collections::HashMap, sync::Arc};

use super::{
    Cell, Row, Table,
    columns::{Columns, SAMPLE_ROWS},
};
use crate::lexicon::{Field, says_any, words};

/// What the rows of sums are called, by the kind of accounting.
const SUMS: &[&str] = &["=бу", "=ну", "=пр", "=вр", "=сумма", "=вал", "=упр"];
/// What the rows of quantities are called.
const QUANTITIES: &[&str] = &[
    "=кол",
    "=кол во",
    "=количество",
    "=саны",
    "=miqdor",
    "=миқдор",
];

/// A turnover sheet whose rows are those of quantities alone, with the names that stand in the rows of sums.
struct InQuantities {
    sheet: Box<dyn Table>,
    /// The first row that says what it measures.
    first_row: u64,
    name: usize,
    measure: usize,
    /// The heads over the names that stand on lines of their own, moved up to the lines of the other heads, by the number of
    /// the line; a line without any is none.
    heads: HashMap<u64, Option<Cell>>,
}

/// The table; if it is a turnover sheet, its quantities.
pub fn in_quantities(table: Box<dyn Table>) -> Box<dyn Table> {
    let sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
    let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let found = (0..width).find_map(|measure| {
        let says = |row: &Row, known| says_any(&words(&row.cell(measure).text()), known);
        let sums = sample.iter().position(|row| says(row, SUMS))?;
        let quantities = sample.iter().position(|row| says(row, QUANTITIES))?;
        let first = sums.min(quantities);
        let others = sample.iter().skip(first).filter(|row| {
            !row.cell(measure).is_empty() && !says(row, SUMS) && !says(row, QUANTITIES)
        });
        let first = sample.get(first).filter(|_| others.count() == 0)?;
        let name = first.filled().find_map(|(column, cell)| {
            (column < measure && matches!(cell, Cell::Text(_) | Cell::Number(_))).then_some(column)
        })?;
        let above = sample.iter().take_while(|row| row.number < first.number);
        let heads = heads_moved_up(&above.collect::<Vec<_>>(), name);
        Some((first.number, name, measure, heads))
    });
    match found {
        Some((first_row, name, measure, heads)) => Box::new(InQuantities {
            sheet: table,
            first_row,
            name,
            measure,
            heads,
        }),
        None => table,
    }
}

/// What is grouped by what stands line by line over the names: `Счет`, `Склады`, `Номенклатура`, the last ones below all other
/// heads.
fn heads_moved_up(above: &[&Row], name: usize) -> HashMap<u64, Option<Cell>> {
    let is_alone = |row: &&&Row| row.filled().count() == 1 && !row.cell(name).is_empty();
    let alone = above.iter().rev().take_while(is_alone).count();
    let (others, alone) = above.split_at(above.len() - alone);
    let wide = |row: &&&Row| row.filled().count() >= 2;
    let lines: Vec<&&Row> = others.iter().rev().take_while(wide).collect();
    if alone.is_empty() || lines.is_empty() {
        return HashMap::new();
    }
    let names = alone.iter().rev().chain(lines.iter().copied());
    let mut names = names
        .map(|row| row.cell(name).clone())
        .filter(|cell| !cell.is_empty());
    let mut moved: HashMap<u64, Option<Cell>> =
        alone.iter().map(|row| (row.number, None)).collect();
    for line in &lines {
        moved.insert(line.number, Some(names.next().unwrap_or(Cell::Empty)));
    }
    moved
}

impl Table for InQuantities {
    fn part(&self) -> &Arc<str> {
        self.sheet.part()
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        let mut rows = self.sheet.rows().peekable();
        let mut accounts: Vec<u8> = Vec::new();
        Box::new(std::iter::from_fn(move || {
            let mut row = rows.next()?;
            while self.heads.get(&row.number) == Some(&None) {
                row = rows.next()?;
            }
            if row.number < self.first_row {
                if let Some(Some(head)) = self.heads.get(&row.number)
                    && let Some(cell) = row.cells.get_mut(self.name)
                {
                    cell.clone_from(head);
                }
                return Some(row);
            }
            let mut counted = self.counts(&row).then(|| row.clone());
            while let Some(more) = rows.next_if(|next| {
                next.cell(self.name).is_empty() && !next.cell(self.measure).is_empty()
            }) {
                if self.counts(&more) {
                    counted = Some(more);
                }
            }
            let measured = counted.is_some() || !row.cell(self.measure).is_empty();
            for (column, cell) in row.cells.iter_mut().enumerate().skip(self.measure) {
                if measured {
                    let count = counted.as_ref().map(|row| row.cell(column).clone());
                    *cell = count
                        .filter(|_| column > self.measure)
                        .unwrap_or(Cell::Empty);
                }
            }
            accounts.retain(|level| *level < row.level);
            let around = u8::try_from(accounts.len()).unwrap_or(u8::MAX);
            if is_account(&row.cell(self.name).text()) {
                accounts.push(row.level);
            }
            row.level = row.level.saturating_sub(around);
            Some(row)
        }))
    }

    fn groups_stand_above(&self) -> bool {
        self.sheet.groups_stand_above()
    }

    fn continues(&self, row: u64, column: usize) -> bool {
        self.sheet.continues(row, column)
    }

    fn is_ledger(&self) -> bool {
        true
    }
}

impl InQuantities {
    fn counts(&self, row: &Row) -> bool {
        says_any(&words(&row.cell(self.measure).text()), QUANTITIES)
    }
}

/// Whether a row is that of an account: `41`, `41.01`, `2910, Товары на складах`.
pub fn is_account(name: &str) -> bool {
    let number = name.split(',').next().unwrap_or_default().trim();
    let mut parts = number.split('.');
    let first = parts.next().unwrap_or_default();
    (2..=4).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_digit())
        && parts.all(|part| {
            (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphanumeric)
        })
}

impl Columns {
    /// Hears that the rows are those of a turnover sheet in quantities: what the accounts owe at the end of the time is what
    /// is there.
    pub fn are_of_ledger(&mut self) {
        self.journal = None;
        self.in_ledger = true;
        self.levels.retain(|field| *field != Field::Order);
        if self.of(Field::Quantity).is_some() {
            return;
        }
        let closing = self.list.iter_mut().find(|column| {
            let (own, all) = (words(&column.head.own), words(&column.head.text()));
            says_any(&own, &["дебет", "дт", "debet*", "debit"])
                && says_any(
                    &all,
                    &[
                        "конец",
                        "конечн*",
                        "кон",
                        "oxiri*",
                        "охири*",
                        "соңы*",
                        "closing",
                    ],
                )
        });
        if let Some(column) = closing {
            column.field = Some(Field::Quantity);
            column.taken = true;
        }
    }
}
