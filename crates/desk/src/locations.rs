//! Where everything lies: one data directory, and what is below it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::platform;

/// The folders of one installation.
#[derive(Debug, Clone)]
pub struct Locations {
    data: PathBuf,
}

impl Locations {
    /// `data` if given, else `OMBOR_DATA`, else the system's place for a person's data.
    pub fn find(data: Option<PathBuf>) -> Option<Self> {
        data.or_else(|| env::var_os("OMBOR_DATA").map(PathBuf::from))
            .or_else(platform::default_data_dir)
            .map(|data| Self { data })
    }

    /// The data directory itself; the database cluster lies in it.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Trained face models, made from the rows in the database.
    pub fn models(&self) -> PathBuf {
        self.data.join("models")
    }

    /// Where the server puts a cluster that was never finished.
    fn quarantine(&self) -> PathBuf {
        self.data.join("quarantine")
    }

    /// The names of the clusters that were set aside so far.
    pub fn set_aside(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.quarantine()).into_iter().flatten();
        entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// Backups.
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// Labels that were saved to be printed.
    pub fn labels(&self) -> PathBuf {
        self.data.join("labels")
    }

    /// What the web view keeps: the language of the page before anybody logged in, and its caches.
    pub fn web(&self) -> PathBuf {
        self.data.join("web")
    }

    /// Log files.
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }

    /// What is set for this station.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.toml")
    }

    /// Makes the data directory and what is below it.
    pub fn prepare(&self) -> io::Result<()> {
        platform::create_private_folder(&self.data)?;
        for folder in [self.models(), self.backups(), self.labels(), self.logs()] {
            fs::create_dir_all(folder)?;
        }
        Ok(())
    }
}
