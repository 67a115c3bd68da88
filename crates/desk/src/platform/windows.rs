//! Windows: ProgramData, whose path is ASCII whatever the user is called.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

/// Makes a folder, with those above it. Who may look into it is what the folder above says.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Where data lies when nobody says otherwise: `%ProgramData%\Ombor`.
pub fn default_data_dir() -> Option<PathBuf> {
    env::var_os("ProgramData")
        .map(PathBuf::from)
        .map(|data| data.join("Ombor"))
}
