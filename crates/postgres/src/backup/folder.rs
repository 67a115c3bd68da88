//! The folder of the backups: one writer at a time, whole files only, copies on a second device.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest::{self, Paths};
use super::{Backup, Manifest, Shelf, list, retention};
use crate::dump::Partial;
use crate::{Error, platform, storage};

/// One program writes backups into a folder at a time. The lock ends with the program, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    pub(super) fn take(folder: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            return Err(Error::BackupFolder {
                path: folder.to_owned(),
                message: "the folder is not there".to_owned(),
            });
        }
        let path = folder.join("backup.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(Error::BackupBusy {
                path: folder.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(Error::io(&path)(error)),
        }
    }
}

/// Closing the file would do, but for a moment a program that is just being started holds a copy of it.
impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the lock of the backups stays until the program ends");
        }
    }
}

/// A failure of the folder itself is told as such.
pub(super) fn named(folder: &Path, error: Error) -> Error {
    match error {
        Error::Io { path, message } if path.starts_with(folder) => Error::BackupFolder {
            path: folder.to_owned(),
            message,
        },
        other => other,
    }
}

/// Removes what killed programs left: everything under a `.partial` name. The caller holds the lock.
pub(super) fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("ombor-") && name.ends_with(".partial") {
            remove(&entry.path());
        }
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "a file stays");
    }
}

/// Gives a proven backup its names, the manifest last, and makes them durable.
pub(super) fn publish(
    paths: &Paths,
    archive: Partial,
    plain: Partial,
    manifest: Manifest,
) -> Result<Backup, Error> {
    for (partial, target) in [(&archive, &paths.archive), (&plain, &paths.plain)] {
        platform::replace(&partial.0, target).map_err(Error::io(target))?;
    }
    storage::sync_parent(&paths.archive)?;
    if let Err(error) = storage::write_json(&paths.paper, &manifest) {
        // Without its manifest it is no backup.
        for target in [&paths.archive, &paths.plain] {
            remove(target);
        }
        return Err(error);
    }
    Ok(Backup {
        folder: paths.archive.parent().unwrap_or(&paths.archive).to_owned(),
        name: paths.name.clone(),
        manifest,
    })
}

/// Copies a backup to another device, reads the copy back, and only then gives it its names. Returns the folder.
pub(super) async fn copy(backup: &Backup, device: &Path) -> Result<PathBuf, Error> {
    if !device.is_dir() {
        return Err(Error::BackupFolder {
            path: device.to_owned(),
            message: "the device is not there".to_owned(),
        });
    }
    let (from, to) = (backup.clone(), device.to_owned());
    let copied = tokio::task::spawn_blocking(move || copy_files(&from, &to)).await;
    copied
        .map_err(|error| Error::io(device)(io::Error::other(error)))
        .flatten()
        .map_err(|error| named(device, error))?;
    Ok(device.to_owned())
}

fn copy_files(backup: &Backup, device: &Path) -> Result<(), Error> {
    let marks = [&backup.manifest.archive, &backup.manifest.plain];
    for mark in marks {
        let target = device.join(&mark.name);
        let partial = Partial(storage::suffixed(&target, ".partial"));
        write_copy(&backup.folder.join(&mark.name), &partial.0).map_err(Error::io(&partial.0))?;
        let (size_bytes, sha256) = manifest::hash(&partial.0).map_err(Error::io(&partial.0))?;
        if (size_bytes, &sha256) != (mark.size_bytes, &mark.sha256) {
            return Err(Error::BackupDamaged {
                path: target,
                reason: "the copy is not what was written".to_owned(),
            });
        }
        platform::replace(&partial.0, &target).map_err(Error::io(&target))?;
    }
    let paper = backup.paper();
    storage::write_json(
        &device.join(paper.file_name().unwrap_or_default()),
        &backup.manifest,
    )
}

fn write_copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = platform::create_private_file(to)?;
    io::copy(&mut source, &mut target)?;
    target.flush()?;
    target.sync_all()
}

/// Removes the backups that the rule no longer keeps; called after a backup was proven, never else. Another
/// application's backups in the same folder are not counted and stay.
pub(super) fn tidy(folder: &Path, shelf: &Shelf, made: &Backup, series: &str) -> Vec<String> {
    let ours = |backup: &Backup| {
        let facts = |backup: &Backup| backup.manifest.evidence.facts.get(series).cloned();
        facts(backup) == facts(made)
    };
    let mut backups = list(folder);
    backups.retain(ours);
    let taken: Vec<_> = backups
        .iter()
        .map(|backup| backup.manifest.taken_at.with_timezone(&shelf.zone))
        .collect();
    retention::superfluous(&taken, shelf.keep)
        .into_iter()
        .map(|index| {
            let backup = &backups[index];
            // The manifest first: what is left if this is broken off is no backup.
            for file in [backup.paper(), backup.archive(), backup.plain()] {
                remove(&file);
            }
            backup.name.clone()
        })
        .collect()
}
