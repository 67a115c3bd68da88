//! The warehouse at one moment, by its database's clock: what the schedule goes by.

use chrono::{DateTime, FixedOffset, Offset, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Error;

/// Acts that are no reason for another backup.
const OWN_ACTS: &[&str] = &["backup_taken", "backup_failed", "backup_verified"];

/// What the schedule asks the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now: DateTime<Utc>,
    /// The warehouse's own time.
    pub zone: FixedOffset,
    /// The warehouse.
    pub lineage: Uuid,
    /// Rises with each restore.
    pub epoch: i32,
    /// When the database was made.
    pub created_at: DateTime<Utc>,
    /// When something was last posted or done; acts of the backups themselves do not count.
    pub changed_at: Option<DateTime<Utc>>,
}

type Row = (
    DateTime<Utc>,
    i32,
    Uuid,
    i32,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

impl Moment {
    /// Asks the connected database.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn of(connection: &mut PgConnection) -> Result<Self, Error> {
        let (now, offset, lineage, epoch, created_at, changed_at): Row = sqlx::query_as(
            "select now(), extract(epoch from (now() at time zone w.zone) - (now() at time zone 'UTC'))::integer,
                    i.lineage_id, i.epoch, i.created_at,
                    greatest(
                        (select posted_at from ombor.document order by number desc limit 1),
                        (select at from ombor.audit where action <> all ($1) order by number desc limit 1))
             from ombor.warehouse as w, ombor.database_identity as i",
        )
        .bind(OWN_ACTS)
        .fetch_one(connection)
        .await?;
        Ok(Self {
            now,
            zone: FixedOffset::east_opt(offset).unwrap_or_else(|| Utc.fix()),
            lineage,
            epoch,
            created_at,
            changed_at,
        })
    }
}
