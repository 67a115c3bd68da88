//! What a journal's folder holds: copies of the cluster, pieces of the log, and how far they reach.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::keeping::{changed_at, packed};
use super::segment;
use crate::{Error, storage};

/// How the name of a copy begins.
pub(super) const BASE: &str = "base-";

/// A whole copy of the cluster, checked after it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The folder of the copy's files; set when it is found.
    #[serde(skip)]
    pub folder: PathBuf,
    /// From here on moments can be brought back, by the server's clock.
    pub done_at: DateTime<Utc>,
    /// The first piece of the log that a recovery from this copy reads.
    pub first_segment: String,
    /// Bytes of all files.
    pub size_bytes: u64,
}

/// Between which moments the warehouse can be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The first one.
    pub since: DateTime<Utc>,
    /// The last one that is safe on the journal's disk.
    pub until: DateTime<Utc>,
    /// A piece after that is missing though later ones are there: only another copy mends that.
    pub has_gap: bool,
}

/// The copies in a journal's folder, the last one first.
pub fn bases(folder: &Path) -> Vec<Base> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Base> = entries
        .filter_map(|entry| {
            let paper = entry.path();
            let name = paper.file_stem()?.to_str()?;
            let is_paper = name.starts_with(BASE) && paper.extension()? == "json";
            let base: Base = is_paper.then(|| storage::read_json(&paper))??;
            let folder = paper.with_extension("");
            folder.is_dir().then_some(Base { folder, ..base })
        })
        .collect();
    // Pieces are counted on, whatever the clock does.
    found.sort_by(|one, other| other.first_segment.cmp(&one.first_segment));
    found
}

impl Base {
    /// The file beside the copy that says that it is whole.
    pub(super) fn paper(&self) -> PathBuf {
        storage::suffixed(&self.folder, ".json")
    }

    /// The moment until which this copy and the pieces after it reach, and whether pieces lie behind a gap.
    pub(super) fn reaches(&self, folder: &Path) -> (DateTime<Utc>, bool) {
        let there = segments(folder);
        let mut last = None;
        let mut wanted = Some(self.first_segment.clone());
        while let Some(name) = wanted.take_if(|name| there.contains(name.as_str())) {
            wanted = segment::next(&name);
            last = Some(name);
        }
        let until = last
            .as_ref()
            .and_then(|name| changed_at(&packed(folder, name)))
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let until = until.map_or(self.done_at, |until| until.max(self.done_at));
        let newest = there.last();
        let has_gap = newest
            .is_some_and(|newest| *newest > self.first_segment && last.as_ref() != Some(newest));
        (until, has_gap)
    }
}

/// The pieces in a journal's folder, in their order.
pub(super) fn segments(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let name = name.to_str()?.strip_suffix(".gz")?;
            segment::is_segment(name).then(|| name.to_owned())
        })
        .collect()
}

/// How far a journal reaches; `None` without a copy of the cluster.
pub fn reach(folder: &Path) -> Option<Reach> {
    reach_from(folder, |_| true)
}

/// How far the copy reaches from which a moment would be brought back; `None` when the moment lies before every copy.
pub fn reach_of(folder: &Path, at: DateTime<Utc>) -> Option<Reach> {
    reach_from(folder, |base| base.done_at <= at)
}

fn reach_from(folder: &Path, is_meant: impl Fn(&Base) -> bool) -> Option<Reach> {
    let bases = bases(folder);
    let since = bases.last()?.done_at;
    let (until, has_gap) = bases.iter().find(|base| is_meant(base))?.reaches(folder);
    Some(Reach {
        since,
        until,
        has_gap,
    })
}

/// Holds a lock as long as the file lives.
///
/// # Errors
/// [`Error::BackupBusy`] with `place` while another program holds it, [`Error::Io`].
pub(super) fn hold(lock: &Path, place: &Path) -> Result<File, Error> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock)
        .map_err(Error::io(lock))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::BackupBusy {
            path: place.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(Error::io(lock)(error)),
    }
}

/// Keeps the last `keep` copies, at least one, and the pieces that they need. Called after a copy was made, never else.
pub(super) fn tidy(folder: &Path, keep: usize) {
    let bases = bases(folder);
    let Some(oldest) = bases.iter().take(keep.max(1)).next_back() else {
        return;
    };
    for base in bases.iter().skip(keep.max(1)) {
        // The paper first: what is left if this is broken off is no copy.
        remove(&base.paper());
        remove(&base.folder);
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_unfinished = name.starts_with(BASE) && name.ends_with(".partial");
        let is_older = name.get(..24).is_some_and(|first| {
            segment::is_segment(first) && first < oldest.first_segment.as_str()
        });
        if is_unfinished || is_older {
            remove(&entry.path());
        }
    }
}

fn remove(path: &Path) {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    if let Err(error) = removed {
        tracing::warn!(%error, path = %path.display(), "a part of the journal stays");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Setting, keep};

    /// A journal of the cluster 77 with a copy at each of `bases` and the pieces of these numbers.
    fn journal(bases: &[u8], pieces: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let room = tempfile::tempdir().unwrap();
        let setting = Setting::below(&room.path().join("disk"), "77");
        setting.write(room.path()).unwrap();
        for number in bases {
            let base = Base {
                folder: setting.folder.join(format!("{BASE}{number}")),
                done_at: DateTime::from_timestamp(i64::from(*number), 0).unwrap(),
                first_segment: format!("0000000100000000000000{number:02X}"),
                size_bytes: 0,
            };
            std::fs::create_dir(&base.folder).unwrap();
            storage::write_json(&base.paper(), &base).unwrap();
        }
        let mut content = vec![0; 8192];
        content[24..32].copy_from_slice(&77_u64.to_le_bytes());
        let source = room.path().join("piece");
        std::fs::write(&source, content).unwrap();
        for number in pieces {
            let name = format!("0000000100000000000000{number:02X}");
            keep(&Setting::file(room.path()), &source, &name).unwrap();
        }
        (room, setting.folder)
    }

    #[test]
    fn without_a_copy_of_the_cluster_no_moment_can_be_brought_back() {
        let (_room, folder) = journal(&[], &[1, 2]);
        assert_eq!(reach(&folder), None);
    }

    #[test]
    fn a_journal_reaches_from_its_oldest_copy_to_its_last_piece() {
        let (_room, folder) = journal(&[1, 3], &[1, 2, 3, 4]);
        let found = reach(&folder).unwrap();
        assert_eq!((found.since.timestamp(), found.has_gap), (1, false));
        assert!(
            found.until.timestamp() > 1_000_000_000,
            "the last piece was written just now"
        );
    }

    #[test]
    fn a_missing_piece_ends_the_reach_and_a_newer_copy_mends_it() {
        let (_room, folder) = journal(&[1], &[3, 4]);
        let found = reach(&folder).unwrap();
        assert_eq!((found.until.timestamp(), found.has_gap), (1, true));
        let (_room, folder) = journal(&[1, 3], &[1, 3, 4]);
        assert!(!reach(&folder).unwrap().has_gap);
    }

    #[test]
    fn pieces_and_copies_go_that_the_kept_copies_do_not_need() {
        let (_room, folder) = journal(&[1, 3, 5], &[1, 2, 3, 4, 5, 6]);
        tidy(&folder, 2);
        assert_eq!(bases(&folder).len(), 2);
        let left: Vec<String> = segments(&folder).into_iter().collect();
        assert_eq!(
            (left.len(), left[0].as_str()),
            (4, "000000010000000000000003")
        );
        tidy(&folder, 0);
        assert_eq!((bases(&folder).len(), segments(&folder).len()), (1, 2));
    }

    #[test]
    fn of_two_copies_the_last_one_before_a_moment_says_how_far_it_reaches() {
        let (_room, folder) = journal(&[1, 5], &[1, 2, 5, 6]);
        let at = |second| reach_of(&folder, DateTime::from_timestamp(second, 0).unwrap());
        assert_eq!(at(0), None, "before every copy");
        let between = at(4).unwrap();
        assert!(between.has_gap, "pieces 3 and 4 are missing");
        assert_eq!(between.since.timestamp(), 1);
        let after = at(5).unwrap();
        assert_eq!((after.since.timestamp(), after.has_gap), (1, false));
    }

    #[test]
    fn a_copy_that_lost_its_paper_or_its_files_is_none() {
        let (_room, folder) = journal(&[1, 3], &[1, 2, 3]);
        std::fs::remove_file(folder.join("base-3.json")).unwrap();
        assert_eq!(bases(&folder).len(), 1);
        std::fs::remove_dir(folder.join("base-1")).unwrap();
        assert_eq!((bases(&folder).len(), reach(&folder)), (0, None));
        std::fs::create_dir(folder.join("base-1")).unwrap();
        std::fs::write(folder.join("base-1.json"), "{").unwrap();
        assert_eq!(bases(&folder), []);
    }

    #[test]
    fn copies_are_told_older_from_newer_by_their_pieces_whatever_the_clock_said() {
        let (_room, folder) = journal(&[3], &[3, 4]);
        let ahead = Base {
            folder: folder.join("base-ahead"),
            done_at: DateTime::from_timestamp(4_000_000_000, 0).unwrap(),
            first_segment: "000000010000000000000001".to_owned(),
            size_bytes: 0,
        };
        std::fs::create_dir(&ahead.folder).unwrap();
        storage::write_json(&ahead.paper(), &ahead).unwrap();
        tidy(&folder, 1);
        let left = bases(&folder);
        assert_eq!((left.len(), left[0].done_at.timestamp()), (1, 3));
    }

    #[test]
    fn what_a_killed_copy_left_goes_and_what_is_none_of_ours_stays() {
        let (_room, folder) = journal(&[3], &[1, 3]);
        std::fs::create_dir_all(folder.join("base-77.partial").join("global")).unwrap();
        let older = "000000010000000000000002.00000028.backup.gz";
        let kept = ["00000002.history.gz", "notes.txt", "copy.lock"];
        for name in kept.iter().chain([&older]) {
            std::fs::write(folder.join(name), "").unwrap();
        }
        tidy(&folder, 3);
        assert!(!folder.join("base-77.partial").exists() && !folder.join(older).exists());
        assert!(kept.iter().all(|name| folder.join(name).exists()));
        assert_eq!(segments(&folder).len(), 1);
    }

    #[test]
    fn a_lock_is_held_once_and_ends_with_whoever_holds_it() {
        let room = tempfile::tempdir().unwrap();
        let lock = room.path().join("lock");
        let held = hold(&lock, room.path()).unwrap();
        let refusal = hold(&lock, room.path()).unwrap_err();
        assert!(matches!(refusal, Error::BackupBusy { .. }), "{refusal}");
        drop(held);
        assert!(hold(&lock, room.path()).is_ok());
    }
}
