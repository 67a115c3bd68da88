//! Files that are whole or not there: written beside, synced, renamed.

use crate::platform;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Fills a new file beside `path`, readable by its owner alone, and puts it in the place of `path` when it is complete
/// and on the disk. A crash leaves the old file or the new one.
pub(crate) fn write<T>(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<T> {
    let beside = beside(path);
    let written = fill_and_replace(path, &beside, fill);
    if written.is_err() && beside.exists() {
        // Not being able to tidy up matters less than the failure that is reported.
        let _left_over = std::fs::remove_file(&beside);
    }
    written
}

fn fill_and_replace<T>(
    path: &Path,
    beside: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<T> {
    if beside.exists() {
        std::fs::remove_file(beside)?;
    }
    let mut file = platform::create_private(beside)?;
    let answer = fill(&mut file)?;
    file.sync_all()?;
    drop(file);
    platform::replace(beside, path)?;
    Ok(answer)
}

/// The unfinished file's name. One process writes models, so that a left-over of an earlier one may be removed.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
