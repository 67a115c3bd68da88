//! What can go wrong with a warehouse's backups.

use std::path::PathBuf;

/// A refusal or a failure.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server, its tools, the folder or the disk.
    #[error(transparent)]
    Server(#[from] ombor_postgres::Error),
    /// The warehouse itself.
    #[error(transparent)]
    Warehouse(#[from] ombor_core::Error),
    /// The backup is another warehouse's, and this one is not empty.
    #[error("The backup {name} is of another warehouse; only an empty warehouse takes it.")]
    OtherWarehouse {
        /// The backup.
        name: String,
    },
    /// There is no backup of that name, or it is none of ours to read.
    #[error("There is no backup named {name}.")]
    BackupGone {
        /// What was asked for.
        name: String,
    },
    /// The second folder is the first one.
    #[error("The second copy would lie in the same folder: {}.", path.display())]
    SameFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No journal is kept, or not of this database.
    #[error("No journal is kept from which a moment could be brought back.")]
    NoJournal,
    /// Only the bundled server keeps a journal; another one has means of its own.
    #[error(
        "Only Ombor's own database server keeps a journal; another server has means of its own."
    )]
    JournalElsewhere,
    /// The server hands its log out, and it cannot be kept.
    #[error("The journal cannot be kept in {}.", path.display())]
    JournalStopped {
        /// The folder.
        path: PathBuf,
    },
    /// A number is out of its range.
    #[error("So many backups cannot be kept: at least one of a day, at most 1000 of a kind.")]
    InvalidKeep,
}

impl Error {
    /// A short, stable name, for the texts of the window and the exit codes of a program.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Server(error) => error.code(),
            Self::Warehouse(ombor_core::Error::DatabaseNewer { .. }) => "databaseNewer",
            Self::Warehouse(ombor_core::Error::DiskFull(_)) => "diskFull",
            Self::Warehouse(_) => "databaseUnavailable",
            Self::OtherWarehouse { .. } => "backupOfOther",
            Self::BackupGone { .. } => "backupGone",
            Self::SameFolder { .. } => "backupSameFolder",
            Self::NoJournal => "noJournal",
            Self::JournalElsewhere => "journalElsewhere",
            Self::JournalStopped { .. } => "journalStopped",
            Self::InvalidKeep => "invalidSetting",
        }
    }

    /// Whether the work ended because somebody asked for it.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Server(ombor_postgres::Error::Cancelled))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error.into())
    }
}
