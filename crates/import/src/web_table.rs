//! Tables of web pages, which shops and 1C save under the name of a workbook.

use scraper::{ElementRef, Html};

use crate::{spreadsheet::Sheet, table::Cell};

/// A cell spreads over no more columns; what says more is a mistake.
const WIDEST_SPAN: usize = 256;
/// A cell spreads over no more rows.
const HIGHEST_SPAN: usize = 10_000;

/// Elements whose content is no text of the page.
const UNSEEN: &[&str] = &["script", "style"];
/// Elements that stand apart from the text before them.
const BLOCKS: &[&str] = &["br", "p", "div", "li", "hr"];

/// Every table of a page with a cell in it.
pub fn read_web_tables(page: &str) -> Vec<Sheet> {
    Html::parse_document(page)
        .tree
        .nodes()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "table")
        .map(rows_of)
        .filter(|rows| !rows.is_empty())
        .zip(1..)
        .map(|(rows, number)| Sheet::of_rows(&format!("table {number}"), rows))
        .collect()
}

/// The rows of a table, whose parts the parser has put into heads, bodies and feet.
fn rows_of(table: ElementRef<'_>) -> Vec<Vec<Cell>> {
    let mut grid = Grid::default();
    let parts = table.child_elements();
    for row in parts.flat_map(|part| part.child_elements().filter(|row| is(*row, &["tr"]))) {
        for cell in row.child_elements().filter(|cell| is(*cell, &["td", "th"])) {
            let (columns, rows) = (
                span(cell, "colspan", WIDEST_SPAN),
                span(cell, "rowspan", HIGHEST_SPAN),
            );
            grid.put(Cell::of_text(&text_of(cell)), columns, rows);
        }
        grid.end_row();
    }
    grid.rows
}

fn is(element: ElementRef<'_>, names: &[&str]) -> bool {
    names.contains(&element.value().name())
}

fn span(cell: ElementRef<'_>, name: &str, most: usize) -> usize {
    let said = cell.attr(name).and_then(|text| text.trim().parse().ok());
    said.unwrap_or(1).clamp(1, most)
}

/// What a cell shows, with single spaces and without the tables in it, which are tables of their own.
fn text_of(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        if let Some(element) = ElementRef::wrap(node) {
            if is(element, BLOCKS) {
                push(&mut text, " ");
            }
            continue;
        }
        let Some(said) = node.value().as_text() else {
            continue;
        };
        let mut around = node
            .ancestors()
            .take_while(|node| node.id() != cell.id())
            .filter_map(ElementRef::wrap);
        if !around.any(|element| is(element, &["table"]) || is(element, UNSEEN)) {
            push(&mut text, said);
        }
    }
    text
}

fn push(text: &mut String, said: &str) {
    for c in said.chars() {
        if !c.is_whitespace() || c == '\u{a0}' {
            text.push(c);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

/// Cells in their columns, whatever spreads beside and above them.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// Over how many rows more the cells above spread into each column.
    spread: Vec<usize>,
}

impl Grid {
    fn put(&mut self, cell: Cell, columns: usize, rows: usize) {
        self.skip_spread();
        let mut cell = Some(cell);
        for _ in 0..columns {
            let at = self.row.len();
            if self.spread.len() <= at {
                self.spread.resize(at + 1, 0);
            }
            if let Some(spread) = self.spread.get_mut(at) {
                *spread = rows - 1;
            }
            self.row.push(cell.take().unwrap_or(Cell::Empty));
        }
    }

    fn end_row(&mut self) {
        if self.row.is_empty() {
            return;
        }
        self.skip_spread();
        let row = std::mem::take(&mut self.row);
        // What the cells above still spread over beyond the last cell of the row.
        for spread in self.spread.iter_mut().skip(row.len()) {
            *spread = spread.saturating_sub(1);
        }
        self.rows.push(row);
    }

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
        assert_eq!(texts(page), [[["menu"]], [["x"]]]);
    }

    proptest! {
        #[test]
        fn any_page_is_read(page in "[<>/a-z =\"'&;#!-]{0,120}|(<(table|tr|td|th colspan=9|/td|/tr|/table|!--)>?[a-z]{0,3}){0,30}") {
            let _ = read_web_tables(&page);
        }
    }
}
