//! Workbooks of Excel 2003 in XML, which many programs still write under the name of an .xls.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{Sheet, cell_from_float, outline::attribute, put};
use crate::table::Cell;

/// No row stands further down.
const FARTHEST_ROW: usize = 1 << 20;

/// The document ends in the middle, or is no XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Reads every sheet.
///
/// # Errors
/// [`Broken`]
pub fn read_xml_table(text: &str) -> Result<Vec<Sheet>, Broken> {
    let mut reader = Reader::from_str(text);
    let mut book = Book::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Broken)? {
            Event::Start(start) => {
                depth += 1;
                book.open(&start);
            }
            Event::Empty(start) => {
                book.open(&start);
                book.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                book.close(end.local_name().as_ref());
            }
            Event::Text(text) => book.text(&text.xml10_content()),
            Event::CData(text) => book.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => book.text(c.encode_utf8(&mut [0; 4])),
                    _ => book.text(resolve_predefined_entity(&name).unwrap_or_default()),
                }
            }
            Event::Eof if depth > 0 => return Err(Broken),
            Event::Eof => return Ok(book.sheets),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    name: String,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// Where the next cell of the row stands.
    column: usize,
    /// How many columns beyond its own the cell spreads over.
    across: usize,
    /// The text of the value that is read, and whether it is a number.
    value: Option<(String, bool)>,
}

impl Book {
    fn open(&mut self, start: &BytesStart<'_>) {
        let number = |name| attribute(start, name).and_then(|text| text.parse::<usize>().ok());
        match start.local_name().as_ref() {
            "Worksheet" => self.name = attribute(start, "Name").unwrap_or_default(),
            "Row" => {
                let at = number("Index").unwrap_or(1).clamp(1, FARTHEST_ROW) - 1;
                if self.rows.len() < at {
                    self.rows.resize(at, Vec::new());
                }
            }
            "Cell" => {
                if let Some(at) = number("Index") {
                    self.column = at.saturating_sub(1);
                }
                self.across = number("MergeAcross").unwrap_or(0);
            }
            "Data" => {
                let is_number = attribute(start, "Type").is_some_and(|kind| kind == "Number");
                self.value = Some((String::new(), is_number));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((value, _)) = &mut self.value {
            value.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Data" => {
                if let Some((text, is_number)) = self.value.take() {
                    let number = text.parse().ok().filter(|_| is_number);
                    put(
                        &mut self.row,
                        self.column,
                        number.map_or_else(|| Cell::of_text(&text), cell_from_float),
                    );
                }
            }
            "Cell" => self.column = self.column.saturating_add(self.across).saturating_add(1),
            "Row" => {
                self.rows.push(std::mem::take(&mut self.row));
                self.column = 0;
            }
            "Worksheet" => {
                let rows = std::mem::take(&mut self.rows);
                self.sheets.push(Sheet::of_rows(&self.name, rows));
            }
            _ => {}
        }
    }
}
