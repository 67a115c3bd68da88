//! What must be true afterwards, read from the books.

use anyhow::Result;
use ombor_core::{invariant, schema, seal};
use ombor_postgres::Attached;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::ground::connect;
use super::journal::Heard;

/// What was found wrong. Empty when all is well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Documents that were acknowledged and are not there.
    pub lost: usize,
    /// Acts of a worker that are booked more than once.
    pub doubled: i64,
    /// Documents without an outbox entry, and outbox entries of documents that are not there.
    pub without_outbox: i64,
    /// Balances that are not the ledger's, seals that do not hold.
    pub faults: Vec<String>,
}

impl Verdict {
    /// Reads the books through a server that is up again.
    pub async fn reach(attached: &Attached, heard: &Heard) -> Result<Self> {
        let mut owner = connect(attached, schema::MIGRATE_ROLE).await?;
        let mut desk = connect(attached, schema::APP_ROLE).await?;
        Self::read(&mut owner, &mut desk, heard).await
    }

    /// Reads the books as the role that owns them; the seal is set by the role of a desk.
    pub async fn read(
        owner: &mut PgConnection,
        desk: &mut PgConnection,
        heard: &Heard,
    ) -> Result<Self> {
        let acknowledged: Vec<Uuid> = heard.acknowledged.keys().copied().collect();
        let found: i64 =
            sqlx::query_scalar("select count(*) from ombor.document where id = any($1)")
                .bind(&acknowledged)
                .fetch_one(&mut *owner)
                .await?;
        let doubled = sqlx::query_scalar(
            "select count(*) from (
                 select note from ombor.document where note like 'intent %' group by note having count(*) > 1
             ) as twice",
        )
        .fetch_one(&mut *owner)
        .await?;
        let without_outbox = sqlx::query_scalar(
            "select count(*) from ombor.document as d
             full join (select event_id from ombor.outbox where kind = 'document_posted') as o on o.event_id = d.id
             where d.id is null or o.event_id is null",
        )
        .fetch_one(&mut *owner)
        .await?;
        seal::seal_now(desk).await?;
        Ok(Self {
            lost: acknowledged.len() - usize::try_from(found)?,
            doubled,
            without_outbox,
            faults: invariant::faults(owner).await?,
        })
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}
