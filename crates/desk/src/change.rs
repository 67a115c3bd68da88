//! What changed, so that whoever shows it can read it again.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A kind of thing that changed; the window's query keys begin with one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each tag names the thing that changed")]
pub enum ChangeTag {
    Product,
    Category,
    Stock,
    Movement,
    Employee,
    User,
    Confirmation,
    Audit,
    Backup,
    Settings,
}

impl ChangeTag {
    /// Everything: the warehouse was replaced by a backup.
    pub const ALL: &[Self] = &[
        Self::Product,
        Self::Category,
        Self::Stock,
        Self::Movement,
        Self::Employee,
        Self::User,
        Self::Confirmation,
        Self::Audit,
        Self::Backup,
        Self::Settings,
    ];
}
