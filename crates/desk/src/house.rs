//! The database behind the desk: the bundled server, or the one that `DATABASE_URL` names.

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection, PgConnection};

use std::time::Duration;

use std::path::Path;

use ombor_core::schema;
use ombor_postgres::{Attached, ConnectInfo, Limits};
use ombor_vault::Vault;

use crate::api::start::StartStep;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;

/// Connections that a desk holds at most.
const POOL_SIZE: u32 = 6;

/// How long a command waits for a connection before it says that the database is away.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// The role that the desk's own connections have.
pub const APP_ROLE: &str = "ombor_app";

/// The role that migrates.
pub const MIGRATE_ROLE: &str = "ombor_migrate";

/// The role that takes backups.
pub const BACKUP_ROLE: &str = "ombor_backup";

/// Another server than the bundled one.
#[derive(Clone)]
pub struct Elsewhere {
    /// As the desk's own connections reach it.
    pub options: PgConnectOptions,
    /// As PostgreSQL's programs reach it.
    pub info: ConnectInfo,
}

impl Elsewhere {
    /// The server that an address names.
    pub fn of_url(url: &str) -> Result<Self> {
        Ok(Self {
            options: url.parse().map_err(|error| fault::from_sqlx(&error))?,
            info: ConnectInfo::from_url(url).map_err(|error| fault::from_server(&error))?,
        })
    }
}

impl From<ConnectInfo> for Elsewhere {
    fn from(info: ConnectInfo) -> Self {
        Self {
            options: info.connect_options(),
            info,
        }
    }
}

/// A database that is ready to be used.
pub struct House {
    /// Connections with the application's own role.
    pub pool: PgPool,
    /// The bundled server; none when `DATABASE_URL` names another.
    pub server: Option<Attached>,
    /// The other one.
    elsewhere: Option<ConnectInfo>,
}

impl House {
    /// Migrates the bundled server's database and opens the pool.
    pub async fn in_bundled(server: Attached, told: &impl Fn(StartStep)) -> Result<Self> {
        told(StartStep::PreparingTables);
        let options = server
            .connect_options(MIGRATE_ROLE)
            .map_err(|e| fault::from_server(&e))?;
        migrate(&options).await?;
        let options = server
            .connect_options(APP_ROLE)
            .map_err(|e| fault::from_server(&e))?;
        Ok(Self {
            pool: open_pool(options, false).await?,
            server: Some(server),
            elsewhere: None,
        })
    }

    /// Prepares and opens a database on another server, by the login that its address names.
    pub async fn at(elsewhere: Elsewhere, told: &impl Fn(StartStep)) -> Result<Self> {
        told(StartStep::CheckingDatabase);
        let Elsewhere { options, info } = elsewhere;
        let mut owner = connect(&options).await?;
        schema::prepare_roles(&mut owner)
            .await
            .map_err(fault::from_core)?;
        told(StartStep::PreparingTables);
        schema::migrate(&mut owner)
            .await
            .map_err(fault::from_core)?;
        close(owner).await;
        Ok(Self {
            pool: open_pool(options, true).await?,
            server: None,
            elsewhere: Some(info),
        })
    }

    /// The warehouse's backups. `data` is the data directory, `resources` where the application's programs lie.
    pub async fn vault(
        &self,
        data: &Path,
        resources: Option<&Path>,
        limits: Limits,
    ) -> Result<Vault<'_>> {
        let vault = match (&self.server, &self.elsewhere) {
            (Some(server), _) => Vault::bundled(server, data),
            (None, Some(info)) => Vault::elsewhere(info.clone(), data, resources).await,
            (None, None) => return Err(AppError::new(ErrorCode::NotReady)),
        };
        let vault = vault.map_err(|error| fault::from_vault(&error))?;
        Ok(vault.leaving_free(limits.read_only_bytes))
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection> {
    PgConnection::connect_with(options)
        .await
        .map_err(|e| fault::from_sqlx(&e))
}

async fn migrate(options: &PgConnectOptions) -> Result<()> {
    let mut owner = connect(options).await?;
    schema::migrate(&mut owner)
        .await
        .map_err(fault::from_core)?;
    close(owner).await;
    Ok(())
}

async fn close(connection: PgConnection) {
    if let Err(error) = connection.close().await {
        tracing::debug!(%error, "a connection did not close politely");
    }
}

async fn open_pool(options: PgConnectOptions, step_down: bool) -> Result<PgPool> {
    let pool = PgPoolOptions::new()
        .max_connections(POOL_SIZE)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if step_down {
                    sqlx::query("set role ombor_app")
                        .execute(connection)
                        .await?;
                }
                Ok(())
            })
        })
        .connect_with(options.application_name("ombor"))
        .await;
    pool.map_err(|error| {
        tracing::error!(%error, "the database does not answer");
        AppError::new(ErrorCode::DatabaseUnavailable)
    })
}
