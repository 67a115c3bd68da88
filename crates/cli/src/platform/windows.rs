//! Windows: ProgramData, whose path is ASCII whatever the user is called; devices by PowerShell.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Where data lies when nobody says otherwise: `%ProgramData%\Ombor`.
pub fn default_data_dir() -> Option<PathBuf> {
    env::var_os("ProgramData")
        .map(PathBuf::from)
        .map(|data| data.join("Ombor"))
}

/// Whether nobody else can look into a folder: its rights are set by the installer and not asked here.
pub fn is_private(folder: &Path) -> io::Result<bool> {
    folder.metadata().map(|_| true)
}

/// The names of the cameras that are plugged in.
pub fn cameras() -> Vec<String> {
    asked("Get-PnpDevice -PresentOnly -Class Camera | ForEach-Object FriendlyName")
        .unwrap_or_default()
}

/// The names of everything that types.
pub fn keyboards() -> Vec<String> {
    asked("Get-PnpDevice -PresentOnly -Class Keyboard | ForEach-Object FriendlyName")
        .unwrap_or_default()
}

/// The names of the printers that the system knows; `None` if it cannot be asked.
pub fn printers() -> Option<Vec<String>> {
    asked("Get-Printer | ForEach-Object Name")
}

fn asked(command: &str) -> Option<Vec<String>> {
    let asked = Command::new("powershell")
        .args(["-NoProfile", "-Command", command])
        .output()
        .ok()?;
    let names = String::from_utf8_lossy(&asked.stdout);
    Some(names.lines().map(|line| line.trim().to_owned()).collect())
}
