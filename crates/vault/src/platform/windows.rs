//! Windows: drive letters, the identity that the installation of the system got.

use std::path::PathBuf;
use std::process::Command;

/// The drives beside the system's own.
pub fn external_disks() -> Vec<PathBuf> {
    ('D'..='Z')
        .map(|letter| PathBuf::from(format!("{letter}:\\")))
        .filter(|drive| drive.is_dir())
        .collect()
}

/// What tells this computer from another; `None` where nothing does.
pub(crate) fn machine() -> Option<String> {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let key = r"HKLM\SOFTWARE\Microsoft\Cryptography";
    let asked = Command::new("reg")
        .args(["query", key, "/v", "MachineGuid"])
        .creation_flags(CREATE_NO_WINDOW)
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&asked.stdout).into_owned();
    said.split_whitespace().last().map(str::to_owned)
}
