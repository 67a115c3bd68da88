//! The warehouse's database: the bundled server below the data directory, or the one that `DATABASE_URL` names.

use std::{
    env,
    fs::{File, TryLockError},
    io::Read,
    path::{Path, PathBuf},
};

use ombor_core::{
    actor::Actor,
    people::{local_owner, session},
    schema,
};
use ombor_postgres::journal::REPLICATION_LOGIN;
use ombor_postgres::{Attached, Limits, Options, attach, bundle, elsewhere};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

use crate::{error::Error, platform};

/// The name of the warehouse's database.
pub const DATABASE: &str = "ombor";

/// What every record of a command says about where it was given.
const STATION: &str = "omborctl";

/// Where everything lies.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// `data` if given, else `OMBOR_DATA`, else the system's place for a person's data.
    pub fn find(data: Option<PathBuf>) -> Result<Self, Error> {
        data.or_else(|| env::var_os("OMBOR_DATA").map(PathBuf::from))
            .or_else(platform::default_data_dir)
            .map(Self)
            .ok_or(Error::NoDataDir)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether a warehouse was ever opened here, or lies on a server elsewhere.
    pub fn has_warehouse(&self) -> bool {
        // An address that cannot be used is one nevertheless.
        !matches!(self.elsewhere(), Ok(None)) || self.0.join("server.lock").exists()
    }

    /// The address of another server than the bundled one, from `DATABASE_URL` or the data directory.
    pub fn elsewhere(&self) -> Result<Option<String>, Error> {
        Ok(elsewhere::address(&self.0)?)
    }

    /// The process that owns the bundled server, if one runs: its lock is asked, so that nothing is started.
    pub fn server_process(&self) -> Option<String> {
        let mut lock = File::open(self.0.join("server.lock")).ok()?;
        if !matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            return None;
        }
        let mut process = String::new();
        // Who holds the lock is certain, its number a courtesy.
        let _ = lock.read_to_string(&mut process);
        Some(process.trim().to_owned())
    }

    /// How the bundled server is started here.
    pub fn options(&self) -> Result<Options, Error> {
        Ok(Options {
            data_dir: self.0.clone(),
            runtime_dir: None,
            bin_dir: bundle::find(None)?,
            database: DATABASE.to_owned(),
            logins: [
                schema::MIGRATE_ROLE,
                schema::APP_ROLE,
                schema::BACKUP_ROLE,
                REPLICATION_LOGIN,
            ]
            .map(str::to_owned)
            .to_vec(),
            bootstrap_sql: schema::ROLES_SQL.to_owned(),
            supervisor: bundle::supervisor()?,
            limits: Limits::default(),
        })
    }
}

/// A database that is ready to be used.
pub struct House {
    /// The bundled server; none when `DATABASE_URL` names another.
    pub server: Option<Attached>,
    app: PgConnectOptions,
    migrate: PgConnectOptions,
    steps_down: bool,
}

impl House {
    /// Brings the server up, or joins the one that runs, and brings the schema up to date.
    pub async fn open(folder: &DataDir) -> Result<Self, Error> {
        let house = Self::attached(folder).await?;
        let mut owner = PgConnection::connect_with(&house.migrate).await?;
        if house.steps_down && !schema::may_prepare(&mut owner).await? {
            owner.close().await?;
            schema::require_known(&mut house.connection().await?).await?;
            return Ok(house);
        }
        if house.steps_down {
            schema::prepare_roles(&mut owner).await?;
        }
        schema::migrate(&mut owner).await?;
        owner.close().await?;
        Ok(house)
    }

    /// The same, for a command that looks and changes nothing: a folder without a warehouse is refused.
    pub async fn open_existing(folder: &DataDir) -> Result<Self, Error> {
        if folder.has_warehouse() {
            Self::open(folder).await
        } else {
            Err(Error::NoWarehouse(folder.path().display().to_string()))
        }
    }

    /// Brings the server up and leaves the schema as it is.
    pub async fn attached(folder: &DataDir) -> Result<Self, Error> {
        if let Some(url) = folder.elsewhere()? {
            let options: PgConnectOptions = url.parse()?;
            return Ok(Self {
                server: None,
                app: options.clone(),
                migrate: options,
                steps_down: true,
            });
        }
        std::fs::create_dir_all(folder.path())?;
        let server = attach(&folder.options()?, |_| ()).await?;
        Ok(Self {
            app: server.connect_options(schema::APP_ROLE)?,
            migrate: server.connect_options(schema::MIGRATE_ROLE)?,
            server: Some(server),
            steps_down: false,
        })
    }

    /// A connection with the application's own role.
    pub async fn connection(&self) -> Result<PgConnection, Error> {
        let options = self.app.clone().application_name(STATION);
        let mut connection = PgConnection::connect_with(&options).await?;
        if self.steps_down {
            sqlx::raw_sql("set role ombor_app")
                .execute(&mut connection)
                .await?;
        }
        Ok(connection)
    }

    /// The local owner, as whom a command acts.
    pub async fn local_owner(&self) -> Result<Actor, Error> {
        let options = self.migrate.clone().application_name(STATION);
        let mut owner = PgConnection::connect_with(&options).await?;
        let actor = local_owner::open_session(&mut owner, STATION).await?;
        owner.close().await?;
        Ok(actor)
    }

    /// Does something as the local owner, whose session ends with it.
    pub async fn as_owner<T>(
        &self,
        act: impl AsyncFnOnce(&mut PgConnection, &Actor) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let actor = self.local_owner().await?;
        let mut connection = self.connection().await?;
        let outcome = act(&mut connection, &actor).await;
        session::log_out(&mut connection, &actor).await?;
        connection.close().await?;
        outcome
    }
}
