//! The files that are one import: those that somebody named, those below a folder, those in an archive.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    archive::{Unpacked, unpack},
    error::{Error, Result},
    skipped::Reason,
};

/// Folders lie no deeper in the folder that is imported.
const DEEPEST_FOLDER: usize = 6;

/// A file of an import.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called for whoever gave it: a file of an archive as if the archive were a folder.
    pub shown: PathBuf,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The files, in the order of their names.
    pub files: Vec<Found>,
    /// What lies in a folder or an archive and is not looked at.
    pub left: Vec<(PathBuf, Reason)>,
    /// The folders of the archives.
    pub unpacked: Vec<Unpacked>,
}

impl Gathered {
    /// The file that somebody named, or the files below the folder.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::Protected`] for an archive
    pub fn gather(&mut self, path: &Path) -> Result<()> {
        let metadata = fs::metadata(path).map_err(|source| Error::unreadable(path, source))?;
        let found = Found {
            path: path.to_owned(),
            shown: path.to_owned(),
        };
        if metadata.is_dir() {
            return self.folder(&found, 1, false);
        }
        if !metadata.is_file() {
            let source = std::io::Error::other(Reason::NoFile.to_string());
            return Err(Error::unreadable(path, source));
        }
        self.file(found, false)
    }

    /// A file, or what is in it if it is an archive that lies in no other one.
    fn file(&mut self, found: Found, packed: bool) -> Result<()> {
        let archive = if packed { None } else { unpack(&found.path)? };
        let Some((unpacked, left)) = archive else {
            self.files.push(found);
            return Ok(());
        };
        for (name, reason) in left {
            self.left.push((found.shown.join(name), reason));
        }
        let folder = Found {
            path: unpacked.path().to_owned(),
            shown: found.shown,
        };
        self.unpacked.push(unpacked);
        self.folder(&folder, 1, true)
    }

    /// Files in the order of their names; what is hidden is left alone. A link to a folder may lead back to where it stands,
    /// or to everything that the machine has.
    fn folder(&mut self, folder: &Found, depth: usize, packed: bool) -> Result<()> {
        let mut entries = fs::read_dir(&folder.path)
            .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
            .map_err(|source| Error::unreadable(&folder.shown, source))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            let found = Found {
                path: entry.path(),
                shown: folder.shown.join(name),
            };
            let kind = entry
                .file_type()
                .map_err(|source| Error::unreadable(&found.shown, source))?;
            let leads_to_a_file = fs::metadata(&found.path).is_ok_and(|entry| entry.is_file());
            if leads_to_a_file {
                self.file(found, packed)?;
            } else if kind.is_symlink() {
                self.left.push((found.shown, Reason::Link));
            } else if !kind.is_dir() {
                self.left.push((found.shown, Reason::NoFile));
            } else if depth == DEEPEST_FOLDER {
                self.left.push((found.shown, Reason::TooDeep));
            } else {
                self.folder(&found, depth + 1, packed)?;
            }
        }
        Ok(())
    }
}
