//! Workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods.

mod ods_size;
mod outline;
pub mod xml_table;

use std::{
    collections::HashMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetVisible, Xls, XlsError, Xlsb,
    XlsbError, Xlsx, XlsxError,
};
use rust_decimal::Decimal;

use self::{ods_size::unfolded_cells, outline::Outline};
use crate::{
    number::from_float,
    table::{Cell, Row, Table},
};

/// A list of products is not wider; what stands further right is formatting gone astray.
const WIDEST: usize = 512;
/// How many cells of a workbook are kept, those between filled ones too: a gigabyte. The old .xls has no more than half of it
/// a sheet.
const MOST_CELLS: usize = 30_000_000;

/// What kind of workbook the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workbook {
    /// Office Open XML.
    Xlsx,
    /// The same in binary parts.
    Xlsb,
    /// Excel 97.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Workbook {
    /// The format's name in a report.
    pub fn format(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// Why a workbook was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// It wants a password.
    Protected,
    /// It is damaged.
    Damaged,
    /// It would fill the memory.
    TooLarge,
}

/// A sheet with something in it.
pub struct Sheet {
    part: Arc<str>,
    rows: Vec<Row>,
    outline: Outline,
    is_hidden: bool,
}

impl Sheet {
    /// A sheet of rows from the top, blank ones included.
    pub fn of_rows(part: &str, rows: Vec<Vec<Cell>>) -> Self {
        let rows = rows.into_iter().zip(0..).map(|(cells, row)| (row, cells));
        sheet(part.to_owned(), rows.collect(), Outline::default())
    }

    /// Whether the workbook does not show it.
    pub fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// Whether no cell of it is filled.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives the sheet the name that it has among several files.
    pub fn rename(&mut self, part: &str) {
        self.part = Arc::from(part);
    }
}

impl Table for Sheet {
    fn part(&self) -> &Arc<str> {
        &self.part
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        Box::new(self.rows.iter().cloned())
    }

    fn groups_stand_above(&self) -> bool {
        self.outline.groups_stand_above
    }

    fn continues(&self, row: u64, column: usize) -> bool {
        self.outline.continues(row, column)
    }
}

/// Reads every sheet. A file of somebody else's making may be broken in ways that the reader of the format does not expect:
/// its panic is a damaged workbook, not ours.
///
/// # Errors
/// [`Unopened`]
pub fn read_sheets(bytes: &[u8], workbook: Workbook) -> Result<Vec<Sheet>, Unopened> {
    catch_unwind(AssertUnwindSafe(|| match workbook {
        Workbook::Xlsx => read_xlsx(bytes),
        Workbook::Xlsb => read_xlsb(bytes),
        Workbook::Xls => read_ranges(
            Xls::new(Cursor::new(bytes))
                .map_err(|error| unopened(matches!(error, XlsError::Password)))?,
        ),
        Workbook::Ods if unfolded_cells(bytes) > MOST_CELLS as u64 => Err(Unopened::TooLarge),
        Workbook::Ods => read_ranges(
            Ods::new(Cursor::new(bytes))
                .map_err(|error| unopened(matches!(error, OdsError::Password)))?,
        ),
    }))
    .unwrap_or(Err(Unopened::Damaged))
}

fn unopened(protected: bool) -> Unopened {
    if protected {
        Unopened::Protected
    } else {
        Unopened::Damaged
    }
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Unopened> {
    let mut book = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| unopened(matches!(error, XlsxError::Password)))?;
    let mut outlines = outline::read_outlines(bytes);
    let mut sheets = Vec::new();
    let mut kept = 0;
    for (name, is_hidden) in shown_and_hidden(&book) {
        let outline = outlines.remove(&name).unwrap_or_default();
        // A chart has a name among the sheets, and no cells.
        let rows = match book.worksheet_cells_reader(&name) {
            Ok(mut reader) => keep_cells(
                || reader.next_cell().map_err(|_| Unopened::Damaged),
                &mut kept,
            )?,
            Err(_) => HashMap::new(),
        };
        sheets.push(Sheet {
            is_hidden,
            ..sheet(name, rows, outline)
        });
    }
    Ok(sheets)
}

fn read_xlsb(bytes: &[u8]) -> Result<Vec<Sheet>, Unopened> {
    let mut book = Xlsb::new(Cursor::new(bytes))
        .map_err(|error| unopened(matches!(error, XlsbError::Password)))?;
    let mut sheets = Vec::new();
    let mut kept = 0;
    for (name, is_hidden) in shown_and_hidden(&book) {
        let mut reader = book
            .worksheet_cells_reader(&name)
            .map_err(|_| Unopened::Damaged)?;
        let next = || reader.next_cell().map_err(|_| Unopened::Damaged);
        let rows = keep_cells(next, &mut kept)?;
        sheets.push(Sheet {
            is_hidden,
            ..sheet(name, rows, Outline::default())
        });
    }
    Ok(sheets)
}

/// Keeps cell by cell, so that one cell in the last corner of a sheet does not cost a gigabyte. `kept`: how many are kept of
/// the workbook.
fn keep_cells<'c>(
    mut next: impl FnMut() -> Result<Option<calamine::Cell<DataRef<'c>>>, Unopened>,
    kept: &mut usize,
) -> Result<HashMap<u32, Vec<Cell>>, Unopened> {
    let mut rows: HashMap<u32, Vec<Cell>> = HashMap::new();
    while let Some(cell) = next()? {
        let (row, column) = cell.get_position();
        *kept += put(
            rows.entry(row).or_default(),
            column as usize,
            cell_from_ref(cell.get_value()),
        );
        if *kept > MOST_CELLS {
            return Err(Unopened::TooLarge);
        }
    }
    Ok(rows)
}

fn read_ranges<'a, R: Reader<Cursor<&'a [u8]>>>(mut book: R) -> Result<Vec<Sheet>, Unopened> {
    let mut sheets = Vec::new();
    for (name, is_hidden) in shown_and_hidden(&book) {
        let Ok(range) = book.worksheet_range(&name) else {
            return Err(Unopened::Damaged);
        };
        let (top, left) = range.start().unwrap_or_default();
        let mut rows: HashMap<u32, Vec<Cell>> = HashMap::new();
        for (row, column, value) in range.used_cells() {
            let row = top.saturating_add(row as u32);
            put(
                rows.entry(row).or_default(),
                left as usize + column,
                cell_from(value),
            );
        }
        sheets.push(Sheet {
            is_hidden,
            ..sheet(name, rows, Outline::default())
        });
    }
    Ok(sheets)
}

/// The names of the sheets, and whether each is hidden.
fn shown_and_hidden<'a, R: Reader<Cursor<&'a [u8]>>>(book: &R) -> Vec<(String, bool)> {
    book.sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

/// Keeps a cell; how many cells the row grew by.
fn put(cells: &mut Vec<Cell>, column: usize, cell: Cell) -> usize {
    let before = cells.len();
    if cell.is_empty() || column >= WIDEST {
        return 0;
    }
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    if let Some(place) = cells.get_mut(column) {
        *place = cell;
    }
    cells.len() - before
}

fn sheet(name: String, rows: HashMap<u32, Vec<Cell>>, outline: Outline) -> Sheet {
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|(row, cells)| Row {
            number: u64::from(row) + 1,
            level: outline.level(u64::from(row) + 1),
            cells,
        })
        .filter(|row| !row.is_blank())
        .collect();
    rows.sort_unstable_by_key(|row| row.number);
    Sheet {
        part: Arc::from(name),
        rows,
        outline,
        is_hidden: false,
    }
}

fn cell_from(value: &Data) -> Cell {
    match value {
        Data::Int(number) => Cell::Number(Decimal::from(*number)),
        Data::Float(number) => cell_from_float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Cell::of_text(text)
        }
        Data::Bool(yes) => Cell::of_text(if *yes { "1" } else { "0" }),
        Data::DateTime(moment) => Cell::Text(written(moment)),
        Data::Error(_) | Data::Empty => Cell::Empty,
    }
}

fn cell_from_ref(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Float(number) => cell_from_float(*number),
        DataRef::SharedString(text) => Cell::of_text(text),
        other => cell_from(&Data::from(other.clone())),
    }
}

/// A day as other lists write it; a time of the day alone, and a length of time, stay the numbers that they are.
fn written(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if !moment.is_datetime() || moment.as_f64() < 1.0 {
        moment.to_string()
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

fn cell_from_float(number: f64) -> Cell {
    from_float(number).map_or_else(|| Cell::Text(number.to_string()), Cell::Number)
}
