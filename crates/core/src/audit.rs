//! The audit log: who did what. Documents are their own entries; everything else is written here.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
};

const LONGEST_PAGE: u32 = 200;

/// An act as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The entry: `d` and a document's number, or `a` and an act's.
    pub id: String,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// Who, if a user was known.
    pub user_name: Option<String>,
    /// What: past tense, `product_created`, `receipt_posted`, `not_permitted` …
    pub action: String,
    /// What kind of thing it was done to.
    pub object: String,
    /// Which thing.
    pub object_id: Option<Uuid>,
    /// What else is known.
    pub details: Value,
    /// Whether a seal covers the entry.
    pub sealed: bool,
}

/// The last entry of a page: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCursor {
    document_number: i64,
    audit_number: i64,
}

impl fmt::Display for AuditCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.document_number, self.audit_number)
    }
}

impl FromStr for AuditCursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (document_number, audit_number) = text.split_once('.').ok_or(Error::InvalidCursor)?;
        Ok(Self {
            document_number: document_number.parse().map_err(|_| Error::InvalidCursor)?,
            audit_number: audit_number.parse().map_err(|_| Error::InvalidCursor)?,
        })
    }
}

/// A page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries.
    pub rows: Vec<AuditEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<AuditCursor>,
}

/// Writes down that an act was refused. The desk calls it in a transaction of its own, after the refusal.
pub async fn record_refusal(
    connection: &mut PgConnection,
    actor: &Actor,
    permission: Permission,
) -> Result<()> {
    let details =
        serde_json::json!({ "permission": format!("{permission:?}"), "role": actor.role.as_str() });
    record(
        connection,
        Some(actor),
        "not_permitted",
        "permission",
        None,
        &details,
    )
    .await
}

/// Writes down an act that has no function of its own in the database: a backup, a start, a settings file.
/// `action` and `object` are `snake_case` words.
pub async fn record(
    connection: &mut PgConnection,
    actor: Option<&Actor>,
    action: &str,
    object: &str,
    object_id: Option<Uuid>,
    details: &Value,
) -> Result<()> {
    sqlx::query!(
        "select ombor.record_event($1, $2, $3, $4, $5)",
        actor.map(|actor| actor.session_id.as_uuid()) as _,
        action,
        object,
        object_id as _,
        details
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A page of the log, newest first, `limit` at most 200.
pub async fn list_audit(
    connection: &mut PgConnection,
    actor: &Actor,
    after: Option<AuditCursor>,
    limit: u32,
) -> Result<AuditPage> {
    actor.require(Permission::ViewAudit)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let start = after.unwrap_or(AuditCursor {
        document_number: i64::MAX,
        audit_number: i64::MAX,
    });
    let rows = sqlx::query!(
        r#"with newest as (
               (select 0::bigint as document_number, a.number as audit_number, a.at, a.user_id, a.action, a.object,
                       a.object_id, a.details
                from ombor.audit as a where a.number < $2 order by a.number desc limit $3)
               union all
               (select d.number, 0, d.posted_at, d.user_id, d.kind || '_posted', 'document', d.id,
                       jsonb_strip_nulls(jsonb_build_object('number', d.number, 'note', d.note, 'employee', e.name))
                from ombor.document as d left join ombor.employee as e on e.id = d.employee_id
                where d.number < $1 order by d.number desc limit $3)
           )
           select n.document_number as "document_number!", n.audit_number as "audit_number!", n.at as "at!",
                  u.name as "user_name?", n.action as "action!", n.object as "object!", n.object_id,
                  n.details as "details!",
                  (n.document_number <= coalesce(s.last_document_number, 0)
                      and n.audit_number <= coalesce(s.last_audit_number, 0)) as "sealed!"
           from newest as n
           left join ombor.user_account as u on u.id = n.user_id
           left join lateral (
               select last_document_number, last_audit_number from ombor.seal order by number desc limit 1
           ) as s on true
           order by n.at desc, n.document_number desc, n.audit_number desc
           limit $3"#,
        start.document_number,
        start.audit_number,
        i64::from(limit) + 1
    )
    .fetch_all(connection)
    .await?;
    let has_more = rows.len() > limit as usize;
    let mut next = start;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(limit as usize) {
        let id = if row.document_number > 0 {
            next.document_number = next.document_number.min(row.document_number);
            format!("d{}", row.document_number)
        } else {
            next.audit_number = next.audit_number.min(row.audit_number);
            format!("a{}", row.audit_number)
        };
        entries.push(AuditEntry {
            id,
            at: row.at,
            user_name: row.user_name,
            action: row.action,
            object: row.object,
            object_id: row.object_id,
            details: row.details,
            sealed: row.sealed,
        });
    }
    Ok(AuditPage {
        rows: entries,
        next: has_more.then_some(next),
    })
}
