//! Who is at the desk.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a person who is logged in may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Manages everything.
    Admin,
    /// Moves goods.
    Operator,
    /// Looks.
    Viewer,
}

/// A login that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The session.
    pub session_id: String,
    /// Who is logged in.
    pub user_id: String,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The session ends after so many seconds without a key, a scan or a face.
    pub idle_seconds: u32,
}
