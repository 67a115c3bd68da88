//! Why a command could not be done.

use std::io;

use crate::outcome::{CANCELLED, FAILED, NOT_CATALOGUE, UNAVAILABLE, UNREADABLE, USAGE};

/// What keeps a command from being done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no home directory and no folder was named.
    #[error("there is no data folder: name one with --data DIR")]
    NoDataDir,
    /// The data directory is not there, and the command makes none.
    #[error("{0} holds no warehouse: start Ombor once, or name another folder with --data DIR")]
    NoWarehouse(String),
    /// The server that `DATABASE_URL` or `database.url` names is started and stopped elsewhere.
    #[error(
        "DATABASE_URL or the file database.url names another server, which is not looked after from here"
    )]
    ServerElsewhere,
    /// The bundled server.
    #[error(transparent)]
    Server(#[from] ombor_postgres::Error),
    /// The warehouse.
    #[error("{}", warehouse(.0))]
    Warehouse(#[from] ombor_core::Error),
    /// The files of an old program.
    #[error(transparent)]
    OldFiles(#[from] ombor_import::Error),
    /// The file that was to be written.
    #[error(transparent)]
    Export(#[from] ombor_export::Error),
    /// A backup or a restore.
    #[error(transparent)]
    Vault(#[from] ombor_vault::Error),
    /// The upgrade was made, and what it made does not open.
    #[error(
        "the data are upgraded, but do not open: {0}; omborctl upgrade --back-out puts the old database back"
    )]
    UpgradedShut(Box<Error>),
    /// Several warehouses keep their journals in one folder.
    #[error("{0} holds several journals: name one of them")]
    SeveralJournals(String),
    /// The system.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The password that was typed or piped in is empty.
    #[error("no password was given: type one, or send it on standard input")]
    NoPassword,
    /// No such login.
    #[error("there is no user {0:?}")]
    NoUser(String),
}

fn warehouse(error: &ombor_core::Error) -> String {
    use std::error::Error as _;
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Warehouse(error.into())
    }
}

impl Error {
    /// The word for it in JSON.
    pub fn code(&self) -> &'static str {
        use ombor_core::Error as Core;
        match self {
            Self::NoDataDir => "no_data_dir",
            Self::NoWarehouse(_) => "no_warehouse",
            Self::ServerElsewhere => "server_elsewhere",
            Self::Server(error) => error.code(),
            Self::OldFiles(error) => error.code(),
            Self::Export(error) => error.code(),
            Self::Vault(error) => error.code(),
            Self::UpgradedShut(_) => "upgraded_shut",
            Self::SeveralJournals(_) => "several_journals",
            Self::Io(_) => "io",
            Self::NoPassword => "no_password",
            Self::NoUser(_) => "no_user",
            Self::Warehouse(Core::Cancelled) => "cancelled",
            Self::Warehouse(Core::LoginTaken) => "login_taken",
            Self::Warehouse(Core::LastAdmin) => "last_admin",
            Self::Warehouse(Core::PasswordTooShort) => "password_too_short",
            Self::Warehouse(Core::DatabaseNewer { .. }) => "database_newer",
            Self::Warehouse(Core::DatabaseUnavailable(_)) => "database_unavailable",
            Self::Warehouse(Core::DiskFull(_)) => "disk_full",
            Self::Warehouse(_) => "warehouse",
        }
    }

    /// What the command ends with.
    pub fn exit_code(&self) -> u8 {
        use ombor_core::Error as Core;
        match self {
            Self::OldFiles(ombor_import::Error::Cancelled) | Self::Warehouse(Core::Cancelled) => {
                CANCELLED
            }
            Self::Vault(error) if error.is_cancelled() => CANCELLED,
            Self::OldFiles(ombor_import::Error::UnknownColumn { .. }) | Self::NoPassword => USAGE,
            Self::OldFiles(error) if error.is_not_catalogue() => NOT_CATALOGUE,
            Self::OldFiles(_) => UNREADABLE,
            Self::Server(_) | Self::Warehouse(Core::DatabaseUnavailable(_)) => UNAVAILABLE,
            _ => FAILED,
        }
    }
}
