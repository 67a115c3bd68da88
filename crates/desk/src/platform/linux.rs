//! Linux: the XDG base directories.

use std::env;
use std::path::PathBuf;

/// Where a person's data lies when nobody says otherwise: `$XDG_DATA_HOME/ombor`, else
/// `~/.local/share/ombor`. `None` without a home directory.
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
