//! Files that appear whole or not at all.

use std::{fs, io::Write, path::Path};

use crate::error::{Error, Result};

/// Writes the bytes beside the file, syncs them and renames.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".partial");
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|source| Error::Unwritable {
        path: path.to_owned(),
        source,
    })
}
