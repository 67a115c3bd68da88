//! Access lists, replaced files, free space.

use std::fs::File;
use std::io;
use std::os::windows::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::NO_WINDOW;

/// The file name of a program.
pub(crate) fn program_file(name: &str) -> String {
    format!("{name}.exe")
}

/// Makes a directory, and those above it, that only its owner, the system and administrators can enter.
pub(crate) fn create_private_dir(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path)?;
    restrict_to_owner(path)
}

/// Replaces the access list; groups are named by SID, for their names are translated.
pub(super) fn restrict_to_owner(path: &Path) -> io::Result<()> {
    let user = std::env::var("USERNAME").map_err(io::Error::other)?;
    let status = Command::new("icacls")
        .arg(path)
        .args([
            "/inheritance:r",
            "/grant:r",
            "*S-1-5-18:(OI)(CI)F",
            "*S-1-5-32-544:(OI)(CI)F",
        ])
        .arg(format!("{user}:(OI)(CI)F"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .creation_flags(NO_WINDOW)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other("its access list could not be set"))
    }
}

/// Makes a new file; it inherits the access list of its private directory.
pub(crate) fn create_private_file(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// Whether nobody but its owner can read a file: what lies in a person's own folders is theirs.
pub(crate) fn is_private_file(path: &Path) -> io::Result<bool> {
    path.metadata().map(|file| file.is_file())
}

/// Puts `from` in the place of `to`; a virus scanner may hold either open for a moment.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    const TRIES: u32 = 10;
    for _ in 1..TRIES {
        match std::fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(Duration::from_millis(100));
            }
            other => return other,
        }
    }
    std::fs::rename(from, to)
}

/// Directories cannot be synced here; NTFS journals their entries.
pub(crate) fn sync_dir(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Bytes that the user may still write on the disk of `path`.
pub(crate) fn free_space(path: &Path) -> io::Result<u64> {
    fs4::available_space(path)
}

/// Takes `bytes` of room for a file.
pub(crate) fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    fs4::FileExt::allocate(file, bytes)
}

/// A network share is told by its path; other kinds are not told apart.
pub(crate) fn file_system(path: &Path) -> Option<String> {
    let text = path.to_string_lossy();
    let is_share =
        text.starts_with(r"\\") && !text.starts_with(r"\\?\") || text.starts_with(r"\\?\UNC\");
    is_share.then(|| "cifs".to_owned())
}

/// Sockets need no directory here; this one only gives the helper's pipe its name.
pub(crate) fn runtime_dirs() -> Vec<PathBuf> {
    vec![std::env::temp_dir().join("ombor")]
}
