//! Out of the warehouse, in the formats that come in again: a workbook, a CSV, a folder of CommerceML.
//!
//! [`stock_list`] makes the one table of products; [`workbook`] and [`separated`] write any [`table::Table`], so that each
//! list of the window can take the same way; [`commerceml`] writes `import.xml` and `offers.xml`. A file appears whole
//! or not at all. What a spreadsheet would take for a formula stays text.

pub mod commerceml;
mod error;
pub mod separated;
pub mod stock_list;
pub mod table;
pub mod workbook;
mod written;

use std::path::Path;

use ombor_core::report::stock_list::StockListRow;

pub use error::{Error, Result};

/// A format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An Excel workbook, `.xlsx`.
    Workbook,
    /// Text with semicolons, `.csv`.
    Separated,
    /// A folder with `import.xml` and `offers.xml`.
    CommerceMl,
}

impl Format {
    /// The format that a path asks for by its ending; without one it is a folder.
    ///
    /// # Errors
    /// [`Error::UnknownFormat`]
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("xlsx") => Ok(Self::Workbook),
            Some("csv") => Ok(Self::Separated),
            None => Ok(Self::CommerceMl),
            Some(_) if path.is_dir() => Ok(Self::CommerceMl),
            Some(_) => Err(Error::UnknownFormat(path.to_owned())),
        }
    }

    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Separated => "csv",
            Self::CommerceMl => "commerceml",
        }
    }
}

/// Writes products in the format that the path asks for.
///
/// # Errors
/// [`Error::UnknownFormat`], [`Error::Unwritable`], [`Error::Workbook`]
pub fn write_stock_list(path: &Path, rows: &[StockListRow]) -> Result<Format> {
    let format = Format::of(path)?;
    match format {
        Format::Workbook => workbook::write(path, &stock_list::table(rows))?,
        Format::Separated => separated::write(path, &stock_list::table(rows))?,
        Format::CommerceMl => commerceml::write(path, rows)?,
    }
    Ok(format)
}
