//! A warehouse's server, its programs and its data directory, as backups need them.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ombor_core::{invariant, schema, seal};
use ombor_postgres::backup::{self, Backup, Proof, Shelf, Stage, Subject, Taken};
use ombor_postgres::journal::REPLICATION_LOGIN;
use ombor_postgres::{Attached, ConnectInfo, Limits, Steward, bundle, restore};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::{Cancel, Error, Kept, Moment, Settings, kept, settings};

/// The role that owns the schema; nobody logs in as it.
pub(crate) const OWNER: &str = "ombor_owner";

/// Roles that a server which takes the plain SQL may lack.
pub(crate) const ROLES: &[&str] = &[
    OWNER,
    schema::MIGRATE_ROLE,
    schema::APP_ROLE,
    schema::BACKUP_ROLE,
];

/// What the warehouse knows about its own data.
pub(crate) const PROOF: Proof = Proof {
    facts_sql: invariant::FACTS_SQL,
    faults_sql: invariant::FAULTS_SQL,
    series: "lineage",
};

/// Why a backup is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody wants one now.
    Asked,
    /// The schedule, see [`crate::due_since`]. Nothing is made when another desk was faster.
    Due {
        /// A backup that shows this instant or a later one is enough.
        since: DateTime<Utc>,
    },
}

/// One warehouse's backups.
#[derive(Debug)]
pub struct Vault<'a> {
    data: PathBuf,
    pub(crate) bin_dir: PathBuf,
    pub(crate) reader: ConnectInfo,
    pub(crate) writer: ConnectInfo,
    /// The login that may copy the bundled server's cluster.
    pub(crate) copier: Option<ConnectInfo>,
    /// The helper of the bundled server; another server is told by `writer` itself.
    pub(crate) helper: Option<&'a Attached>,
    pub(crate) leave_free_bytes: u64,
}

impl<'a> Vault<'a> {
    /// The warehouse on the bundled server. `data` is the data directory.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::UnknownLogin`] when the server was attached without the roles that migrate and dump.
    pub fn bundled(attached: &'a Attached, data: &Path) -> Result<Self, Error> {
        Ok(Self {
            data: data.to_owned(),
            bin_dir: attached.bin_dir().to_owned(),
            reader: attached.connect_info(schema::BACKUP_ROLE)?,
            writer: attached.connect_info(schema::MIGRATE_ROLE)?,
            copier: attached.connect_info(REPLICATION_LOGIN).ok(),
            helper: Some(attached),
            leave_free_bytes: Limits::default().read_only_bytes,
        })
    }

    /// The warehouse on another server, reached by the login of `address`, which may make databases and act as the
    /// owner. `resources` is where the application's own programs lie.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::ToolMissing`] when no tools of the server's version are on this computer.
    pub async fn elsewhere(
        address: ConnectInfo,
        data: &Path,
        resources: Option<&Path>,
    ) -> Result<Vault<'static>, Error> {
        let mut connection = address.connect_options().connect().await?;
        let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        let major = u32::try_from(version / 10_000).unwrap_or(0);
        Ok(Vault {
            data: data.to_owned(),
            bin_dir: bundle::find_client(resources, major).await?,
            reader: address.clone(),
            writer: address,
            copier: None,
            helper: None,
            leave_free_bytes: Limits::default().read_only_bytes,
        })
    }

    /// The same with another number of bytes that stay free on each disk.
    #[must_use]
    pub fn leaving_free(mut self, bytes: u64) -> Self {
        self.leave_free_bytes = bytes;
        self
    }

    /// The data directory.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The warehouse as the server's room sees it.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            bin_dir: &self.bin_dir,
            reader: &self.reader,
            writer: &self.writer,
            owner: OWNER,
            roles: ROLES,
            steward: match self.helper {
                Some(attached) => Steward::Helper(attached),
                None => Steward::Login(&self.writer),
            },
            proof: PROOF,
            server_disk: self.helper.map(|_| self.data.as_path()),
        }
    }

    /// A connection that may act as the owner.
    pub(crate) async fn owner(&self) -> Result<PgConnection, Error> {
        Ok(self.writer.connect_options().connect().await?)
    }

    /// The warehouse at this moment, by its database's clock.
    pub async fn moment(&self) -> Result<Moment, Error> {
        let mut connection = self.reader.connect_options().connect().await?;
        let moment = Moment::of(&mut connection).await?;
        connection.close().await?;
        Ok(moment)
    }

    /// The whole backups of the folder and of the second one, the last one first; those of other warehouses too.
    pub async fn list(&self, settings: &Settings) -> Result<Vec<Kept>, Error> {
        let folder = settings.folder_in(&self.data)?;
        let second = settings.second.clone();
        let place = folder.clone();
        // A disk that was taken away may keep whoever looks at it waiting.
        let found = tokio::task::spawn_blocking(move || kept::list(&folder, second.as_deref()));
        found
            .await
            .map_err(|error| settings::refused(&place, &error.into()))
    }

    /// Seals the ledger and takes a proven backup, with a copy on the second device and the older ones tidied up.
    ///
    /// # Errors
    /// See [`backup::take`]. Nothing half-made stays.
    pub async fn take(
        &self,
        settings: &Settings,
        occasion: Occasion,
        progress: &(impl Fn(Stage) + Sync),
        cancel: &Cancel,
    ) -> Result<Taken, Error> {
        let mut shelf = self.shelf(settings).await?;
        if let Occasion::Due { since } = occasion {
            shelf.unless_since = Some(since);
        }
        self.take_onto(&shelf, progress, cancel).await
    }

    pub(crate) async fn take_onto(
        &self,
        shelf: &Shelf,
        progress: &(impl Fn(Stage) + Sync),
        cancel: &Cancel,
    ) -> Result<Taken, Error> {
        let mut owner = self.owner().await?;
        // A disk that is nearly full takes no seal, but may be backed up to another one.
        if let Err(error) = seal::seal_now(&mut owner).await {
            tracing::warn!(%error, "the ledger was not sealed before the backup");
        }
        owner.close().await?;
        let taken = backup::take(&self.subject(), shelf, progress, cancel.asked()).await;
        Ok(taken?)
    }

    pub(crate) async fn shelf(&self, settings: &Settings) -> Result<Shelf, Error> {
        Ok(Shelf {
            folder: settings.folder_in(&self.data)?,
            second: settings.second.clone(),
            keep: settings.keep,
            zone: self.moment().await?.zone,
            leave_free_bytes: self.leave_free_bytes,
            unless_since: None,
        })
    }

    /// Proves an older backup anew: its files are read to their ends, it is restored into a scratch database and
    /// compared with what it was made from. The warehouse is not touched.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::BackupDamaged`], [`ombor_postgres::Error::BackupDiffers`] and those of
    /// [`restore::prepare`].
    pub async fn verify(
        &self,
        backup: &Backup,
        progress: &(impl Fn(Stage) + Sync),
        cancel: &Cancel,
    ) -> Result<(), Error> {
        let prepared = restore::prepare(self.subject(), backup, progress, cancel.asked()).await?;
        prepared.abandon().await;
        Ok(())
    }
}
