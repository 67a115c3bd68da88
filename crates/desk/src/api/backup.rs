//! Backups from the menu.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A backup file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// Where it lies.
    pub path: String,
    /// What it is called.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size_bytes: String,
    /// When it was taken.
    pub taken_at: String,
}
