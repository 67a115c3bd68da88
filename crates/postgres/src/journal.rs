//! The journal: every change that the server makes, kept elsewhere beside whole copies of the cluster, so that the
//! warehouse can be brought back as it was at any moment between.
//!
//! It is off unless [`Setting`] lies in the data directory. A server that is started with it hands each segment of its
//! log to [`keep`], at least once a minute in which something changed; [`take_base`] copies the whole cluster now and then;
//! [`recover`] makes a cluster of its own from a copy and the segments after it, up to a moment. The live cluster is never
//! touched by that.

mod cluster_copy;
mod files;
mod keeping;
mod moment;
mod segment;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::layout::Layout;
use crate::program::Programs;
use crate::{Error, Options, platform, storage};

pub use cluster_copy::{CopyOrder, REPLICATION_LOGIN, take_base};
pub use files::{Base, Reach, bases, reach, reach_of};
pub use keeping::{Handed, bring, keep};
pub use moment::{Recovered, Wanted, recover};

/// Where the setting lies in the data directory.
const FILE: &str = "journal.json";
/// How the journal's folder begins; the cluster's identity follows.
const FOLDER: &str = "ombor-journal-";
/// A segment is handed out when it is this old, full or not.
const HANDED_OUT_AFTER: &str = "60s";

/// Where a cluster's journal goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The folder, below the one that was chosen: see [`Setting::below`].
    pub folder: PathBuf,
}

impl Setting {
    /// The journal of the cluster with this identity below a folder that may hold others' too.
    pub fn below(folder: &Path, system_identifier: &str) -> Self {
        Self {
            folder: folder.join(format!("{FOLDER}{system_identifier}")),
        }
    }

    /// The file of the setting in a data directory.
    pub fn file(data_dir: &Path) -> PathBuf {
        data_dir.join(FILE)
    }

    /// What is set in a data directory; `None` while the journal is off.
    pub fn read(data_dir: &Path) -> Option<Self> {
        storage::read_json(&Self::file(data_dir))
    }

    /// Switches the journal on for the next start of the server. The folder is made.
    ///
    /// # Errors
    /// [`Error::BackupFolder`] when the folder cannot be made, [`Error::Io`] when the setting cannot be written.
    pub fn write(&self, data_dir: &Path) -> Result<(), Error> {
        platform::create_private_dir(&self.folder).map_err(|error| Error::BackupFolder {
            path: self.folder.clone(),
            message: error.to_string(),
        })?;
        storage::write_json(&Self::file(data_dir), self)
    }

    /// Switches the journal off; the server that runs keeps nothing from now on.
    ///
    /// # Errors
    /// [`Error::Io`]
    pub fn remove(data_dir: &Path) -> Result<(), Error> {
        let path = Self::file(data_dir);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io(&path)(error))
            }
            _ => storage::sync_parent(&path),
        }
    }

    /// The identity of the cluster whose journal this is.
    pub fn system_identifier(&self) -> Option<&str> {
        self.folder.file_name()?.to_str()?.strip_prefix(FOLDER)
    }
}

/// Whether a journal's folder holds a piece of the log.
pub fn holds(folder: &Path, segment: &str) -> bool {
    keeping::packed(folder, segment).is_file()
}

/// The journals below a folder, whosever they are.
pub fn journals_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(FOLDER) && path.is_dir()
    };
    entries.map(|entry| entry.path()).filter(named).collect()
}

/// What the server is started with where the journal is on: `archive_mode` needs a start, the command does not change.
pub(crate) fn settings_for_start(
    layout: &Layout,
    programs: &Programs,
    options: &Options,
) -> Vec<(&'static str, OsString)> {
    let file = Setting::file(&layout.data_dir);
    // The command runs as the server does, and must be able to read the setting.
    if !file.is_file() || !programs.account().is_at_home() {
        return Vec::new();
    }
    let command = platform::shell_command(
        &[
            options.supervisor.as_os_str(),
            "keep".as_ref(),
            file.as_os_str(),
        ],
        &["%p", "%f"],
    );
    vec![
        ("archive_mode", "on".into()),
        ("archive_timeout", HANDED_OUT_AFTER.into()),
        ("archive_command", command),
    ]
}

/// Lets the login that copies the cluster in, where the journal is on.
pub(crate) fn open_door(layout: &Layout, cluster: &Path) -> Result<(), Error> {
    if !Setting::file(&layout.data_dir).is_file() {
        return Ok(());
    }
    let path = cluster.join("pg_hba.conf");
    let rules = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
    let door = platform::replication_rule(REPLICATION_LOGIN);
    if rules.contains(&door) {
        return Ok(());
    }
    // The first rule that fits is the one that counts.
    let partial = storage::suffixed(&path, ".partial");
    let written = platform::create_private_file(&partial).and_then(|mut file| {
        use std::io::Write;
        file.write_all(format!("{door}\n{rules}").as_bytes())?;
        file.sync_all()
    });
    written
        .and_then(|()| platform::replace(&partial, &path))
        .map_err(Error::io(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_names_its_cluster_by_its_folder_and_survives() {
        let room = tempfile::tempdir().unwrap();
        assert_eq!(Setting::read(room.path()), None);
        let setting = Setting::below(&room.path().join("disk"), "7612345678901234567");
        setting.write(room.path()).unwrap();
        assert!(setting.folder.is_dir());
        assert_eq!(setting.system_identifier(), Some("7612345678901234567"));
        assert_eq!(Setting::read(room.path()), Some(setting));
        Setting::remove(room.path()).unwrap();
        Setting::remove(room.path()).expect("nothing is left to remove");
        assert_eq!(Setting::read(room.path()), None);
        let foreign = Setting {
            folder: room.path().join("disk"),
        };
        assert_eq!(foreign.system_identifier(), None);
    }

    #[test]
    fn journals_below_a_folder_are_told_from_all_else_in_it() {
        let disk = tempfile::tempdir().unwrap();
        for name in ["ombor-journal-7", "ombor-journal-8", "photos"] {
            std::fs::create_dir(disk.path().join(name)).unwrap();
        }
        std::fs::write(disk.path().join("ombor-journal-9"), "no folder").unwrap();
        let mut found = journals_below(disk.path());
        found.sort();
        let named = |name: &str| disk.path().join(name);
        assert_eq!(found, [named("ombor-journal-7"), named("ombor-journal-8")]);
        assert!(journals_below(&disk.path().join("away")).is_empty());
    }
}
