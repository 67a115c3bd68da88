//! From one major version of PostgreSQL to the next, with a way back.
//!
//! The old cluster is started once more with the programs that made it, where nobody else reaches it, and one snapshot
//! of it becomes an archive by the bundled `pg_dump`, which reads older servers. A new cluster is made beside, filled
//! from the archive and compared with the old one: every table's rows and hash, the application's figures, roles,
//! grants, sequences. Only then both folders are exchanged. The old cluster keeps lying beside, startable, until
//! [`confirm`] removes it or [`Standing::back_out`] puts it back.
//!
//! Whatever breaks an upgrade off, the old cluster is in its place: until the exchange it is only read, and an exchange
//! that was broken off is settled by the next start of the server or the next upgrade.

mod exchange;
mod ground;
mod standing;
mod surroundings;

use std::future::Future;
use std::path::{Path, PathBuf};

use sqlx::{Connection, Executor};

use crate::backup::{
    Evidence, Proof, Snapshot, Subject, judge_copy, play_with_owners, write_archive,
};
use crate::cluster::{self, Logins, ReadyMark, SUPERUSER};
use crate::program::Programs;
use crate::server::{self, Site};
use crate::{ConnectInfo, Error, Options, Steward, bundle};

pub(crate) use exchange::settle;
pub use standing::{Standing, confirm};

use ground::Ground;
use surroundings::Surroundings;

/// What is to be upgraded.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// How the server is started from now on: data directory, programs, logins, roles.
    pub options: &'a Options,
    /// Where the programs lie that made the data: an installation, its `bin`, a bundle or an unpacked package. `None`:
    /// what the system's packages installed.
    pub programs: Option<&'a Path>,
    /// What must be the same before and after.
    pub proof: Proof,
}

/// How far an upgrade has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits until no program uses the data directory.
    Taking,
    /// The old cluster is started and read.
    Reading,
    /// A new cluster is made beside it.
    Making,
    /// What was read is written into the new one.
    Restoring,
    /// Both are compared.
    Comparing,
    /// The new one takes the old one's place. From here on nothing is broken off.
    Exchanging,
}

/// What an upgrade would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Major version of the data.
    pub from: u32,
    /// Major version of the bundled programs.
    pub to: u32,
    /// The programs that the old cluster is started with.
    pub programs: PathBuf,
    /// Bytes that it needs on the disk besides those that stay free.
    pub needed_bytes: u64,
}

/// An upgrade that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Upgraded {
    /// Major version before.
    pub from: u32,
    /// Major version now.
    pub to: u32,
    /// Where the old cluster lies.
    pub former: PathBuf,
    /// What was compared.
    pub evidence: Evidence,
    /// What was wrong in the data themselves before, and is still.
    pub faults: Vec<String>,
    /// Databases beside the application's, which stay behind in the old cluster.
    pub left_behind: Vec<String>,
}

/// Says what an upgrade would do, and touches nothing.
///
/// # Errors
/// [`Error::NothingToUpgrade`], [`Error::OldProgramsMissing`], [`Error::LoginsUnreadable`] without a whole cluster.
pub async fn look(wanted: &Wanted<'_>) -> Result<Outlook, Error> {
    let cluster = wanted.options.data_dir.join("cluster");
    let to = crate::program::major_version(&wanted.options.bin_dir, "postgres").await?;
    let from = upgradable(&cluster, to)?;
    Ok(Outlook {
        from,
        to,
        programs: bundle::find_older(wanted.programs, from).await?,
        needed_bytes: ground::needed_for(&cluster)?,
    })
}

/// The major version of a whole cluster that is older than `to`.
fn upgradable(cluster: &Path, to: u32) -> Result<u32, Error> {
    let mark = ReadyMark::require(cluster)?;
    let found = cluster::major(cluster)?.unwrap_or(mark.major);
    match found.cmp(&to) {
        std::cmp::Ordering::Less => Ok(found),
        std::cmp::Ordering::Equal => Err(Error::NothingToUpgrade { major: to }),
        std::cmp::Ordering::Greater => Err(Error::OtherMajor { found, bundled: to }),
    }
}

/// Upgrades the cluster of a data directory that no program uses.
///
/// Until the exchange everything can be broken off; `cancelled` resolves when somebody asks for that.
///
/// # Errors
/// [`Error::AlreadyOwned`] while a program uses the data directory, [`Error::UpgradeUnsettled`] after an earlier upgrade,
/// those of [`look`], [`Error::DiskFull`], [`Error::UpgradeDiffers`], [`Error::Cancelled`], and whatever the servers and
/// programs fail with. The old cluster is in its place then.
pub async fn run(
    wanted: &Wanted<'_>,
    progress: &(impl Fn(Stage) + Sync),
    cancelled: impl Future<Output = ()>,
) -> Result<Upgraded, Error> {
    progress(Stage::Taking);
    let ground = Ground::take(wanted.options).await?;
    let made = tokio::select! {
        biased;
        () = cancelled => Err(Error::Cancelled),
        made = make(wanted, &ground, progress) => made,
    };
    match made {
        Ok(made) => {
            progress(Stage::Exchanging);
            exchange(&ground, made)
        }
        Err(error) => {
            if let Err(left) = ground.clear().await {
                tracing::warn!(error = %left, "what was made stays until the next upgrade");
            }
            Err(error)
        }
    }
}

async fn make(
    wanted: &Wanted<'_>,
    ground: &Ground<'_>,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<Made, Error> {
    ground.require_settled()?;
    Work::prepare(wanted, ground).await?.make(progress).await
}

/// Gives the new cluster the old one's place.
fn exchange(ground: &Ground<'_>, made: Made) -> Result<Upgraded, Error> {
    let Made {
        from,
        to,
        found,
        faults,
    } = made;
    let former = exchange::run(ground.live(), from, to, &found.evidence.facts)?;
    ground.remove();
    Ok(Upgraded {
        from,
        to,
        former,
        evidence: found.evidence,
        faults,
        left_behind: found.left_behind,
    })
}

/// One upgrade at work.
struct Work<'a> {
    wanted: &'a Wanted<'a>,
    ground: &'a Ground<'a>,
    old: Site,
    new: Site,
}

/// What was read from the old cluster.
struct Found {
    archive: PathBuf,
    evidence: Evidence,
    surroundings: Surroundings,
    logins: Logins,
    size_bytes: u64,
    left_behind: Vec<String>,
}

/// A new cluster that holds what the old one does.
struct Made {
    from: u32,
    to: u32,
    found: Found,
    faults: Vec<String>,
}

impl<'a> Work<'a> {
    async fn prepare(wanted: &'a Wanted<'a>, ground: &'a Ground<'a>) -> Result<Self, Error> {
        let new = ground.new_site().await?;
        let cluster = ground.live().cluster();
        let from = upgradable(&cluster, new.programs.major)?;
        let programs = bundle::find_older(wanted.programs, from).await?;
        let programs = Programs::open_older(programs, ground.account()).await?;
        ground.clear().await?;
        ground.lay_out()?;
        ground.require_room(ground::needed_for(&cluster)?)?;
        Ok(Self {
            wanted,
            ground,
            old: ground.site(programs),
            new,
        })
    }

    async fn make(&self, progress: &(impl Fn(Stage) + Sync)) -> Result<Made, Error> {
        progress(Stage::Reading);
        let found = self.read().await?;
        self.ground.require_room(found.size_bytes)?;
        progress(Stage::Making);
        cluster::create(&self.new, found.logins.clone()).await?;
        let faults = self.fill(&found, progress).await?;
        Ok(Made {
            from: self.old.programs.major,
            to: self.new.programs.major,
            found,
            faults,
        })
    }

    /// Starts the old cluster and reads all that has to come over.
    async fn read(&self) -> Result<Found, Error> {
        let cluster = self.ground.live().cluster();
        let mark = ReadyMark::require(&cluster)?;
        let logins = Logins::read(&cluster)?;
        let mut running = server::launch_with(&self.old, &cluster, &[], &|_| {}).await?;
        let read = async {
            let info = running.superuser(&logins, &self.wanted.options.database)?;
            let mut connection = server::connect(&info).await?;
            let identity = server::system_identifier(&mut connection).await?;
            if identity != mark.system_identifier {
                return Err(Error::OtherIdentity {
                    expected: mark.system_identifier,
                    found: identity,
                });
            }
            let surroundings = Surroundings::of(&mut connection).await?;
            let left_behind = other_databases(&mut connection).await?;
            connection.close().await?;
            let archive = self.ground.archive();
            let mut snapshot = Snapshot::hold(&info).await?;
            let evidence =
                write_archive(&self.subject(&info), &mut snapshot, &archive, &|_| {}).await?;
            let size_bytes = snapshot.size_bytes;
            snapshot.release().await?;
            Ok(Found {
                archive,
                evidence,
                surroundings,
                logins,
                size_bytes,
                left_behind,
            })
        }
        .await;
        server::stop(&mut running.postmaster).await;
        read
    }

    /// Fills the new cluster and compares it with what was read; returns what is wrong in the data themselves.
    async fn fill(
        &self,
        found: &Found,
        progress: &(impl Fn(Stage) + Sync),
    ) -> Result<Vec<String>, Error> {
        let cluster = self.new.layout.cluster();
        let logins = Logins::read(&cluster)?;
        let mut running = server::launch_with(&self.new, &cluster, &[], &|_| {}).await?;
        let filled = async {
            let info = running.superuser(&logins, &self.wanted.options.database)?;
            let mut connection = server::connect(&info).await?;
            found.surroundings.lay_out(&mut connection).await?;
            progress(Stage::Restoring);
            let bin_dir = &self.wanted.options.bin_dir;
            play_with_owners(bin_dir, &info, &found.archive).await?;
            // An archive brings no statistics along.
            connection.execute("ANALYZE").await?;
            progress(Stage::Comparing);
            let copied = Surroundings::of(&mut connection).await?;
            if let Some(difference) = found.surroundings.difference(&copied) {
                return Err(Error::UpgradeDiffers { difference });
            }
            connection.close().await?;
            judge_copy(&info, &self.wanted.proof, &found.evidence)
                .await
                .map_err(|error| match error {
                    Error::BackupDiffers { difference } => Error::UpgradeDiffers { difference },
                    other => other,
                })
        }
        .await;
        server::stop(&mut running.postmaster).await;
        filled
    }

    /// The superuser reads everything, and names the owners.
    fn subject<'s>(&'s self, info: &'s ConnectInfo) -> Subject<'s> {
        Subject {
            bin_dir: &self.wanted.options.bin_dir,
            reader: info,
            writer: info,
            owner: SUPERUSER,
            roles: &[],
            steward: Steward::Login(info),
            proof: self.wanted.proof,
            server_disk: None,
        }
    }
}

async fn other_databases(connection: &mut sqlx::PgConnection) -> Result<Vec<String>, Error> {
    let names = sqlx::query_scalar(
        "SELECT datname::text FROM pg_database
         WHERE datname NOT IN (current_database(), 'postgres') AND NOT datistemplate ORDER BY 1",
    );
    Ok(names.fetch_all(connection).await?)
}
