//! Why nothing was written.

use std::path::PathBuf;

/// The outcome of an export.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The path's ending names no format.
    #[error("{} names no format: end it in .xlsx or .csv, or name a folder for CommerceML", .0.display())]
    UnknownFormat(PathBuf),
    /// The system did not take the file.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The workbook cannot hold this: too many rows, or a text that is too long.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl Error {
    /// The word for it in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFormat(_) => "unknown_format",
            Self::Unwritable { .. } => "unwritable",
            Self::Workbook(_) => "workbook",
        }
    }
}
