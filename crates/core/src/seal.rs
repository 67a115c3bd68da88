//! Seals: a hash chain over batches of documents, movements and acts. A changed, added or removed row shows.

use sqlx::PgConnection;

use crate::Result;

/// The head of the chain, to be kept outside: in a backup's manifest, with the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealHead {
    /// The number of the last seal.
    pub number: i64,
    /// Its hash, 32 bytes.
    pub hash: Vec<u8>,
}

/// A seal that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenSeal {
    /// Its number.
    pub number: i64,
    /// `missing_seal`, `broken_chain`, `other_row_count` or `other_content`.
    pub reason: String,
}

/// Seals what can no longer grow; `None` if there was nothing. To be called every minute and before a backup, on a plain
/// connection.
pub async fn seal_now(connection: &mut PgConnection) -> Result<Option<i64>> {
    let number = sqlx::query_scalar!("select ombor.seal_now()")
        .fetch_one(connection)
        .await?;
    Ok(number)
}

/// Every seal that does not hold; empty when all do.
pub async fn verify(connection: &mut PgConnection) -> Result<Vec<BrokenSeal>> {
    let broken = sqlx::query_as!(
        BrokenSeal,
        r#"select number as "number!", reason as "reason!" from ombor.verify_seals()"#
    )
    .fetch_all(connection)
    .await?;
    Ok(broken)
}

/// The head of the chain; `None` before the first seal.
pub async fn head(connection: &mut PgConnection) -> Result<Option<SealHead>> {
    let head = sqlx::query_as!(
        SealHead,
        "select number, hash from ombor.seal order by number desc limit 1"
    )
    .fetch_optional(connection)
    .await?;
    Ok(head)
}
