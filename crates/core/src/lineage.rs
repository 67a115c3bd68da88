//! A restored database goes on where the one that it replaces stood: a higher epoch, no number given out twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection, Row};
use uuid::Uuid;

use crate::{Result, audit, invariant::Facts};

/// The sequence that documents draw their numbers from.
const DOCUMENT_NUMBERS: &str = "document_number_seq";

/// The last numbers that a warehouse gave out, by sequence: of documents, own labels, badges, faces and records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(BTreeMap<String, i64>);

impl Numbers {
    /// Asks the connected database. For a login that may act as the owner.
    pub async fn of(connection: &mut PgConnection) -> Result<Self> {
        let drawn: Vec<(String, i64)> = sqlx::query_as(
            "select sequencename::text, last_value from pg_sequences
             where schemaname = 'ombor' and last_value is not null",
        )
        .fetch_all(connection)
        .await?;
        Ok(Self(drawn.into_iter().collect()))
    }

    /// A document of this number is known, wherever from.
    pub fn know_document(&mut self, number: i64) {
        let last = self.0.entry(DOCUMENT_NUMBERS.to_owned()).or_insert(number);
        *last = number.max(*last);
    }

    /// Lets every sequence go on behind the last number that is known. Acts as the owner already.
    async fn put_behind(&self, owner: &mut PgConnection) -> Result<()> {
        for (name, last) in &self.0 {
            sqlx::query(
                "select setval(format('ombor.%I', sequencename)::regclass, $2) from pg_sequences
                 where schemaname = 'ombor' and sequencename = $1 and coalesce(last_value, 0) < $2",
            )
            .bind(name)
            .bind(last)
            .execute(&mut *owner)
            .await?;
        }
        Ok(())
    }
}

/// What a restored database takes over from the one that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inheritance {
    lineage: Uuid,
    epoch: i32,
    is_empty: bool,
    numbers: Numbers,
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
        Ok(Self {
            lineage: identity.try_get("lineage_id")?,
            epoch: identity.try_get("epoch")?,
            is_empty: identity.try_get("is_empty")?,
            numbers: Numbers::of(live).await?,
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
        self.numbers.put_behind(&mut work).await?;
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
/// another computer. No number that is `known` is given out a second time. The audit log says so. For a login that may
/// act as the owner.
pub async fn go_on(live: &mut PgConnection, known: &Numbers) -> Result<i32> {
    let mut work = live.begin().await?;
    sqlx::raw_sql("set local role ombor_owner")
        .execute(&mut *work)
        .await?;
    let epoch: i32 =
        sqlx::query_scalar("update ombor.database_identity set epoch = epoch + 1 returning epoch")
            .fetch_one(&mut *work)
            .await?;
    known.put_behind(&mut work).await?;
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
