//! Opening a database that is somebody else's: nothing beside it is made, changed or left.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

/// A database that may be read.
pub struct Opened {
    /// The way to its rows.
    pub connection: Connection,
    /// Where the copy lies that is read instead of it; it goes away with this.
    pub copy: Option<TempDir>,
}

/// Opens for reading alone. What the old program wrote last may still stand in a log beside the database: SQLite reads the
/// two together, and makes an index of the log beside them, so a copy is read where there is no index yet.
///
/// # Errors
/// What the system says of the copy; within, what SQLite says of the database.
pub fn open(path: &Path) -> std::io::Result<rusqlite::Result<Opened>> {
    let holds = |ending: &str| {
        fs::metadata(beside(path, ending)).is_ok_and(|log| log.is_file() && log.len() > 0)
    };
    let is_written_to = beside(path, "-shm").exists();
    let logs: Vec<&str> = ["-wal", "-journal"]
        .into_iter()
        .filter(|ending| holds(ending))
        .collect();
    if logs.is_empty() {
        return Ok(open_in_place(path, true));
    }
    if is_written_to {
        return Ok(open_in_place(path, false));
    }
    let folder = TempDir::new()?;
    let copy = folder.path().join("db.sqlite3");
    copy_bytes(path, &copy)?;
    for ending in logs {
        copy_bytes(&beside(path, ending), &beside(&copy, ending))?;
    }
    Ok(Connection::open(&copy).map(|connection| Opened {
        connection,
        copy: Some(folder),
    }))
}

/// The file whose name is that of another one with an ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Copies what is in a file, but not who may write it.
fn copy_bytes(from: &Path, to: &Path) -> std::io::Result<()> {
    std::io::copy(&mut File::open(from)?, &mut File::create(to)?).map(|_| ())
}

/// Where a log is written to, SQLite has to be told that the file may change, or it would not read the log.
fn open_in_place(path: &Path, is_unchanging: bool) -> rusqlite::Result<Opened> {
    let unchanging = if is_unchanging { "&immutable=1" } else { "" };
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let address = format!("file:{escaped}?mode=ro{unchanging}");
    Connection::open_with_flags(address, flags).map(|connection| Opened {
        connection,
        copy: None,
    })
}

/// Whether the file is shorter than its header says.
///
/// # Errors
/// What the system says of the file.
pub fn is_truncated(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut header = [0_u8; 100];
    if file.read_exact(&mut header).is_err() {
        return Ok(true);
    }
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // The count of pages holds only if the last writer kept it.
    let counted = number(24) == number(92);
    Ok(counted && u64::from(number(28)) * page > length)
}
