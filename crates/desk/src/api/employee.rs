//! Employees: people with a badge and a face.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// The employee.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What a scan of their badge reads.
    pub badge_code: String,
    /// They work here.
    pub active: bool,
    /// Since when their face is known.
    pub enrolled_at: Option<String>,
    /// Face templates that are kept.
    pub template_count: u32,
    /// When their face last said yes.
    pub last_confirmed_at: Option<String>,
}
