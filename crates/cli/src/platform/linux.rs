//! Linux: the XDG base directories, `/sys`, CUPS.

use std::{
    env, fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

/// Where a person's data lies when nobody says otherwise: `$XDG_DATA_HOME/ombor`, else `~/.local/share/ombor`. `None`
/// without a home directory.
pub fn default_data_dir() -> Option<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    set("XDG_DATA_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local").join("share")))
        .map(|data| data.join("ombor"))
}

/// Whether nobody else can look into a folder.
pub fn is_private(folder: &Path) -> io::Result<bool> {
    // The last two octal digits are the group's and everybody's rights.
    Ok(fs::metadata(folder)?.permissions().mode() % 0o100 == 0)
}

/// The names of the cameras that the kernel knows.
pub fn cameras() -> Vec<String> {
    names_below("/sys/class/video4linux", "name")
}

/// The names of everything that types.
pub fn keyboards() -> Vec<String> {
    names_below("/sys/class/input", "device/name")
}

/// The names of the printers that the system knows; `None` if nothing on this PC can print.
pub fn printers() -> Option<Vec<String>> {
    let asked = Command::new("lpstat").arg("-e").output().ok()?;
    let names = String::from_utf8_lossy(&asked.stdout);
    Some(names.lines().map(str::to_owned).collect())
}

fn names_below(folder: &str, name: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path().join(name)).ok())
        .map(|name| name.trim().to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}
