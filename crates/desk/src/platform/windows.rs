//! Windows: ProgramData, whose path is ASCII whatever the user is called.

use std::env;
use std::path::PathBuf;

/// Where data lies when nobody says otherwise: `%ProgramData%\Ombor`.
pub fn default_data_dir() -> Option<PathBuf> {
    env::var_os("ProgramData")
        .map(PathBuf::from)
        .map(|data| data.join("Ombor"))
}
