//! A restored database goes on where the one that it replaces stood: a higher epoch, no number given out twice.

use sqlx::{Connection, PgConnection, Row};
use uuid::Uuid;

use crate::{Result, audit, invariant::Facts};

/// What a restored database takes over from the one that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inheritance {
    lineage: Uuid,
    epoch: i32,
    is_empty: bool,
    /// Sequences that were drawn from, by name, with the last number.
    sequences: Vec<(String, i64)>,
}

impl Inheritance {
    /// Asks the live database. For a login that may act as the owner.
    pub async fn of(live: &mut PgConnection) -> Result<Self> {
        let identity = sqlx::query(
            "select lineage_id, epoch,
                    not exists (select from ombor.document) and not exists (select from ombor.product) as is_empty
             from ombor.database_identity",
        )
        .fetch_one(&mut *live)
        .await?;
        let sequences = sqlx::query_as(
            "select sequencename::text, last_value from pg_sequences
             where schemaname = 'ombor' and last_value is not null",
        )
        .fetch_all(live)
        .await?;
        Ok(Self {
            lineage: identity.try_get("lineage_id")?,
            epoch: identity.try_get("epoch")?,
            is_empty: identity.try_get("is_empty")?,
            sequences,
        })
    }

    /// Whether a backup is this warehouse's own. A database without products and documents takes anybody's: that is how
    /// a warehouse moves to a new PC.
    pub fn takes(&self, backup: &Facts) -> bool {
        self.is_empty || self.lineage == backup.lineage
    }

    /// Settles a restored database before it takes the live one's place, and returns its epoch.
    ///
    /// The epoch rises above both; every sequence goes on behind the last number that the live database gave out, so
    /// that no document, label or face is named twice; sessions end; what refers to transactions of another server is
    /// put behind all transactions of this one. The audit log says so. For a login that may act as the owner.
    pub async fn settle(&self, restored: &mut PgConnection, backup: &Facts) -> Result<i32> {
        let mut work = restored.begin().await?;
        sqlx::raw_sql("set local role ombor_owner")
            .execute(&mut *work)
            .await?;
        let epoch: i32 = sqlx::query_scalar(
            "update ombor.database_identity set epoch = greatest(epoch, $1) + 1 returning epoch",
        )
        .bind(self.epoch)
        .fetch_one(&mut *work)
        .await?;
        for (name, last) in &self.sequences {
            sqlx::query(
                "select setval(format('ombor.%I', sequencename)::regclass, $2) from pg_sequences
                 where schemaname = 'ombor' and sequencename = $1 and coalesce(last_value, 0) < $2",
            )
            .bind(name)
            .bind(last)
            .execute(&mut *work)
            .await?;
        }
        for statement in [
            "update ombor.session set ended_at = clock_timestamp(), end_reason = 'replaced' where ended_at is null",
            // Below every transaction that a server can have: pending entries go out in the order of their sequence.
            "update ombor.outbox set xid = '3'",
            "update ombor.seal_mark set next_xid = pg_current_xact_id()",
        ] {
            sqlx::query(statement).execute(&mut *work).await?;
        }
        let details = serde_json::json!({
            "epoch": epoch,
            "documents": backup.documents,
            "newest_document_at": backup.newest_document_at,
        });
        audit::record(
            &mut work,
            None,
            "database_restored",
            "database",
            None,
            &details,
        )
        .await?;
        work.commit().await?;
        Ok(epoch)
    }
}

/// Raises the epoch of a database that goes on although it is not the one that was here before: an older copy, a copy on
/// another computer. The audit log says so. For a login that may act as the owner.
pub async fn go_on(live: &mut PgConnection) -> Result<i32> {
    let mut work = live.begin().await?;
    sqlx::raw_sql("set local role ombor_owner")
        .execute(&mut *work)
        .await?;
    let epoch: i32 =
        sqlx::query_scalar("update ombor.database_identity set epoch = epoch + 1 returning epoch")
            .fetch_one(&mut *work)
            .await?;
    let details = serde_json::json!({ "epoch": epoch });
    audit::record(
        &mut work,
        None,
        "lineage_settled",
        "database",
        None,
        &details,
    )
    .await?;
    work.commit().await?;
    Ok(epoch)
}
