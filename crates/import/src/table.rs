//! Rows of cells, whatever file they come from.

pub mod cards;
mod choice;
pub mod columns;
mod head;
pub mod history;
mod journal;
pub mod ledger;
mod levels;
mod period;
mod places;
pub mod places_below;
mod refusal;
pub mod rows;
pub mod sections;
pub mod values;

use std::{borrow::Cow, sync::Arc};

use rust_decimal::Decimal;

use crate::{
    lexicon::is_apostrophe,
    number::{DecimalMark, parse_number},
};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or nothing but spaces.
    Empty,
    /// Text, trimmed.
    Text(String),
    /// A number that the file keeps as one.
    Number(Decimal),
}

impl Cell {
    /// A cell of text.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        // A text that is written as a formula, so that a spreadsheet keeps its zeros.
        let text = text
            .strip_prefix("=\"")
            .and_then(|rest| rest.strip_suffix('"'))
            .unwrap_or(text);
        // An apostrophe that keeps a spreadsheet from taking an article for a number.
        let text = text
            .strip_prefix('\'')
            .filter(|rest| rest.starts_with(char::is_alphanumeric) && !rest.contains(is_apostrophe))
            .unwrap_or(text);
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// What it shows.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }

    /// The number in it, if there is one.
    pub fn number(&self, mark: DecimalMark) -> Option<Decimal> {
        match self {
            Self::Empty => None,
            Self::Text(text) => parse_number(text, mark),
            Self::Number(number) => Some(*number),
        }
    }

    /// Whether it says nothing: empty, or a dash where a number would be.
    pub fn says_nothing(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => matches!(text.as_str(), "-" | "–" | "—"),
            Self::Number(_) => false,
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u64,
    /// How deep it lies in the sheet's outline, 0 where there is none.
    pub level: u8,
    /// Its cells from the left.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in a column; an empty one beyond the last.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Puts a cell into a column; the row grows to it.
    pub fn put(&mut self, column: usize, cell: Cell) {
        self.cells
            .resize(self.cells.len().max(column + 1), Cell::Empty);
        if let Some(place) = self.cells.get_mut(column) {
            *place = cell;
        }
    }

    /// The cells with something in them, and their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }
}

/// A sheet of a workbook, or a text of separated values.
pub trait Table {
    /// The sheet's or file's name.
    fn part(&self) -> &Arc<str>;

    /// The rows from the top, blank ones included or not.
    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_>;

    /// Whether a group's row stands above the rows that it groups.
    fn groups_stand_above(&self) -> bool {
        true
    }

    /// Whether a cell is merged into the one above it.
    fn continues(&self, _row: u64, _column: usize) -> bool {
        false
    }

    /// Whether the rows are the quantities of a turnover sheet.
    fn is_ledger(&self) -> bool {
        false
    }

    /// What the rows are called together, where the sheet holds several lists.
    fn heading(&self) -> Option<&str> {
        None
    }
}
