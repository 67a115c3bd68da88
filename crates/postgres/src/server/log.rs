//! The server's log: what it said since a start.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::storage;

/// A log longer than this is set aside at a start; one older log is kept.
const LONGEST_LOG: u64 = 8 * 1024 * 1024;
/// How much of the end of the log is shown to a person.
const TAIL_LINES: usize = 12;

/// The log file, read from where a start began.
pub(super) struct ServerLog {
    path: PathBuf,
    from: u64,
}

impl ServerLog {
    /// Opens the log for a start; the file is given to the server.
    pub(super) fn begin(path: &Path) -> io::Result<(Self, File)> {
        if path.metadata().is_ok_and(|log| log.len() > LONGEST_LOG) {
            crate::platform::replace(path, &storage::suffixed(path, ".1"))?;
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let from = file.metadata()?.len();
        Ok((
            Self {
                path: path.to_owned(),
                from,
            },
            file,
        ))
    }

    /// The log as it stands, for a server that somebody else started.
    pub(super) fn since_now(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            from: path.metadata().map_or(0, |log| log.len()),
        }
    }

    /// How long the log is by now.
    pub(super) fn length(&self) -> u64 {
        self.path.metadata().map_or(0, |log| log.len())
    }

    /// All that was said since the start.
    pub(super) fn text(&self) -> String {
        let mut bytes = Vec::new();
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.from))?;
            file.take(LONGEST_LOG).read_to_end(&mut bytes)
        });
        if let Err(error) = read {
            return format!("the log could not be read: {error}");
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The last lines.
    pub(super) fn tail(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
    }
}

/// Whether a program of PostgreSQL complains that the disk is full.
pub(crate) fn says_disk_full(text: &str) -> bool {
    text.contains("No space left on device") || text.contains("Disk quota exceeded")
}

/// Whether the server is replaying its log.
pub(super) fn says_recovering(text: &str) -> bool {
    text.contains("automatic recovery in progress") || text.contains("redo starts at")
}

/// Whether the start failed because the processes of a killed server are still on their way out.
pub(super) fn says_still_in_use(text: &str) -> bool {
    text.contains("pre-existing shared memory block") && text.contains("still in use")
}
