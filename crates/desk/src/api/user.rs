//! Users: logins with a role.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::session::Role;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user.
    pub id: String,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// They may log in.
    pub active: bool,
    /// Too many wrong passwords: until then nobody can log in as them.
    pub locked_until: Option<String>,
}

/// A user to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first password.
    pub password: String,
}
