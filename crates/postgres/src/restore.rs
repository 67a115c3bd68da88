//! A restore: into a fresh database beside, compared with the manifest, exchanged for the old one at one instant.
//!
//! The application stands between the two halves: [`prepare`] brings back what the backup holds, the application
//! settles in the fresh database what a restore changes (schema, lineage, sequences), [`Prepared::exchange`] gives it
//! the application's name. Until then the live database is not touched; afterwards the old one stands beside under its
//! former name until the next restore.

use std::future::Future;

use crate::backup::{
    self, Backup, Beside, InUse, Stage, Subject, databases_beside, judge_copy, play,
    remove_database,
};
use crate::steward::Act;
use crate::{ConnectInfo, Error};

/// A backup that stands beside the live database, restored and compared.
#[derive(Debug)]
pub struct Prepared<'a> {
    subject: Subject<'a>,
    fresh: Beside,
    info: ConnectInfo,
    _in_use: InUse,
}

/// Restores `backup` beside the live database.
///
/// Take a backup of the live database first: [`backup::take`].
///
/// # Errors
/// [`Error::BackupDamaged`], [`Error::OtherMajor`] for a backup of a newer server, [`Error::BackupDiffers`],
/// [`Error::DumpFailed`], [`Error::DiskFull`], [`Error::Cancelled`]. The live database is as it was.
pub async fn prepare<'a>(
    subject: Subject<'a>,
    backup: &Backup,
    progress: &(impl Fn(Stage) + Sync),
    cancelled: impl Future<Output = ()>,
) -> Result<Prepared<'a>, Error> {
    let fresh = Beside::named(&subject, "fresh");
    let filled = tokio::select! {
        biased;
        () = cancelled => Err(Error::Cancelled),
        filled = fill(&subject, &fresh, backup, progress) => filled,
    };
    match filled {
        Ok(in_use) => Ok(Prepared {
            info: subject.writer.in_database(fresh.name()),
            fresh,
            subject,
            _in_use: in_use,
        }),
        Err(error) => {
            fresh.remove(&subject).await;
            Err(error)
        }
    }
}

async fn fill(
    subject: &Subject<'_>,
    fresh: &Beside,
    backup: &Backup,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<InUse, Error> {
    let manifest = &backup.manifest;
    let server = crate::dump::require_same_major(subject.bin_dir, subject.reader).await?;
    if manifest.server_major > server {
        return Err(Error::OtherMajor {
            found: manifest.server_major,
            bundled: server,
        });
    }
    backup::check(backup).await?;
    backup::sweep_databases(subject).await?;
    progress(Stage::Restoring);
    let in_use = fresh.create(subject).await?;
    let copy = subject.writer.in_database(fresh.name());
    play(subject, &copy, &backup.archive()).await?;
    progress(Stage::Comparing);
    judge_copy(&copy, &subject.proof, &manifest.evidence).await?;
    Ok(in_use)
}

impl Prepared<'_> {
    /// How the writer reaches the fresh database.
    pub fn connect_info(&self) -> &ConnectInfo {
        &self.info
    }

    /// Gives the fresh database the application's name, and the old one another, at one instant. Every connection to
    /// either is cut off. Returns how the writer reaches the old database.
    ///
    /// # Errors
    /// [`Error::Refused`]; both databases have their names then.
    pub async fn exchange(self) -> Result<ConnectInfo, Error> {
        let former = Beside::named(&self.subject, "before");
        let act = Act::Exchange {
            fresh: self.fresh.name().to_owned(),
            former: former.name().to_owned(),
        };
        self.subject.steward.carry_out(act).await?;
        // Of the databases that restores replaced the last one is kept.
        for name in databases_beside(&self.subject, "before").await? {
            if name != former.name() {
                remove_database(&self.subject, name).await;
            }
        }
        Ok(self.subject.writer.in_database(former.name()))
    }

    /// Gives the restore up.
    pub async fn abandon(self) {
        self.fresh.remove(&self.subject).await;
    }
}
