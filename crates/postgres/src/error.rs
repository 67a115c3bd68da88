//! What can go wrong with the server, a variant for each thing that a person can act on.

mod words;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A refusal or a failure. The helper process sends it to its clients, so causes are kept as text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Error {
    /// A program of PostgreSQL, or the helper itself, is not where it should be.
    #[error("The program {} is missing. Install Ombor again.", path.display())]
    BinaryMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The data was made by another major version of PostgreSQL.
    #[error(
        "The data was made by PostgreSQL {found}, but this version of Ombor carries PostgreSQL {bundled}. {}",
        words::way_on(*found, *bundled)
    )]
    OtherMajor {
        /// Major version of the data directory.
        found: u32,
        /// Major version of the programs.
        bundled: u32,
    },
    /// The programs that were chosen instead of the bundled ones are too old.
    #[error("The chosen programs are PostgreSQL {found}; at least PostgreSQL {needed} is needed.")]
    ProgramsTooOld {
        /// Major version of the programs.
        found: u32,
        /// The oldest that serves.
        needed: u32,
    },
    /// The dump tool's major version is not the server's.
    #[error(
        "The backup tool is of PostgreSQL {tool}, but the server is PostgreSQL {server}; its dump could not be restored."
    )]
    ToolMajor {
        /// Major version of `pg_dump`.
        tool: u32,
        /// Major version of the server.
        server: u32,
    },
    /// The data would lie on a file system or in a folder that cannot keep a database safe.
    #[error("A database cannot be kept safely on {kind} ({}). Choose a folder on this computer's own disk.", path.display())]
    UnsuitableFileSystem {
        /// The file system's type or the name of the synchronising program.
        kind: String,
        /// The folder that was refused.
        path: PathBuf,
    },
    /// The folder's owner or mode is wrong and could not be put right.
    #[error("The folder {} cannot be made private to its owner: {reason}", path.display())]
    Modes {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// There is not enough room on the disk.
    #[error("The disk is full: {}. Free some space and start again.", words::room(*free, *needed))]
    DiskFull {
        /// Free bytes.
        free: u64,
        /// Needed bytes; 0 when the need is unknown because a write failed.
        needed: u64,
    },
    /// The server runs with a setting under which an acknowledged movement could be lost.
    #[error("The server is not safe against power cuts: {setting} is {value}.")]
    NotDurable {
        /// Name of the setting.
        setting: String,
        /// Its value.
        value: String,
    },
    /// Another program holds the data directory and cannot be reached.
    #[error("The data folder {} is already used by another program.", path.display())]
    AlreadyOwned {
        /// The data directory.
        path: PathBuf,
    },
    /// The server ended by itself.
    #[error("The database server stopped unexpectedly. Its last words: {log_tail}")]
    ServerDied {
        /// The last lines of the server's log.
        log_tail: String,
    },
    /// The server neither became ready nor made progress.
    #[error("The database server made no progress for {seconds} seconds while starting.")]
    StartStalled {
        /// Seconds without progress.
        seconds: u64,
    },
    /// A new cluster could not be made; what was made lies in quarantine.
    #[error("The database could not be created: {message}")]
    NotCreated {
        /// What the program said.
        message: String,
    },
    /// The running server is not the one that this data directory's ready mark names.
    #[error(
        "The running server has the identity {found}, but the data folder belongs to {expected}."
    )]
    OtherIdentity {
        /// The ready mark's system identifier.
        expected: String,
        /// The server's system identifier.
        found: String,
    },
    /// The file with the server's passwords or the ready mark is missing or unreadable.
    #[error("The file {} is missing or damaged, so nobody can log in to the database.", path.display())]
    LoginsUnreadable {
        /// The file.
        path: PathBuf,
    },
    /// A login was asked for that was not among [`crate::Options::logins`], or its name is not a plain identifier.
    #[error("There is no database login named {login:?}.")]
    UnknownLogin {
        /// The login's name.
        login: String,
    },
    /// The server may not run as root and no ordinary account could be used instead.
    #[error(
        "The database server cannot run as the system administrator, and no ordinary account can be used: {reason}"
    )]
    NoAccount {
        /// Why not.
        reason: String,
    },
    /// The helper process could not be started or broke off.
    #[error("The helper that runs the database server failed: {message}")]
    Supervisor {
        /// What happened.
        message: String,
    },
    /// The server refused a connection or a statement.
    #[error("The database server refused: {message}")]
    Refused {
        /// What the server said.
        message: String,
    },
    /// What should name computers of a local network does not.
    #[error(
        "{text:?} names no computers. Write an address such as 192.168.1.20 or a network such as 192.168.1.0/24."
    )]
    NoNetwork {
        /// What was written.
        text: String,
    },
    /// The server would have been opened to computers of others.
    #[error(
        "{network} reaches beyond the local network. Only addresses of the warehouse's own network are let in, such as 192.168.1.0/24."
    )]
    NotLocal {
        /// The network that was refused.
        network: String,
    },
    /// This computer is not in the network that it should be opened to.
    #[error(
        "This computer does not reach {network}. Connect it to that network first, or name another."
    )]
    NoWayToNetwork {
        /// The network.
        network: String,
    },
    /// The server cannot listen where it should.
    #[error(
        "The server cannot listen on {address}: {reason}. Name an address of this computer and a port that no other program has."
    )]
    AddressTaken {
        /// Address and port.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// A file with a password in it can be read by others.
    #[error("The file {} holds a password and can be read by others. Type: chmod 600 '{}'", path.display(), path.display())]
    AddressNotPrivate {
        /// The file.
        path: PathBuf,
    },
    /// The dump tool failed or its output is not whole; no file was left under the dump's name.
    #[error("The backup was not made: {message}")]
    DumpFailed {
        /// What the tool said.
        message: String,
    },
    /// No backup tool of the server's major version is on this computer.
    #[error(
        "The server is PostgreSQL {server}, and no backup tool of that version is on this computer. Install the client programs of PostgreSQL {server} or name their folder in OMBOR_PG_BIN."
    )]
    ToolMissing {
        /// Major version of the server.
        server: u32,
    },
    /// Another backup is being written into the same folder.
    #[error("Another backup is being made in {}.", path.display())]
    BackupBusy {
        /// The folder.
        path: PathBuf,
    },
    /// Another program made the backup that is due.
    #[error("The backup that is due is there already: {name}.")]
    BackupThere {
        /// Its name.
        name: String,
    },
    /// The folder of the backups is not there or refuses: a disk that was taken away, a folder without rights.
    #[error("Backups cannot be kept in {}: {message}", path.display())]
    BackupFolder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        message: String,
    },
    /// What came back from a backup is not what went in; the backup was not made or is not used.
    #[error("The backup does not give back what was saved: {difference}")]
    BackupDiffers {
        /// The first difference.
        difference: String,
    },
    /// A backup's file is missing, damaged or not what its manifest says.
    #[error("The backup {} is damaged: {reason}", path.display())]
    BackupDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The journal holds another content under a name than the server hands out; nothing was overwritten.
    #[error("{} holds another content than the server hands out.", path.display())]
    JournalConflict {
        /// The file.
        path: PathBuf,
    },
    /// The moment lies outside of what can be brought back.
    #[error("That moment cannot be brought back: {}.", words::span(*since, *until))]
    MomentUnreachable {
        /// The first moment that can; `None` when there is none.
        since: Option<DateTime<Utc>>,
        /// The last one; `None` when the moment lies before the first.
        until: Option<DateTime<Utc>>,
    },
    /// The data is of the bundled major version already.
    #[error("The data is of PostgreSQL {major} already: there is nothing to upgrade.")]
    NothingToUpgrade {
        /// Major version of data and programs.
        major: u32,
    },
    /// The major version that made the data is needed once more, and it is not on this computer.
    #[error(
        "The programs of PostgreSQL {needed}, which made the data, are not {}. Take them from the package of the Ombor that was used before, or install PostgreSQL {needed}.",
        words::place(named.as_deref())
    )]
    OldProgramsMissing {
        /// Major version of the data.
        needed: u32,
        /// Where they were said to be.
        named: Option<PathBuf>,
    },
    /// The upgraded database is not what the old one is; nothing was exchanged.
    #[error(
        "The upgraded database is not what the old one is, which stays as it was: {difference}"
    )]
    UpgradeDiffers {
        /// The first difference.
        difference: String,
    },
    /// An upgrade stands that was neither confirmed nor taken back.
    #[error(
        "The upgrade from PostgreSQL {from} still has its way back. Confirm it first (omborctl upgrade --confirm), or take it back (omborctl upgrade --back-out)."
    )]
    UpgradeUnsettled {
        /// Major version of the old cluster.
        from: u32,
    },
    /// No upgrade stands.
    #[error("There is no upgrade that could be confirmed or taken back.")]
    NoUpgrade,
    /// A folder that an upgrade renamed is not where it was put.
    #[error("An upgrade of the database was broken off, and {} is not there.", path.display())]
    UpgradeBroken {
        /// The folder.
        path: PathBuf,
    },
    /// The work was broken off because somebody asked for it. Nothing half-made stays.
    #[error("The work was cancelled.")]
    Cancelled,
    /// The file system refused.
    #[error("{}: {message}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        message: String,
    },
}

impl Error {
    /// A short, stable name of the variant, for logs and for the texts of the window.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BinaryMissing { .. } => "serverBinaryMissing",
            Self::OtherMajor { .. } | Self::ToolMajor { .. } | Self::ProgramsTooOld { .. } => {
                "serverVersion"
            }
            Self::NothingToUpgrade { .. } => "nothingToUpgrade",
            Self::OldProgramsMissing { .. } => "oldProgramsMissing",
            Self::UpgradeDiffers { .. } => "upgradeDiffers",
            Self::UpgradeUnsettled { .. } => "upgradeUnsettled",
            Self::NoUpgrade => "noUpgrade",
            Self::UnsuitableFileSystem { .. }
            | Self::Modes { .. }
            | Self::NoAccount { .. }
            | Self::AddressNotPrivate { .. } => "dataFolderUnsuitable",
            Self::DiskFull { .. } => "diskFull",
            Self::AlreadyOwned { .. } => "alreadyRunning",
            Self::DumpFailed { .. } => "backupFailed",
            Self::ToolMissing { .. } => "backupToolMissing",
            Self::BackupBusy { .. } | Self::BackupThere { .. } => "backupBusy",
            Self::BackupFolder { .. } => "backupFolder",
            Self::BackupDiffers { .. } => "backupDiffers",
            Self::BackupDamaged { .. } => "backupDamaged",
            Self::JournalConflict { .. } => "journalConflict",
            Self::MomentUnreachable { .. } => "momentUnreachable",
            Self::Cancelled => "cancelled",
            Self::NoNetwork { .. }
            | Self::NotLocal { .. }
            | Self::NoWayToNetwork { .. }
            | Self::AddressTaken { .. } => "lanRefused",
            Self::NotDurable { .. }
            | Self::ServerDied { .. }
            | Self::StartStalled { .. }
            | Self::NotCreated { .. }
            | Self::OtherIdentity { .. }
            | Self::LoginsUnreadable { .. }
            | Self::UnknownLogin { .. }
            | Self::Supervisor { .. }
            | Self::Refused { .. }
            | Self::UpgradeBroken { .. }
            | Self::Io { .. } => "databaseUnavailable",
        }
    }

    /// Names the file that a system call failed on; a full disk keeps its own variant.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull {
                free: crate::platform::free_space(path).unwrap_or(0),
                needed: 0,
            },
            _ => Self::Io {
                path: path.to_owned(),
                message: error.to_string(),
            },
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Refused {
            message: error.to_string(),
        }
    }
}
