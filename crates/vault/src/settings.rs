//! Where backups are kept, and when they are made: this installation's own, in `backups.json` beside its data.

use std::path::{Path, PathBuf};

use chrono::NaiveTime;
use ombor_postgres::backup::Keep;
use ombor_postgres::storage;
use serde::{Deserialize, Serialize};

use crate::Error;

const FILE: &str = "backups.json";
const OWN_FOLDER: &str = "backups";
/// More of a kind than anybody looks through.
const KEPT_AT_MOST: usize = 1000;

/// What is set for the backups of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The folder; `None` is `backups` below the data directory.
    pub folder: Option<PathBuf>,
    /// A folder on another device.
    pub second: Option<PathBuf>,
    /// When the daily backup is due, by the warehouse's own time.
    pub daily_at: NaiveTime,
    /// Makes one each hour in which something changed, too.
    pub hourly: bool,
    /// How many are kept.
    pub keep: Keep,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            folder: None,
            second: None,
            daily_at: NaiveTime::from_hms_opt(13, 0, 0).unwrap_or_default(),
            hourly: true,
            keep: Keep::default(),
        }
    }
}

impl Settings {
    /// Reads what is set below a data directory; a missing or damaged file means the defaults.
    pub fn load(data: &Path) -> Self {
        let path = data.join(FILE);
        storage::read_json(&path).unwrap_or_else(|| {
            if path.exists() {
                tracing::warn!("the settings of the backups are damaged; the defaults hold");
            }
            Self::default()
        })
    }

    /// Keeps them, if they can be kept to.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::BackupFolder`] for a folder that is not there or cannot be written to,
    /// [`Error::SameFolder`], [`Error::InvalidKeep`].
    pub fn save(&self, data: &Path) -> Result<(), Error> {
        self.require_keep()?;
        let folder = self.folder_in(data)?;
        for folder in [Some(&folder), self.second.as_ref()].into_iter().flatten() {
            require_writable(folder)?;
        }
        if let Some(second) = &self.second
            && same(second, &folder)
        {
            return Err(Error::SameFolder {
                path: second.clone(),
            });
        }
        Ok(storage::write_json(&data.join(FILE), self)?)
    }

    /// The folder of the backups. The one below the data directory is made; another one has to be there, since a disk
    /// that was taken away must not be replaced by an empty folder.
    pub fn folder_in(&self, data: &Path) -> Result<PathBuf, Error> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let own = data.join(OWN_FOLDER);
        std::fs::create_dir_all(&own).map_err(|error| refused(&own, &error))?;
        Ok(own)
    }

    fn require_keep(&self) -> Result<(), Error> {
        let keep = self.keep;
        let all = [
            keep.newest,
            keep.hourly,
            keep.daily,
            keep.weekly,
            keep.monthly,
        ];
        if keep.daily == 0 || all.iter().any(|kept| *kept > KEPT_AT_MOST) {
            return Err(Error::InvalidKeep);
        }
        Ok(())
    }
}

/// Tries it: modes and mounts say less than a file that was written.
fn require_writable(folder: &Path) -> Result<(), Error> {
    if !folder.is_absolute() || !folder.is_dir() {
        let error = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(refused(folder, &error));
    }
    let trial = folder.join(format!("ombor-trial-{}.partial", std::process::id()));
    std::fs::write(&trial, b"ombor")
        .and_then(|()| std::fs::remove_file(&trial))
        .map_err(|error| refused(folder, &error))
}

pub(crate) fn refused(folder: &Path, error: &std::io::Error) -> Error {
    Error::Server(ombor_postgres::Error::BackupFolder {
        path: folder.to_owned(),
        message: error.to_string(),
    })
}

/// Whether two names lead to one folder.
fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_survives_and_a_damaged_file_means_the_defaults() {
        let data = tempfile::tempdir().unwrap();
        let second = tempfile::tempdir().unwrap();
        let settings = Settings {
            second: Some(second.path().to_owned()),
            daily_at: NaiveTime::from_hms_opt(21, 30, 0).unwrap(),
            hourly: false,
            ..Settings::default()
        };
        settings.save(data.path()).unwrap();
        assert_eq!(Settings::load(data.path()), settings);
        std::fs::write(data.path().join(FILE), "{").unwrap();
        assert_eq!(Settings::load(data.path()), Settings::default());
    }

    #[test]
    fn a_folder_that_is_not_there_is_refused_and_not_made() {
        let data = tempfile::tempdir().unwrap();
        let away = data.path().join("taken away");
        for settings in [
            Settings {
                folder: Some(away.clone()),
                ..Settings::default()
            },
            Settings {
                second: Some(away.clone()),
                ..Settings::default()
            },
        ] {
            let refusal = settings.save(data.path()).unwrap_err();
            assert_eq!(refusal.code(), "backupFolder");
        }
        assert!(!away.exists());
        assert_eq!(Settings::load(data.path()), Settings::default());
    }

    #[test]
    fn one_folder_is_no_second_copy_and_nothing_kept_is_no_backup() {
        let data = tempfile::tempdir().unwrap();
        let own = Settings::default().folder_in(data.path()).unwrap();
        let twice = Settings {
            second: Some(own.join("..").join(OWN_FOLDER)),
            ..Settings::default()
        };
        assert_eq!(
            twice.save(data.path()).unwrap_err().code(),
            "backupSameFolder"
        );
        let mut none = Settings::default();
        none.keep.daily = 0;
        assert_eq!(none.save(data.path()).unwrap_err().code(), "invalidSetting");
    }
}
