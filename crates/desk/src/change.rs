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
