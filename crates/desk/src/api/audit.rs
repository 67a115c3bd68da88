//! The audit log.

use ombor_core::audit;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::time;

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

impl From<audit::AuditEntry> for AuditEntry {
    fn from(entry: audit::AuditEntry) -> Self {
        Self {
            id: entry.id,
            at: time(entry.at),
            user_name: entry.user_name,
            action: entry.action,
            object: Some(entry.object),
            details: entry.details.to_string(),
            sealed: entry.sealed,
        }
    }
}

impl Ombor {
    /// A page of the audit log, newest first.
    pub async fn list_audit(&self, after: Option<String>, limit: u32) -> Result<AuditPage> {
        let after = after
            .map(|after| after.parse())
            .transpose()
            .map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let page = audit::list_audit(connection, actor, after, limit).await;
        let page = work.done(page).await?;
        Ok(AuditPage {
            rows: page.rows.into_iter().map(AuditEntry::from).collect(),
            next: page.next.map(|next| next.to_string()),
        })
    }
}
