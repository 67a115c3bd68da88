//! The parts of an error's sentence that depend on its figures.

use std::path::Path;

use chrono::{DateTime, Utc};

/// The figures of a full disk.
pub(super) fn room(free: u64, needed: u64) -> String {
    const MEGABYTE: u64 = 1_000_000;
    match needed {
        0 => format!("{} MB are free", free / MEGABYTE),
        needed => format!(
            "{} MB are free, {} MB are needed",
            free / MEGABYTE,
            needed / MEGABYTE
        ),
    }
}

/// Between which moments one can be brought back.
pub(super) fn span(since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> String {
    const SECOND: &str = "%Y-%m-%d %H:%M:%S UTC";
    match (since, until) {
        (_, Some(until)) => format!("the journal reaches until {}", until.format(SECOND)),
        (Some(since), None) => format!("the journal begins at {}", since.format(SECOND)),
        (None, None) => "there is no copy of the cluster in the journal".to_owned(),
    }
}

/// What to do with data of another major version: older data are brought over, newer ones need a newer program.
pub(super) fn way_on(found: u32, bundled: u32) -> String {
    if found < bundled {
        format!(
            "Bring the data over with: omborctl upgrade --programs FOLDER, which holds the programs of PostgreSQL {found}; or go on with the Ombor that was used before."
        )
    } else {
        "Install the newest version of Ombor.".to_owned()
    }
}

/// Where programs were looked for.
pub(super) fn place(named: Option<&Path>) -> String {
    named.map_or_else(
        || "on this computer".to_owned(),
        |folder| format!("in {}", folder.display()),
    )
}

#[cfg(test)]
mod tests {
    use crate::Error;

    #[test]
    fn a_full_disk_is_told_in_megabytes() {
        let full = Error::DiskFull {
            free: 12_300_000,
            needed: 134_000_000,
        };
        let words =
            "The disk is full: 12 MB are free, 134 MB are needed. Free some space and start again.";
        assert_eq!(full.to_string(), words);
        let broken_off = Error::DiskFull { free: 0, needed: 0 };
        assert_eq!(
            broken_off.to_string(),
            "The disk is full: 0 MB are free. Free some space and start again."
        );
    }

    #[test]
    fn older_data_are_told_the_way_over_and_newer_data_the_newer_program() {
        let told = |found| Error::OtherMajor { found, bundled: 18 }.to_string();
        assert!(told(16).contains("omborctl upgrade"), "{}", told(16));
        assert!(!told(19).contains("omborctl upgrade"), "{}", told(19));
    }
}
