//! The audit log.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its number.
    pub id: String,
    /// When.
    pub at: String,
    /// Who.
    pub user_name: Option<String>,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: Option<String>,
    /// The particulars, as JSON.
    pub details: String,
    /// It stands under a seal.
    pub sealed: bool,
}

/// A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// The entries.
    pub rows: Vec<AuditEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}
