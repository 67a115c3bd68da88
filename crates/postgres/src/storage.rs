//! Files that survive a power cut: written beside, synced, renamed.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, platform};

/// Replaces `path` by `value` as JSON, readable by its owner alone, and makes the change durable.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Error> {
    let text = serde_json::to_vec_pretty(value).map_err(|error| Error::Io {
        path: path.to_owned(),
        message: error.to_string(),
    })?;
    let beside = suffixed(path, ".partial");
    let written = platform::create_private_file(&beside)
        .and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()
        })
        .and_then(|()| platform::replace(&beside, path));
    written.map_err(Error::io(path))?;
    sync_parent(path)
}

/// Reads what [`write_json`] wrote; `None` when there is no such file or it is damaged.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let text = std::fs::read(path).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Makes a rename in the folder of `path` durable.
pub(crate) fn sync_parent(path: &Path) -> Result<(), Error> {
    let parent = path.parent().unwrap_or(path);
    platform::sync_dir(parent).map_err(Error::io(parent))
}

/// `path` with `suffix` behind its last component.
pub(crate) fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Bytes of all files below a folder.
pub(crate) fn size_of(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            size_of(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
