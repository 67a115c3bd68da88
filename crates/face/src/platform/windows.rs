//! Windows: DirectShow cameras, files that scanners hold open.

use crate::source::CameraName;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::windows::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

/// OpenCV's number of the capture interface to ask for by name: DirectShow.
pub const CAPTURE_BACKEND: i32 = opencv::videoio::CAP_DSHOW;

/// CREATE_NO_WINDOW: a console child would flash a black window.
const NO_WINDOW: u32 = 0x0800_0000;
/// A scanner or backup program lets go of a file within this many tries…
const TRIES: u32 = 10;
/// …so far apart.
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// DirectShow does not name cameras by index without COM; they are addressed by number alone.
pub(crate) fn cameras() -> Vec<CameraName> {
    Vec::new()
}

/// A new file. It inherits the access list of its folder, which the installer limits to the owner, administrators and
/// the system.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Puts a finished file in another's place, waiting for whoever holds that open.
pub(crate) fn replace(new: &Path, old: &Path) -> io::Result<()> {
    for _ in 1..TRIES {
        match std::fs::rename(new, old) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => sleep(BETWEEN_TRIES),
            other => return other,
        }
    }
    std::fs::rename(new, old)
}

/// A child without a console window.
pub(crate) fn quiet_command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.creation_flags(NO_WINDOW);
    command
}

/// The name by which OpenCV opens this file: only ASCII reaches it unharmed.
pub(crate) fn name_for_opencv(path: &Path) -> Option<&OsStr> {
    Some(path.as_os_str()).filter(|name| name.is_ascii())
}
