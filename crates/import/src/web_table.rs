//! Tables of web pages, which shops and 1C save under the name of a workbook.

use crate::{spreadsheet::Sheet, table::Cell};

/// A cell spreads over no more columns; what says more is a mistake.
const WIDEST_SPAN: usize = 256;
/// A cell spreads over no more rows.
const HIGHEST_SPAN: usize = 10_000;

/// Elements whose content is no text of the page.
const UNSEEN: &[&str] = &["script", "style", "title", "xml"];
/// Elements that stand apart from the text before them.
const BLOCKS: &[&str] = &["br", "p", "div", "li", "tr", "hr"];

/// Every table of a page with a cell in it, the inner ones before those around them.
pub fn read_web_tables(page: &str) -> Vec<Sheet> {
    let mut reader = PageReader::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at]);
        rest = reader.markup(&rest[at..]);
    }
    while reader.open.last().is_some() {
        reader.close_table();
    }
    let tables = reader.done.into_iter().enumerate();
    tables
        .map(|(at, rows)| Sheet::of_rows(&format!("table {}", at + 1), rows))
        .collect()
}

#[derive(Default)]
struct PageReader {
    open: Vec<OpenTable>,
    done: Vec<Vec<Vec<Cell>>>,
}

/// A table whose end has not come.
#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Option<OpenCell>,
    /// Over how many rows more the cells above spread into each column.
    spread: Vec<usize>,
}

struct OpenCell {
    text: String,
    columns: usize,
    rows: usize,
}

impl PageReader {
    fn text(&mut self, text: &str) {
        if let Some(cell) = self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            push_unescaped(&mut cell.text, text);
        }
    }

    /// Reads the tag or remark at the front; what comes after it.
    fn markup<'p>(&mut self, text: &'p str) -> &'p str {
        if let Some(remark) = text.strip_prefix("<!--") {
            return remark.find("-->").map_or("", |end| &remark[end + 3..]);
        }
        let Some(end) = end_of_tag(text) else {
            return "";
        };
        let (tag, rest) = (&text[1..end], &text[end + 1..]);
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == ':')
            .collect::<String>()
            .to_ascii_lowercase();
        if !closes && UNSEEN.contains(&name.as_str()) && !tag.ends_with('/') {
            return after_end_of(&name, rest);
        }
        if BLOCKS.contains(&name.as_str()) {
            self.text(" ");
        }
        match (name.as_str(), closes) {
            ("table", false) => self.open.push(OpenTable::default()),
            ("table", true) => self.close_table(),
            ("tr", _) => self.close_row(),
            ("td" | "th", closes) => {
                self.close_cell();
                if let Some(table) = self.open.last_mut().filter(|_| !closes) {
                    table.cell = Some(OpenCell {
                        text: String::new(),
                        columns: span(tag, "colspan", WIDEST_SPAN),
                        rows: span(tag, "rowspan", HIGHEST_SPAN),
                    });
                }
            }
            _ => {}
        }
        rest
    }

    fn close_cell(&mut self) {
        let Some(table) = self.open.last_mut() else {
            return;
        };
        let Some(cell) = table.cell.take() else {
            return;
        };
        table.skip_spread();
        for column in 0..cell.columns {
            let at = table.row.len();
            if table.spread.len() <= at {
                table.spread.resize(at + 1, 0);
            }
            if let Some(spread) = table.spread.get_mut(at) {
                *spread = cell.rows - 1;
            }
            table.row.push(if column == 0 {
                Cell::of_text(&cell.text)
            } else {
                Cell::Empty
            });
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.open.last_mut().filter(|table| !table.row.is_empty()) {
            table.skip_spread();
            let row = std::mem::take(&mut table.row);
            // What the cells above still spread over beyond the last cell of the row.
            for spread in table.spread.iter_mut().skip(row.len()) {
                *spread = spread.saturating_sub(1);
            }
            table.rows.push(row);
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        if let Some(table) = self.open.pop().filter(|table| !table.rows.is_empty()) {
            self.done.push(table.rows);
        }
    }
}

impl OpenTable {
    /// Leaves the columns empty that a cell above spreads into.
    fn skip_spread(&mut self) {
        while let Some(spread) = self
            .spread
            .get_mut(self.row.len())
            .filter(|left| **left > 0)
        {
            *spread -= 1;
            self.row.push(Cell::Empty);
        }
    }
}

/// Where the tag at the front ends: a `>` within quotes is a part of a value.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at),
            (b'"' | b'\'', None) if text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => {
                quote = Some(byte);
            }
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

fn after_end_of<'p>(name: &str, text: &'p str) -> &'p str {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at + 2;
        let tag = text.get(start..start + name.len());
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return text[start..]
                .find('>')
                .map_or("", |end| &text[start + end + 1..]);
        }
        from = start;
    }
    ""
}

fn span(tag: &str, name: &str, most: usize) -> usize {
    let tag = tag.to_ascii_lowercase();
    let digits: String = tag
        .split_once(name)
        .map(|(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'']))
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(1).clamp(1, most)
}

/// Adds text with single spaces and with the characters that its entities stand for; an unknown one stays as it is written.
fn push_unescaped(cell: &mut String, text: &str) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = rest
            .strip_prefix('&')
            .and_then(|rest| rest.split_once(';'))
            .filter(|(name, _)| name.len() <= 8)
            .and_then(|(name, after)| Some((entity(name)?, after)));
        if let Some((stands_for, after)) = entity {
            cell.push(stands_for);
            rest = after;
            continue;
        }
        if !c.is_whitespace() || c == '\u{a0}' {
            cell.push(c);
        } else if !cell.ends_with(' ') {
            cell.push(' ');
        }
        rest = &rest[c.len_utf8()..];
    }
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "nbsp" => '\u{a0}',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "laquo" => '«',
        "raquo" => '»',
        "ldquo" => '“',
        "rdquo" => '”',
        "mdash" => '—',
        "ndash" | "minus" => '–',
        "times" => '×',
        "deg" => '°',
        "frac12" => '½',
        "euro" => '€',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::Table;

    fn texts(page: &str) -> Vec<Vec<Vec<String>>> {
        read_web_tables(page)
            .iter()
            .map(|sheet| {
                let cells = |row: crate::table::Row| {
                    row.cells
                        .iter()
                        .map(|cell| cell.text().into_owned())
                        .collect()
                };
                sheet.rows().map(cells).collect()
            })
            .collect()
    }

    #[test]
    fn cells_that_spread_over_columns_and_rows_keep_the_others_in_their_columns() {
        let page = "<TABLE><tr><th rowspan=2>A<th colspan=\"2\">B<th rowspan='2'>C</tr>\
                    <tr><td>b1<td>b2</tr><tr><td>1<td>2<td>3<td>4</table>";
        assert_eq!(
            texts(page),
            [[
                vec!["A", "B", "", "C"],
                vec!["", "b1", "b2", ""],
                vec!["1", "2", "3", "4"]
            ]]
        );
    }

    #[test]
    fn text_is_what_the_page_shows() {
        let page = "<style>td{a:'<'}</style><table title='a > b'><tr><td><b>Чай</b>&nbsp;&laquo;Зелёный&raquo;<br>\n 100 г &#38; &x;\
                    <!-- <td> --></td></tr></table>";
        assert_eq!(texts(page), [[["Чай\u{a0}«Зелёный» 100 г & &x;"]]]);
    }

    #[test]
    fn a_table_within_a_table_is_one_of_its_own() {
        let page = "<table><tr><td>menu<table><tr><td>x</td></tr></table></td></tr></table>";
        assert_eq!(texts(page), [[["x"]], [["menu"]]]);
    }

    proptest! {
        #[test]
        fn any_page_is_read(page in "[<>/a-z =\"'&;#!-]{0,120}|(<(table|tr|td|th colspan=9|/td|/tr|/table|!--)>?[a-z]{0,3}){0,30}") {
            let _ = read_web_tables(&page);
        }
    }
}
