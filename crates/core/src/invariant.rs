//! What must be true of every copy of the database, and what is compared between two of them.
//!
//! The statements are asked of databases of older schemas too, so they name nothing that came after the first
//! migrations, and they are not checked against the newest schema when the program is built.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result};

/// One row with one `jsonb`: [`Facts`]. Whoever may read the tables may ask.
pub const FACTS_SQL: &str = "
    select jsonb_build_object(
        'schema', (select max(version) from ombor._sqlx_migrations),
        'lineage', (select lineage_id from ombor.database_identity),
        'epoch', (select epoch from ombor.database_identity),
        'documents', (select count(*) from ombor.document),
        'movements', (select count(*) from ombor.movement),
        'moved', (select coalesce(sum(quantity), 0)::text from ombor.movement),
        'on_hand', (select coalesce(sum(on_hand), 0)::text from ombor.stock),
        'newest_document', (select max(number) from ombor.document),
        'newest_document_at', (select max(posted_at) from ombor.document),
        'seal_number', (select max(number) from ombor.seal),
        'seal_hash', (select encode(hash, 'hex') from ombor.seal order by number desc limit 1))";

/// Rows of one `text`, each a fault in the data themselves; no row when the books are right and the chain is whole. For
/// a login that may act as the owner.
pub const FAULTS_SQL: &str = "
    select format('balance of product %s is %s, the ledger says %s', product_id, on_hand, ledger)
    from ombor.check_ledger()
    union all
    select format('seal %s: %s', number, reason) from ombor.verify_seals()
    union all
    select format('document %s has no line', d.number) from ombor.document as d
    where not exists (select from ombor.movement as m where m.document_number = d.number)";

/// A database in a few figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Version of the schema.
    pub schema: i64,
    /// The warehouse for ever.
    pub lineage: Uuid,
    /// Rises with each restore.
    pub epoch: i32,
    /// Documents posted.
    pub documents: i64,
    /// Movements posted.
    pub movements: i64,
    /// The sum of all quantities ever moved, as a decimal.
    pub moved: String,
    /// The sum of all balances, as a decimal.
    pub on_hand: String,
    /// The number of the newest document; manifests of older programs lack it.
    #[serde(default)]
    pub newest_document: Option<i64>,
    /// When the newest document was posted.
    pub newest_document_at: Option<DateTime<Utc>>,
    /// Number of the last seal.
    pub seal_number: Option<i64>,
    /// Its hash, in hexadecimal.
    pub seal_hash: Option<String>,
}

impl Facts {
    /// Asks the connected database.
    pub async fn of(connection: &mut PgConnection) -> Result<Self> {
        let facts: sqlx::types::Json<Self> =
            sqlx::query_scalar(FACTS_SQL).fetch_one(connection).await?;
        Ok(facts.0)
    }

    /// Reads what a backup's manifest says.
    ///
    /// # Errors
    /// [`Error::NotFound`] when these are not the facts of a warehouse.
    pub fn read(facts: &serde_json::Value) -> Result<Self> {
        Self::deserialize(facts).map_err(|_| Error::NotFound)
    }

    /// What is lost when this database is replaced by a backup.
    pub fn lost_against(&self, backup: &Self) -> Loss {
        Loss {
            documents: (self.documents - backup.documents).max(0),
            movements: (self.movements - backup.movements).max(0),
            after: backup.newest_document_at,
        }
    }
}

/// What a restore loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Documents.
    pub documents: i64,
    /// Movements.
    pub movements: i64,
    /// They were posted after this instant; `None` when the backup holds no document.
    pub after: Option<DateTime<Utc>>,
}

/// Everything that is wrong in the connected database; empty when all is well. For a login that may act as the owner.
pub async fn faults(connection: &mut PgConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(FAULTS_SQL).fetch_all(connection).await?)
}
