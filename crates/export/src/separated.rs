//! CSV as Excel opens it by a double click in this part of the world: UTF-8 with its mark, semicolons, decimal commas.

use std::path::Path;

use csv::{QuoteStyle, WriterBuilder};

use crate::{
    error::{Error, Result},
    table::{Cell, Table},
    written::write_whole,
};

/// Tells Excel that the text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A time as every spreadsheet understands it, whatever its country.
const MOMENT: &str = "%Y-%m-%d %H:%M:%S";

/// A cell that begins with one of these is a formula to a spreadsheet, whatever it was meant to be.
const BEGINS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a table.
///
/// # Errors
/// [`Error::Unwritable`]
pub fn write(path: &Path, table: &Table) -> Result<()> {
    let bytes = to_bytes(table).map_err(|source| Error::Unwritable {
        path: path.to_owned(),
        source,
    })?;
    write_whole(path, &bytes)
}

fn to_bytes(table: &Table) -> std::io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .quote_style(QuoteStyle::Necessary)
        .from_writer(MARK.to_vec());
    writer.write_record(table.heads.iter().map(|head| as_text(head)))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text_of))?;
    }
    writer
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => as_text(text),
        Cell::Number(number) => number.normalize().to_string().replace('.', ","),
        Cell::Moment(at) => at.format(MOMENT).to_string(),
    }
}

/// An apostrophe keeps a text a text; reading takes it away again.
fn as_text(text: &str) -> String {
    if text.starts_with(BEGINS_A_FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_stays_a_text() {
        let table = Table {
            name: String::new(),
            heads: vec!["Name".to_owned(), "Price".to_owned()],
            rows: vec![
                vec![
                    Cell::from("=HYPERLINK(\"x\")"),
                    Cell::Number("2.50".parse().expect("a number")),
                ],
                vec![Cell::from("a;b"), Cell::Empty],
            ],
        };
        let text = String::from_utf8(to_bytes(&table).expect("written")).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}Name;Price\n\"'=HYPERLINK(\"\"x\"\")\";2,5\n\"a;b\";\n"
        );
    }
}
