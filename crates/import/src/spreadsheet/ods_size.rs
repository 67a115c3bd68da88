//! How many cells an OpenDocument workbook spreads out to. A few bytes may repeat a cell or a row a million times, and the
//! reader of the format unfolds them all at once.

use std::io::{BufReader, Cursor};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::outline::attribute;

/// A sheet has no more columns and rows; the reader leaves what stands beyond them.
const MOST_COLUMNS: u64 = 1 << 14;
const MOST_ROWS: u64 = 1 << 20;
/// What a cell has that is not empty.
const VALUES: &[&str] = &[
    "value-type",
    "value",
    "string-value",
    "date-value",
    "time-value",
    "boolean-value",
    "formula",
];

/// The cells of all sheets, each from its first filled row to its last and as wide as its widest. What cannot be read has
/// none, and is for the reader to refuse.
pub fn unfolded_cells(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return 0;
    };
    let Ok(part) = archive.by_name("content.xml") else {
        return 0;
    };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let (mut cells, mut sheet) = (0_u64, Spread::default());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => sheet.open(&start),
            Ok(Event::Empty(start)) => {
                sheet.open(&start);
                if start.local_name().as_ref() == "table-row" {
                    sheet.end_row();
                }
            }
            Ok(Event::End(end)) => match end.local_name().as_ref() {
                "table-row" => sheet.end_row(),
                "table" => cells = cells.saturating_add(std::mem::take(&mut sheet).cells()),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return cells,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// What is known of a sheet so far.
#[derive(Debug, Default)]
struct Spread {
    /// How often the row that is read is repeated, its columns so far, and those up to its last filled one.
    repeated: u64,
    columns: u64,
    filled: u64,
    rows: u64,
    first_filled: Option<u64>,
    last_filled: u64,
    widest: u64,
    /// The cells of all rows, each row once.
    written: u64,
}

impl Spread {
    fn open(&mut self, start: &BytesStart<'_>) {
        let times = |name| {
            let times = attribute(start, name).and_then(|times| times.parse().ok());
            times.unwrap_or(1_u64)
        };
        match start.local_name().as_ref() {
            "table-row" => self.repeated = times("number-rows-repeated").min(MOST_ROWS),
            "table-cell" | "covered-table-cell" => {
                let times = times("number-columns-repeated").min(MOST_COLUMNS);
                self.columns = (self.columns + times).min(MOST_COLUMNS);
                let mut attributes = start.attributes().filter_map(Result::ok);
                if attributes.any(|known| VALUES.contains(&known.key.local_name().as_ref())) {
                    self.filled = self.columns;
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let first = self.rows;
        self.rows = (self.rows + self.repeated).min(MOST_ROWS);
        if self.filled > 0 {
            self.first_filled.get_or_insert(first);
            self.last_filled = self.rows;
            self.widest = self.widest.max(self.filled);
            self.written = self.written.saturating_add(self.filled);
        }
        (self.columns, self.filled) = (0, 0);
    }

    fn cells(&self) -> u64 {
        let rows = self.last_filled - self.first_filled.unwrap_or_default();
        self.written.max(rows.saturating_mul(self.widest))
    }
}
