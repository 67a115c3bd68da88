//! The database behind the desk: the bundled server, or the one that `DATABASE_URL` names.

use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{Connection, PgConnection};

use std::path::Path;

use ombor_core::schema;
use ombor_postgres::{Attached, ConnectInfo, Limits, pool};
use ombor_vault::Vault;

use crate::api::start::StartStep;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::notices::Notices;

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
    /// The desk's voice among others on the same database.
    pub notices: Notices,
    /// The bundled server; none when `DATABASE_URL` names another.
    pub server: Option<Attached>,
    /// The other one, where this desk looks after it.
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
        let pool = open_pool(options).await?;
        Ok(Self {
            notices: Notices::open(pool.clone()),
            pool,
            server: Some(server),
            elsewhere: None,
        })
    }

    /// Prepares and opens a database on another server, by the login that its address names.
    pub async fn at(elsewhere: Elsewhere, told: &impl Fn(StartStep)) -> Result<Self> {
        told(StartStep::CheckingDatabase);
        let Elsewhere { options, info } = elsewhere;
        let mut owner = connect(&options).await?;
        let may_prepare = schema::may_prepare(&mut owner).await;
        if !may_prepare.map_err(fault::from_core)? {
            close(owner).await;
            return Self::as_guest(options).await;
        }
        schema::prepare_roles(&mut owner)
            .await
            .map_err(fault::from_core)?;
        told(StartStep::PreparingTables);
        schema::migrate(&mut owner)
            .await
            .map_err(fault::from_core)?;
        close(owner).await;
        let pool = open_pool(options).await?;
        Ok(Self {
            notices: Notices::open(pool.clone()),
            pool,
            server: None,
            elsewhere: Some(info),
        })
    }

    /// Opens a database that another desk looks after: brings up to date, backs up.
    async fn as_guest(options: PgConnectOptions) -> Result<Self> {
        let pool = open_pool(options).await?;
        let mut connection = pool.acquire().await.map_err(|e| fault::from_sqlx(&e))?;
        schema::require_known(&mut connection)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        Ok(Self {
            notices: Notices::open(pool.clone()),
            pool,
            server: None,
            elsewhere: None,
        })
    }

    /// Whether this desk looks after the backups.
    pub fn keeps_backups(&self) -> bool {
        self.server.is_some() || self.elsewhere.is_some()
    }

    /// The warehouse's backups. `data` is the data directory, `resources` where the application's programs lie.
    ///
    /// # Errors
    /// [`ErrorCode::BackupsElsewhere`] at a desk that does not look after them.
    pub async fn vault(
        &self,
        data: &Path,
        resources: Option<&Path>,
        limits: Limits,
    ) -> Result<Vault<'_>> {
        let vault = match (&self.server, &self.elsewhere) {
            (Some(server), _) => Vault::bundled(server, data),
            (None, Some(info)) => Vault::elsewhere(info.clone(), data, resources).await,
            (None, None) => return Err(AppError::new(ErrorCode::BackupsElsewhere)),
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

async fn open_pool(options: PgConnectOptions) -> Result<PgPool> {
    pool::open(options.application_name("ombor"), APP_ROLE)
        .await
        .map_err(|error| {
            tracing::error!(%error, "the database is not to be had");
            AppError::new(ErrorCode::DatabaseUnavailable)
        })
}
