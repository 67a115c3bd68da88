//! The gate: no write is taken by a server that could lose an acknowledged one.

use sqlx::PgConnection;

use crate::Error;

/// Checks the running settings, and that no role or database is set to commit without waiting for the disk.
pub(super) async fn require(connection: &mut PgConnection) -> Result<(), Error> {
    let weak: Option<(String, String)> = sqlx::query_as(
        "SELECT name, setting FROM (
            SELECT name, setting FROM pg_settings
            WHERE (name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') AND setting <> 'on')
               OR (name IN ('data_sync_retry', 'zero_damaged_pages', 'ignore_checksum_failure') AND setting <> 'off')
            UNION ALL
            SELECT split_part(entry, '=', 1), split_part(entry, '=', 2)
            FROM pg_db_role_setting, unnest(setconfig) AS entry
            WHERE entry LIKE 'synchronous\\_commit=%' AND lower(entry) <> 'synchronous_commit=on'
         ) AS weak
         ORDER BY name LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    match weak {
        Some((setting, value)) => Err(Error::NotDurable { setting, value }),
        None => Ok(()),
    }
}
