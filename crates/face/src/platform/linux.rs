//! Linux: Video4Linux cameras, file modes.

use crate::source::CameraName;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

/// OpenCV's number of the capture interface to ask for by name: Video4Linux 2.
pub const CAPTURE_BACKEND: i32 = opencv::videoio::CAP_V4L2;

/// Where the kernel names cameras.
const CAMERAS: &str = "/sys/class/video4linux";

/// The cameras that the kernel knows, by index.
pub(crate) fn cameras() -> Vec<CameraName> {
    let entries = std::fs::read_dir(CAMERAS).into_iter().flatten().flatten();
    let mut cameras: Vec<CameraName> = entries
        .filter_map(|entry| {
            let index = entry
                .file_name()
                .to_str()?
                .strip_prefix("video")?
                .parse()
                .ok()?;
            let name = std::fs::read_to_string(entry.path().join("name"))
                .ok()?
                .trim()
                .to_owned();
            Some(CameraName { index, name })
        })
        .collect();
    cameras.sort_by_key(|camera| camera.index);
    cameras
}

/// A new file that only its owner can read and write (0600).
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Puts a finished file in another's place and makes that last.
pub(crate) fn replace(new: &Path, old: &Path) -> io::Result<()> {
    std::fs::rename(new, old)?;
    old.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// A child without a window of its own.
pub(crate) fn quiet_command(program: &Path) -> Command {
    Command::new(program)
}

/// The name by which OpenCV opens this file: here any.
#[expect(
    clippy::unnecessary_wraps,
    reason = "on Windows not every file has such a name"
)]
pub(crate) fn name_for_opencv(path: &Path) -> Option<&OsStr> {
    Some(path.as_os_str())
}
