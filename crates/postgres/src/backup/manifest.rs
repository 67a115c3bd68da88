//! What stands beside a backup and says what it holds. A backup without it is none.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Evidence, stem};
use crate::{Error, storage};

/// The version of the manifest itself.
pub(super) const FORMAT: u32 = 1;
const CHUNK_BYTES: usize = 256 * 1024;

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMark {
    /// Its name in the backup's folder.
    pub name: String,
    /// Its length.
    pub size_bytes: u64,
    /// SHA-256 of all its bytes, in hexadecimal.
    pub sha256: String,
}

impl FileMark {
    /// Reads the file at `path`, which is to have the name of `target`.
    pub(super) async fn of(path: &Path, target: &Path) -> Result<Self, Error> {
        let name = target
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let (read, path) = (path.to_owned(), path.to_owned());
        let hashed = tokio::task::spawn_blocking(move || hash(&read)).await;
        let (size_bytes, sha256) = hashed
            .map_err(std::io::Error::other)
            .flatten()
            .map_err(Error::io(&path))?;
        Ok(Self {
            name,
            size_bytes,
            sha256,
        })
    }
}

/// The length of a file and the SHA-256 of its bytes.
pub(crate) fn hash(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut chunk, mut length) = (Sha256::new(), vec![0; CHUNK_BYTES], 0);
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        length += read as u64;
    }
    Ok((length, hexadecimal(&hash.finalize())))
}

/// A hash in hexadecimal.
pub(crate) fn hexadecimal(digest: &[u8]) -> String {
    digest
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A backup's paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this description.
    pub format: u32,
    /// Rises with each backup of a folder, whatever the clock does.
    pub serial: u64,
    /// The instant that the backup shows, by the server's clock.
    pub taken_at: DateTime<Utc>,
    /// It was brought back from the journal, and shows an earlier moment than the one in which it was made.
    #[serde(default)]
    pub from_journal: bool,
    /// When it had been restored and compared, by this computer's clock.
    pub verified_at: DateTime<Utc>,
    /// Major version of the server and of the tools.
    pub server_major: u32,
    /// The server's whole version.
    pub server_version: String,
    /// The archive that `pg_restore` reads.
    pub archive: FileMark,
    /// The same as SQL for `psql`.
    pub plain: FileMark,
    /// What the database held.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// What was wrong in the data themselves when the backup was taken; empty when all was well.
    pub faults: Vec<String>,
}

/// A whole backup in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The folder.
    pub folder: PathBuf,
    /// What its files share: `ombor-2026-11-21_13-00-05`.
    pub name: String,
    /// What it holds.
    pub manifest: Manifest,
}

impl Backup {
    /// The archive.
    pub fn archive(&self) -> PathBuf {
        self.folder.join(&self.manifest.archive.name)
    }

    /// The SQL.
    pub fn plain(&self) -> PathBuf {
        self.folder.join(&self.manifest.plain.name)
    }

    /// The manifest.
    pub fn paper(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }
}

/// Where the files of a backup in the making will lie.
pub(super) struct Paths {
    pub(super) name: String,
    pub(super) archive: PathBuf,
    pub(super) plain: PathBuf,
    pub(super) paper: PathBuf,
}

impl Paths {
    /// Names that nobody has: after the clock was turned back the same second comes twice.
    pub(super) fn free(folder: &Path, at: DateTime<Utc>) -> Self {
        let stem = stem(at);
        let mut paths = Self::of(folder, stem.clone());
        let mut number = 1;
        while paths.archive.exists() || paths.plain.exists() || paths.paper.exists() {
            number += 1;
            paths = Self::of(folder, format!("{stem}_{number}"));
        }
        paths
    }

    fn of(folder: &Path, name: String) -> Self {
        Self {
            archive: folder.join(format!("{name}.dump")),
            plain: folder.join(format!("{name}.sql")),
            paper: folder.join(format!("{name}.json")),
            name,
        }
    }
}

/// The whole backups in a folder, the last one first. One whose files are missing or have another length is left out.
pub fn list(folder: &Path) -> Vec<Backup> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Backup> = entries
        .filter_map(|entry| {
            let path = entry.path();
            let is_paper = path
                .extension()
                .is_some_and(|extension| extension == "json");
            is_paper.then(|| open(&path).ok())?
        })
        .collect();
    found.sort_by_key(|backup| std::cmp::Reverse(backup.manifest.serial));
    found
}

/// The last backup in a folder.
pub fn newest(folder: &Path) -> Option<Backup> {
    list(folder).into_iter().next()
}

/// The number of the next backup.
pub(super) fn next_serial(folder: &Path) -> u64 {
    newest(folder).map_or(1, |backup| backup.manifest.serial + 1)
}

/// The backup that a manifest, an archive or a file of SQL belongs to. Lengths are compared, contents are not.
///
/// # Errors
/// [`Error::BackupDamaged`] when a part is missing or has another length.
pub fn open(file: &Path) -> Result<Backup, Error> {
    let paper = file.with_extension("json");
    let damaged = |path: &Path, reason: &str| Error::BackupDamaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    let manifest: Manifest = storage::read_json(&paper)
        .ok_or_else(|| damaged(&paper, "its manifest is missing or cannot be read"))?;
    let folder = paper.parent().unwrap_or(&paper).to_owned();
    for mark in [&manifest.archive, &manifest.plain] {
        let path = folder.join(&mark.name);
        let is_plain_name = Path::new(&mark.name).file_name() == Some(mark.name.as_ref());
        match path.metadata() {
            Ok(found) if is_plain_name && found.len() == mark.size_bytes => {}
            Ok(_) => return Err(damaged(&path, "it has another length")),
            Err(_) => return Err(damaged(&path, "it is missing")),
        }
    }
    let stem = paper.file_stem().unwrap_or_default();
    Ok(Backup {
        name: stem.to_string_lossy().into_owned(),
        folder,
        manifest,
    })
}

/// Reads both files of a backup to their ends and compares them with the manifest.
///
/// # Errors
/// [`Error::BackupDamaged`] names the file that is another one now.
pub async fn check(backup: &Backup) -> Result<(), Error> {
    let files = [
        (backup.archive(), &backup.manifest.archive),
        (backup.plain(), &backup.manifest.plain),
    ];
    for (path, mark) in files {
        let found = FileMark::of(&path, &path).await;
        if found.as_ref() != Ok(mark) {
            return Err(Error::BackupDamaged {
                path,
                reason: "its content is not what was written".to_owned(),
            });
        }
    }
    Ok(())
}
