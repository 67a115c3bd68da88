//! An Excel workbook with one sheet: heads that stay in sight, codes as text.

use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::{
    error::Result,
    table::{Cell, Table},
    written::write_whole,
};

/// How a number has to be written so that a spreadsheet gives it back: it calculates in binary with 15 digits.
const EXACT_DIGITS: usize = 15;

/// How a time is shown; a spreadsheet calculates with it all the same.
const MOMENT: &str = "dd.mm.yyyy hh:mm:ss";

/// Rows that a sheet has, its heads among them.
pub const MOST_ROWS: usize = 1_048_576;

/// Writes a table.
///
/// # Errors
/// [`crate::Error::Workbook`], [`crate::Error::Unwritable`]
pub fn write(path: &Path, table: &Table) -> Result<()> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let moment = Format::new().set_num_format(MOMENT);
    let sheet = workbook.add_worksheet().set_name(&table.name)?;
    for (column, head) in (0_u16..).zip(&table.heads) {
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row, column, cell, &moment)?;
        }
    }
    sheet.autofit();
    write_whole(path, &workbook.save_to_buffer()?)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    moment: &Format,
) -> Result<()> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Number(number) => {
            let text = number.normalize().to_string();
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            match text.parse::<f64>().ok().filter(|_| digits <= EXACT_DIGITS) {
                Some(number) => sheet.write_number(row, column, number)?,
                None => sheet.write_string(row, column, text)?,
            };
        }
        Cell::Moment(at) => {
            let at = ExcelDateTime::from_timestamp(at.and_utc().timestamp())?;
            sheet.write_datetime_with_format(row, column, &at, moment)?;
        }
    }
    Ok(())
}
