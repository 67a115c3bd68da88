//! Backup files: what they are called and which there are.

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::api::backup::Backup;
use crate::wire::time;

const PREFIX: &str = "ombor-";
const SUFFIX: &str = ".sql";
const STAMP: &str = "%Y-%m-%d_%H-%M-%S";

/// The name of a backup that is taken at that instant.
pub fn file_name(at: DateTime<Utc>) -> String {
    format!("{PREFIX}{}{SUFFIX}", at.format(STAMP))
}

/// When a backup was taken, from its name.
pub fn taken_at(file_name: &str) -> Option<DateTime<Utc>> {
    let stamp = file_name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    NaiveDateTime::parse_from_str(stamp, STAMP)
        .ok()
        .map(|at| at.and_utc())
}

/// The backups in a folder, newest first. A folder that is not there has none.
pub fn list(folder: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let file_name = entry.file_name().into_string().ok()?;
            let at = taken_at(&file_name)?;
            let size = entry.metadata().ok()?.len();
            Some((at, describe(&entry.path(), file_name, size, at)))
        })
        .collect();
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found.into_iter().map(|(_, backup)| backup).collect()
}

/// When the newest backup in a folder was taken.
pub fn newest(folder: &Path) -> Option<DateTime<Utc>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| taken_at(entry.file_name().to_str()?))
        .max()
}

/// A backup as the window shows it.
pub fn describe(path: &Path, file_name: String, size_bytes: u64, at: DateTime<Utc>) -> Backup {
    Backup {
        path: path.to_string_lossy().into_owned(),
        file_name,
        size_bytes: size_bytes.to_string(),
        taken_at: time(at),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_backup_says_in_its_name_when_it_was_taken() {
        let at = Utc
            .with_ymd_and_hms(2026, 11, 21, 13, 0, 5)
            .single()
            .expect("an instant");
        assert_eq!(taken_at(&file_name(at)), Some(at));
        assert_eq!(taken_at("ombor-2026-11-21_13-00-05.sql.partial"), None);
        assert_eq!(taken_at("notes.sql"), None);
    }

    #[test]
    fn the_newest_backup_comes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        for day in [20, 22, 21] {
            let at = Utc
                .with_ymd_and_hms(2026, 11, day, 0, 0, 0)
                .single()
                .expect("an instant");
            fs::write(folder.path().join(file_name(at)), "--").expect("written");
        }
        let names: Vec<_> = list(folder.path())
            .into_iter()
            .map(|backup| backup.file_name)
            .collect();
        assert!(
            names[0].contains("11-22") && names[2].contains("11-20"),
            "{names:?}"
        );
    }
}
