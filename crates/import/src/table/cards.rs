//! Cards down the page: the heads stand on the left, once more for each product, and what they head to the right of them.

use std::sync::Arc;

use super::{Cell, Row, Table, columns::SAMPLE_ROWS};
use crate::lexicon::{Field, field_of};

/// The cards of a sheet as a list: a row of heads, and one for each card.
struct Cards {
    sheet: Box<dyn Table>,
    rows: Vec<Row>,
}

/// The table; if it is one of cards, the list of them.
pub fn list_of_cards(table: Box<dyn Table>) -> Box<dyn Table> {
    let sample: Vec<Line> = lines(table.as_ref()).take(SAMPLE_ROWS).collect();
    if !are_cards(&sample) {
        return table;
    }
    let rows = listed(lines(table.as_ref()));
    Box::new(Cards { sheet: table, rows })
}

impl Table for Cards {
    fn part(&self) -> &Arc<str> {
        self.sheet.part()
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        Box::new(self.rows.iter().cloned())
    }
}

/// A row as that of a card.
struct Line {
    number: u64,
    head: String,
    value: Cell,
    /// Whether it has a head and a value at most.
    fits: bool,
}

fn lines(table: &dyn Table) -> impl Iterator<Item = Line> {
    table.rows().filter(|row| !row.is_blank()).map(|row| {
        let mut filled = row.filled().map(|(_, cell)| cell);
        let head = filled.next().map(Cell::text).unwrap_or_default();
        let head = head.trim_end_matches(':').to_owned();
        let value = filled.next().cloned().unwrap_or(Cell::Empty);
        Line {
            number: row.number,
            fits: filled.next().is_none() && field_of(&head).is_some(),
            head,
            value,
        }
    })
}

/// Whether each row is a head with its value, and the whole card comes again.
fn are_cards(sample: &[Line]) -> bool {
    let names = sample
        .iter()
        .filter(|line| field_of(&line.head) == Some(Field::Name))
        .count();
    let begins = sample.first().map(|first| {
        let again = |line: &&Line| line.head == first.head;
        sample.iter().filter(again).count()
    });
    names >= 2
        && begins == Some(names)
        && sample.len() >= names * 2
        && sample.iter().all(|line| line.fits)
}

/// The heads, and a row for each card that has the number of the card's last line.
fn listed(lines: impl Iterator<Item = Line>) -> Vec<Row> {
    let row = |number| Row {
        number,
        level: 0,
        cells: Vec::new(),
    };
    let mut heads: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let known = heads.iter().position(|head| *head == line.head);
        let column = known.unwrap_or(heads.len());
        if known.is_none() {
            heads.push(line.head);
        }
        if rows.is_empty() {
            rows.push(row(line.number));
        }
        if column == 0 {
            rows.push(row(line.number));
        }
        if let Some(card) = rows.last_mut() {
            card.number = line.number;
            card.put(column, line.value);
        }
    }
    if let Some(first) = rows.first_mut() {
        first.cells = heads.iter().map(|head| Cell::of_text(head)).collect();
    }
    rows
}
