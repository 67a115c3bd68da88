//! One piece of the log at a time: out of the server, packed, whole or not there; and back again.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

use super::Setting;
use crate::{Error, platform, storage};

/// A journal that cannot be kept is given up below this many free bytes on the database's disk: a full disk would stop the
/// warehouse, a gap in the journal is told.
const GIVE_UP_BELOW_BYTES: u64 = 1024 * 1024 * 1024;
/// Where a piece of the log names its cluster, in the header of its first page.
const IDENTITY: std::ops::Range<usize> = 24..32;

/// What became of a piece that the server handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// It is kept, on the disk.
    Kept,
    /// Nobody wants it: the journal is off, or another cluster's.
    Unwanted,
    /// It could not be kept, and the server may not wait for it any longer: the journal has a gap.
    GivenUp,
}

/// Keeps a piece that the server hands out: packed, synced, renamed. One that is there already must be the same.
///
/// # Errors
/// [`Error::BackupFolder`] when the folder is not there, [`Error::JournalConflict`] for another content under the same name,
/// [`Error::BackupDamaged`] for a setting that cannot be read, [`Error::Io`]. The server offers the piece again.
pub fn keep(setting_file: &Path, source: &Path, name: &str) -> Result<Handed, Error> {
    if !setting_file.exists() {
        return Ok(Handed::Unwanted);
    }
    let setting: Setting =
        storage::read_json(setting_file).ok_or_else(|| Error::BackupDamaged {
            path: setting_file.to_owned(),
            reason: "the setting of the journal cannot be read".to_owned(),
        })?;
    let content = std::fs::read(source).map_err(Error::io(source))?;
    if super::segment::is_segment(name) && !is_of(&content, setting.system_identifier()) {
        return Ok(Handed::Unwanted);
    }
    match keep_in(&setting.folder, source, &content, name) {
        Err(error) if must_give_up(source) => {
            tracing::error!(%error, name, "the journal has a gap");
            Ok(Handed::GivenUp)
        }
        kept => kept.map(|()| Handed::Kept),
    }
}

/// Whether a piece is of the cluster with this identity.
fn is_of(content: &[u8], identity: Option<&str>) -> bool {
    let found = content
        .get(IDENTITY)
        .and_then(|bytes| <[u8; 8]>::try_from(bytes).ok())
        .map(u64::from_le_bytes);
    found.is_some() && found == identity.and_then(|identity| identity.parse().ok())
}

fn must_give_up(source: &Path) -> bool {
    let folder = source.parent().unwrap_or(source);
    platform::free_space(folder).is_ok_and(|free| free < GIVE_UP_BELOW_BYTES)
}

fn keep_in(folder: &Path, source: &Path, content: &[u8], name: &str) -> Result<(), Error> {
    if !folder.is_dir() {
        return Err(Error::BackupFolder {
            path: folder.to_owned(),
            message: "the folder of the journal is not there".to_owned(),
        });
    }
    let target = packed(folder, name);
    if target.exists() {
        let there = unpack(&target).map_err(Error::io(&target))?;
        if there != content {
            return Err(Error::JournalConflict { path: target });
        }
        return storage::sync_parent(&target);
    }
    let partial = storage::suffixed(&target, ".partial");
    pack(source, content, &partial)
        .and_then(|()| platform::replace(&partial, &target))
        .map_err(Error::io(&target))?;
    storage::sync_parent(&target)
}

/// Writes a piece packed and synced, with the instant of its last change.
fn pack(source: &Path, mut content: &[u8], target: &Path) -> io::Result<()> {
    let changed = source.metadata()?.modified()?;
    let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
    let file = platform::create_private_file(target)?;
    let mut packing = GzBuilder::new()
        .mtime(u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
        .write(file, Compression::fast());
    io::copy(&mut content, &mut packing)?;
    packing.finish()?.sync_all()
}

/// The content of a packed piece; its checksum is compared at the end.
fn unpack(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(File::open(path)?).read_to_end(&mut content)?;
    Ok(content)
}

/// When a packed piece was last changed, in seconds since 1970.
pub(super) fn changed_at(path: &Path) -> Option<i64> {
    let packed = GzDecoder::new(File::open(path).ok()?);
    packed.header().map(|header| i64::from(header.mtime()))
}

/// Where a piece lies in a journal's folder.
pub(super) fn packed(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.gz"))
}

/// Brings a piece back for a server that recovers; `false` when there is none of that name.
///
/// # Errors
/// [`Error::BackupDamaged`] for one that cannot be unpacked: the recovery must not take it for the end of the journal.
pub fn bring(folder: &Path, name: &str, target: &Path) -> Result<bool, Error> {
    let path = packed(folder, name);
    if Path::new(name).file_name() != Some(name.as_ref()) || !path.is_file() {
        return Ok(false);
    }
    let content = unpack(&path).map_err(|error| Error::BackupDamaged {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    std::fs::write(target, content).map_err(Error::io(target))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "000000010000000000000003";

    /// A piece of the cluster 77.
    fn piece(first: u8) -> Vec<u8> {
        let mut content = vec![0; 64 * 1024];
        content[IDENTITY].copy_from_slice(&77_u64.to_le_bytes());
        content[100] = first;
        content
    }

    struct Room {
        folder: tempfile::TempDir,
        setting: Setting,
    }

    impl Room {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let setting = Setting::below(&folder.path().join("disk"), "77");
            setting.write(folder.path()).unwrap();
            Self { folder, setting }
        }

        fn hand_out(&self, content: &[u8]) -> Result<Handed, Error> {
            let source = self.folder.path().join("piece");
            std::fs::write(&source, content).unwrap();
            keep(&Setting::file(self.folder.path()), &source, NAME)
        }

        fn brought(&self) -> Result<Option<Vec<u8>>, Error> {
            let target = self.folder.path().join("brought");
            let is_there = bring(&self.setting.folder, NAME, &target)?;
            Ok(is_there.then(|| std::fs::read(target).unwrap()))
        }
    }

    #[test]
    fn a_piece_comes_back_as_it_went_and_is_kept_once() {
        let room = Room::new();
        assert_eq!(room.brought(), Ok(None));
        assert_eq!(room.hand_out(&piece(1)), Ok(Handed::Kept));
        assert_eq!(room.hand_out(&piece(1)), Ok(Handed::Kept));
        assert_eq!(room.brought(), Ok(Some(piece(1))));
        let path = packed(&room.setting.folder, NAME);
        assert!(path.metadata().unwrap().len() < 4096, "it is packed");
    }

    #[test]
    fn another_piece_under_the_same_name_is_refused_and_the_first_one_stays() {
        let room = Room::new();
        room.hand_out(&piece(1)).unwrap();
        let refusal = room.hand_out(&piece(2)).unwrap_err();
        assert!(
            matches!(refusal, Error::JournalConflict { .. }),
            "{refusal}"
        );
        assert_eq!(room.brought(), Ok(Some(piece(1))));
    }

    #[test]
    fn another_clusters_piece_and_a_journal_that_is_off_are_let_go() {
        let room = Room::new();
        let mut foreign = piece(1);
        foreign[IDENTITY].copy_from_slice(&78_u64.to_le_bytes());
        assert_eq!(room.hand_out(&foreign), Ok(Handed::Unwanted));
        Setting::remove(room.folder.path()).unwrap();
        assert_eq!(room.hand_out(&piece(1)), Ok(Handed::Unwanted));
        assert_eq!(room.brought(), Ok(None));
    }

    #[test]
    fn a_disk_that_was_taken_away_is_not_replaced_by_a_folder() {
        let room = Room::new();
        std::fs::remove_dir_all(room.folder.path().join("disk")).unwrap();
        // Only a disk that is nearly full itself gives the piece up.
        let handed = room.hand_out(&piece(1));
        assert_ne!(handed, Ok(Handed::Kept));
        assert!(!room.setting.folder.exists());
    }

    #[test]
    fn a_spoilt_piece_is_not_taken_for_the_end_of_the_journal() {
        let room = Room::new();
        room.hand_out(&piece(1)).unwrap();
        let path = packed(&room.setting.folder, NAME);
        let mut bytes = std::fs::read(&path).unwrap();
        let end = bytes.len() - 6;
        bytes[end] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let refusal = room.brought().unwrap_err();
        assert_eq!(refusal.code(), "backupDamaged");
    }
}
