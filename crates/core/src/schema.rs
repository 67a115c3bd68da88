//! The schema's versions and the roles of the database.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection, migrate::Migrator};

use crate::{Error, Result};

/// The roles and what they may do with the database itself. Run by a superuser in the warehouse's own database; may be
/// run again. It sets no password.
pub const ROLES_SQL: &str = include_str!("schema/roles.sql");

/// The role that migrates: `LOGIN`, member of the owner.
pub const MIGRATE_ROLE: &str = "ombor_migrate";

/// The application's role: reads tables, runs functions, writes no table.
pub const APP_ROLE: &str = "ombor_app";

/// The role that dumps.
pub const BACKUP_ROLE: &str = "ombor_backup";

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// What a migration did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// The version before, or 0 for an empty database.
    pub from: i64,
    /// The version now.
    pub to: i64,
}

/// The newest version of the schema that this program knows.
pub fn version() -> i64 {
    MIGRATOR
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

/// What the roles and the migrations are made of, in sixteen hexadecimal digits.
pub fn fingerprint() -> String {
    let mut hash = Sha256::new_with_prefix(ROLES_SQL);
    for migration in MIGRATOR.iter() {
        hash.update(&migration.checksum);
    }
    let leading = hash
        .finalize()
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{leading:016x}")
}

/// Makes the roles as a superuser in the warehouse's own database.
pub async fn prepare_roles(connection: &mut PgConnection) -> Result<()> {
    sqlx::raw_sql(ROLES_SQL).execute(connection).await?;
    Ok(())
}

/// The version of the connected database, or 0 if it is empty.
pub async fn database_version(connection: &mut PgConnection) -> Result<i64> {
    let exists: bool =
        sqlx::query_scalar("select to_regclass('ombor._sqlx_migrations') is not null")
            .fetch_one(&mut *connection)
            .await?;
    if !exists {
        return Ok(0);
    }
    let found: Option<i64> = sqlx::query_scalar("select max(version) from ombor._sqlx_migrations")
        .fetch_one(connection)
        .await?;
    Ok(found.unwrap_or(0))
}

/// Whether the connected login looks after the database: makes its roles and brings it up to date. A desk's own login
/// does not.
pub async fn may_prepare(connection: &mut PgConnection) -> Result<bool> {
    let may =
        "select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = session_user";
    Ok(sqlx::query_scalar(may).fetch_one(connection).await?)
}

/// Refuses a database that is not of [`version`]: a program that may not bring it there may not work on it either.
///
/// # Errors
/// [`Error::DatabaseNewer`] and [`Error::DatabaseOlder`].
pub async fn require_known(connection: &mut PgConnection) -> Result<()> {
    let (found, known) = (database_version(connection).await?, version());
    match found.cmp(&known) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Error::DatabaseNewer { found, known }),
        Ordering::Less => Err(Error::DatabaseOlder { found, known }),
    }
}

/// Brings the database to [`version`]. The connection is that of [`MIGRATE_ROLE`]; everything made belongs to the owner.
/// On a database that is up to date this does nothing.
///
/// # Errors
/// [`Error::DatabaseNewer`] if a newer program made the schema; nothing is changed then.
pub async fn migrate(connection: &mut PgConnection) -> Result<Applied> {
    let from = database_version(connection).await?;
    if from > version() {
        return Err(Error::DatabaseNewer {
            found: from,
            known: version(),
        });
    }
    sqlx::raw_sql("set role ombor_owner; create schema if not exists ombor; set search_path = ombor, pg_temp;")
        .execute(&mut *connection)
        .await?;
    let migrated = MIGRATOR.run_direct(None, &mut *connection, false).await;
    if connection.ping().await.is_ok() {
        sqlx::raw_sql("reset role; reset search_path;")
            .execute(&mut *connection)
            .await?;
    }
    migrated?;
    Ok(Applied {
        from,
        to: database_version(connection).await?,
    })
}
