//! Backups that were restored before they are called backups.
//!
//! One snapshot of the database becomes an archive (`.dump`), plain SQL that `psql` alone restores (`.sql`) and a
//! manifest (`.json`). Everything is written under a `.partial` name, read to its end, restored into a scratch database
//! on the same server and compared table by table. Only then it is synced and renamed, the manifest last: what has a
//! manifest is whole. After that it is copied to a second device, and only after that older backups go.

mod archive;
mod beside;
mod evidence;
mod folder;
mod manifest;
mod retention;

use std::future::Future;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};

use crate::dump::{self, Partial};
use crate::steward::Act;
use crate::{ConnectInfo, Error, Steward, platform, storage};

pub use evidence::{Evidence, TableMark};
pub use manifest::{Backup, FileMark, Manifest, check, list, newest, open};
pub use retention::{Keep, superfluous};

pub(crate) use archive::{Snapshot, judge_copy, play, play_with_owners, write_archive};
pub(crate) use beside::{Beside, InUse, databases_beside, remove_database, sweep_databases};
pub(crate) use manifest::{hash, hexadecimal};

/// The database that is backed up or restored, and who may do what with it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Client programs of the server's own major version, from [`crate::bundle::find_client`].
    pub bin_dir: &'a Path,
    /// A login that may read everything.
    pub reader: &'a ConnectInfo,
    /// A login that may act as `owner`.
    pub writer: &'a ConnectInfo,
    /// The role that owns the schema.
    pub owner: &'a str,
    /// Roles that a server which takes the plain SQL may lack.
    pub roles: &'a [&'a str],
    /// Who makes databases beside this one.
    pub steward: Steward<'a>,
    /// What must be true of a copy.
    pub proof: Proof,
    /// A folder on the disk that the server fills, if it is this computer's: a scratch database needs as much room as
    /// the database itself.
    pub server_disk: Option<&'a Path>,
}

/// What the application knows about its own data.
#[derive(Debug, Clone, Copy)]
pub struct Proof {
    /// One row with one `jsonb`: what must be the same in the database and in its copy. Asked in one snapshot.
    pub facts_sql: &'static str,
    /// Rows of one `text`: each says what is wrong in itself; no row when all is well. Asked of the copy.
    pub faults_sql: &'static str,
    /// The fact that tells one application's backups from another's in a folder that both use.
    pub series: &'static str,
}

/// Where backups are kept.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The folder; it is there already.
    pub folder: PathBuf,
    /// A folder on another device.
    pub second: Option<PathBuf>,
    /// How many are kept.
    pub keep: Keep,
    /// The zone in which hours, days and months are counted.
    pub zone: FixedOffset,
    /// Bytes that stay free on each disk.
    pub leave_free_bytes: u64,
    /// Nothing is made when another program left a backup that shows this instant or a later one.
    pub unless_since: Option<DateTime<Utc>>,
}

/// How far a backup or a restore has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The database is being read; bytes written so far.
    Dumping {
        /// Bytes of the archive.
        bytes: u64,
    },
    /// The archive is read to its end and written as SQL; bytes written so far.
    Reading {
        /// Bytes of SQL.
        bytes: u64,
    },
    /// It is restored beside the database.
    Restoring,
    /// What came back is compared with what went in.
    Comparing,
    /// It is copied to the second device.
    Copying,
}

/// A backup that was made.
#[derive(Debug)]
pub struct Taken {
    /// The backup. Its manifest names [`Manifest::faults`] of the data themselves, which no copy can put right.
    pub backup: Backup,
    /// How the copy to the second device went; `None` without a second device.
    pub second: Option<Result<PathBuf, Error>>,
    /// Names of the older backups that were removed.
    pub removed: Vec<String>,
}

/// Takes a backup, proves it by a scratch restore, copies it and tidies up.
///
/// Whatever goes wrong, and when `cancelled` resolves, nothing half-made stays under a backup's name and no older
/// backup is removed. Once the backup has its name it is no longer broken off.
///
/// # Errors
/// [`Error::BackupFolder`], [`Error::BackupBusy`], [`Error::BackupThere`], [`Error::DiskFull`], [`Error::ToolMajor`],
/// [`Error::DumpFailed`], [`Error::BackupDiffers`], [`Error::Refused`], [`Error::Cancelled`].
pub async fn take(
    subject: &Subject<'_>,
    shelf: &Shelf,
    progress: &(impl Fn(Stage) + Sync),
    cancelled: impl Future<Output = ()>,
) -> Result<Taken, Error> {
    take_showing(subject, shelf, None, progress, cancelled).await
}

/// The same of a database that shows another instant than now: one that was brought back from the journal.
///
/// # Errors
/// Those of [`take`].
pub async fn take_showing(
    subject: &Subject<'_>,
    shelf: &Shelf,
    shown: Option<DateTime<Utc>>,
    progress: &(impl Fn(Stage) + Sync),
    cancelled: impl Future<Output = ()>,
) -> Result<Taken, Error> {
    let scratch = Beside::named(subject, "scratch");
    let made = tokio::select! {
        biased;
        () = cancelled => Err(Error::Cancelled),
        made = make(subject, shelf, shown, &scratch, progress) => made,
    };
    let (backup, lock) = match made {
        Ok(made) => made,
        Err(error) => {
            scratch.remove(subject).await;
            return Err(folder::named(&shelf.folder, error));
        }
    };
    let second = match &shelf.second {
        Some(device) => {
            progress(Stage::Copying);
            Some(folder::copy(&backup, device).await)
        }
        None => None,
    };
    let series = subject.proof.series;
    let mut removed = folder::tidy(&shelf.folder, shelf, &backup, series);
    if let Some(Ok(device)) = &second {
        removed.extend(folder::tidy(device, shelf, &backup, series));
    }
    drop(lock);
    Ok(Taken {
        backup,
        second,
        removed,
    })
}

/// Up to the point where the backup has its name.
async fn make(
    subject: &Subject<'_>,
    shelf: &Shelf,
    shown: Option<DateTime<Utc>>,
    scratch: &Beside,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<(Backup, folder::Lock), Error> {
    let lock = folder::Lock::take(&shelf.folder)?;
    folder::sweep(&shelf.folder);
    let server_major = dump::require_same_major(subject.bin_dir, subject.reader).await?;
    sweep_databases(subject).await?;
    let mut snapshot = Snapshot::hold(subject.reader).await?;
    require_news(subject, shelf, &mut snapshot).await?;
    require_room(subject, shelf, snapshot.size_bytes)?;

    let taken_at = shown.unwrap_or(snapshot.taken_at);
    let paths = manifest::Paths::free(&shelf.folder, taken_at);
    let dumped = Partial(storage::suffixed(&paths.archive, ".partial"));
    let plain = Partial(storage::suffixed(&paths.plain, ".partial"));
    let evidence = write_archive(subject, &mut snapshot, &dumped.0, progress).await?;
    let server_version = snapshot.release().await?;
    archive::read_to_the_end(subject, &dumped.0, &plain.0, progress).await?;

    progress(Stage::Restoring);
    let in_use = scratch.create(subject).await?;
    let copy = subject.writer.in_database(scratch.name());
    play(subject, &copy, &dumped.0).await?;
    progress(Stage::Comparing);
    let faults = judge_copy(&copy, &subject.proof, &evidence).await?;
    let gone = Act::Drop {
        name: scratch.name().to_owned(),
    };
    subject.steward.carry_out(gone).await?;
    drop(in_use);

    let manifest = Manifest {
        format: manifest::FORMAT,
        serial: manifest::next_serial(&shelf.folder),
        taken_at,
        from_journal: shown.is_some(),
        verified_at: Utc::now(),
        server_major,
        server_version,
        archive: FileMark::of(&dumped.0, &paths.archive).await?,
        plain: FileMark::of(&plain.0, &paths.plain).await?,
        evidence,
        faults,
    };
    let backup = folder::publish(&paths, dumped, plain, manifest)?;
    Ok((backup, lock))
}

/// Refuses when another program was faster. Asked while the folder is ours, so that two never make the same.
async fn require_news(
    subject: &Subject<'_>,
    shelf: &Shelf,
    snapshot: &mut Snapshot,
) -> Result<(), Error> {
    let Some(since) = shelf.unless_since else {
        return Ok(());
    };
    let facts = snapshot.facts(&subject.proof).await?;
    let series = subject.proof.series;
    let there = list(&shelf.folder).into_iter().find(|backup| {
        let manifest = &backup.manifest;
        manifest.evidence.facts.get(series) == facts.get(series)
            && (since..=snapshot.taken_at).contains(&manifest.taken_at)
    });
    match there {
        Some(backup) => Err(Error::BackupThere { name: backup.name }),
        None => Ok(()),
    }
}

/// Refuses before anything is written when a disk would fill up.
fn require_room(subject: &Subject<'_>, shelf: &Shelf, size_bytes: u64) -> Result<(), Error> {
    let last = newest(&shelf.folder).map(|backup| {
        let manifest = backup.manifest;
        manifest.archive.size_bytes + manifest.plain.size_bytes
    });
    // Without a backup to learn from, both files together are taken to be as long as the database.
    let files = last.map_or(size_bytes, |bytes| bytes + bytes / 4);
    let disks = [
        (Some(shelf.folder.as_path()), files),
        (subject.server_disk, size_bytes),
    ];
    for (disk, bytes) in disks {
        let Some(disk) = disk else { continue };
        let needed = bytes.saturating_add(shelf.leave_free_bytes);
        let free = platform::free_space(disk).map_err(Error::io(disk))?;
        if free < needed {
            return Err(Error::DiskFull { free, needed });
        }
    }
    Ok(())
}

/// The name, without its ending, of a backup that is taken at that instant.
pub(crate) fn stem(at: DateTime<Utc>) -> String {
    format!("ombor-{}", at.format("%Y-%m-%d_%H-%M-%S"))
}
