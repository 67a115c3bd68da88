//! The warehouse as it was at a moment: a copy of the cluster and the journal after it, in a server of its own beside the
//! live one.

use std::ffi::OsString;
use std::fs::File;
use std::future::Future;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::cluster_copy::check;
use super::files::{Base, bases, hold};
use crate::cluster::Logins;
use crate::layout::Layout;
use crate::platform::{self, Account};
use crate::program::{Programs, require};
use crate::server::{self, Running, Site};
use crate::storage::size_of;
use crate::{ConnectInfo, Error, Options};

/// The folder in the data directory in which the recovered cluster lies.
const WORK: &str = "moment";
/// What the server says when the journal ends before the moment.
const ENDED_BEFORE: &str = "recovery ended before configured recovery target was reached";
/// What it says when a piece of the journal cannot be read.
const NOT_BROUGHT: &str = "could not restore file";

/// What is to be brought back.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The journal's folder.
    pub journal: &'a Path,
    /// The moment; `None` for the last one that there is.
    pub at: Option<DateTime<Utc>>,
    /// How the live server was started; the recovered one lies below its data directory.
    pub options: &'a Options,
    /// Bytes that stay free on the disk.
    pub leave_free_bytes: u64,
}

/// A server of its own that holds the cluster as it was. [`Recovered::remove`] ends it; who is killed before leaves a folder
/// that the next recovery removes.
pub struct Recovered {
    site: Site,
    running: Running,
    info: ConnectInfo,
    shows: Option<DateTime<Utc>>,
    _work: Work,
}

/// The folder of a recovery. One program has it at a time; the lock ends with the program.
struct Work {
    folder: PathBuf,
    _lock: File,
}

/// Recovers the cluster beside the live one.
///
/// # Errors
/// [`Error::MomentUnreachable`] says between which moments one can be brought back, [`Error::BackupBusy`] while another
/// program recovers here, [`Error::BackupDamaged`], [`Error::DiskFull`], [`Error::NoAccount`], [`Error::Cancelled`] when
/// `cancelled` resolves. Nothing stays then.
pub async fn recover(
    wanted: &Wanted<'_>,
    cancelled: impl Future<Output = ()>,
) -> Result<Recovered, Error> {
    let base = choose(wanted)?;
    let account = Account::choose(&require(&wanted.options.bin_dir, "postgres")?)?;
    if !account.is_at_home() {
        return Err(Error::NoAccount {
            reason: "a moment can be brought back only where the server works as the user"
                .to_owned(),
        });
    }
    let programs = Programs::open(wanted.options.bin_dir.clone(), account).await?;
    let work = Work::take(&wanted.options.data_dir)?;
    let site = site(wanted, &work.folder, programs)?;
    clear(&site).await?;
    let started = tokio::select! {
        biased;
        () = cancelled => Err(Error::Cancelled),
        started = start(wanted, &base, &site) => started,
    };
    match started {
        Ok((running, info)) => Ok(Recovered {
            shows: last_change(&info).await?.or(wanted.at),
            site,
            running,
            info,
            _work: work,
        }),
        Err(error) => {
            clear(&site).await?;
            Err(error)
        }
    }
}

/// The last copy that was whole at the moment, if the journal reaches it.
fn choose(wanted: &Wanted<'_>) -> Result<Base, Error> {
    let bases = bases(wanted.journal);
    let since = bases.last().map(|base| base.done_at);
    let unreachable = |until| Error::MomentUnreachable { since, until };
    let is_early_enough = |base: &Base| wanted.at.is_none_or(|at| base.done_at <= at);
    let base = bases.into_iter().find(is_early_enough);
    let base = base.ok_or_else(|| unreachable(None))?;
    let (until, _) = base.reaches(wanted.journal);
    // The last change of a piece is known to the second.
    let reached = until + chrono::Duration::seconds(1);
    match wanted.at {
        Some(at) if at > reached => Err(unreachable(Some(until))),
        _ => Ok(base),
    }
}

impl Work {
    fn take(data_dir: &Path) -> Result<Self, Error> {
        let folder = data_dir.join(WORK);
        platform::create_private_dir(&folder).map_err(Error::io(&folder))?;
        let lock = hold(&data_dir.join("moment.lock"), &folder)?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }
}

/// Removes what lies there: a copy that was made here, never a warehouse's own cluster.
async fn clear(site: &Site) -> Result<(), Error> {
    let cluster = site.layout.cluster();
    if cluster.is_dir() {
        server::stop_whatever_runs(site, &cluster).await;
        std::fs::remove_dir_all(&cluster).map_err(Error::io(&cluster))?;
    }
    Ok(())
}

/// A place of its own for the recovered server: other folders, other sockets, no journal.
fn site(wanted: &Wanted<'_>, work: &Path, programs: Programs) -> Result<Site, Error> {
    let work = work.canonicalize().map_err(Error::io(work))?;
    let options = Options {
        data_dir: work.clone(),
        ..wanted.options.clone()
    };
    let layout = Layout::prepare(work, &options, programs.account())?;
    Ok(Site::new(layout, programs, options))
}

async fn start(
    wanted: &Wanted<'_>,
    base: &Base,
    site: &Site,
) -> Result<(Running, ConnectInfo), Error> {
    let cluster = site.layout.cluster();
    require_room(wanted, base)?;
    check(base.folder.clone()).await?;
    let (from, to) = (base.folder.clone(), cluster.clone());
    let copied = tokio::task::spawn_blocking(move || copy_tree(&from, &to)).await;
    copied
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(Error::io(&cluster))?;
    let signal = cluster.join("recovery.signal");
    File::create(&signal).map_err(Error::io(&signal))?;

    let target = settings(wanted, wanted.at);
    let running = match server::launch_with(site, &cluster, &target, &|_| {}).await {
        Err(Error::ServerDied { log_tail }) if log_tail.contains(ENDED_BEFORE) => {
            let (until, has_gap) = base.reaches(wanted.journal);
            if has_gap {
                return Err(Error::MomentUnreachable {
                    since: Some(base.done_at),
                    until: Some(until),
                });
            }
            // Nothing was done after the last piece and before the moment: its end is the moment.
            server::launch_with(site, &cluster, &settings(wanted, None), &|_| {}).await?
        }
        Err(Error::ServerDied { log_tail }) if log_tail.contains(NOT_BROUGHT) => {
            return Err(Error::BackupDamaged {
                path: wanted.journal.to_owned(),
                reason: log_tail,
            });
        }
        launched => launched?,
    };
    let logins = Logins::read(&cluster)?;
    let info = running.superuser(&logins, &wanted.options.database)?;
    Ok((running, info))
}

fn require_room(wanted: &Wanted<'_>, base: &Base) -> Result<(), Error> {
    let folder = &wanted.options.data_dir;
    let bytes = size_of(&base.folder).map_err(Error::io(&base.folder))?;
    // The recovered cluster, and the rehearsal of its backup in it.
    let needed = bytes
        .saturating_mul(2)
        .saturating_add(wanted.leave_free_bytes);
    let free = platform::free_space(folder).map_err(Error::io(folder))?;
    if free < needed {
        return Err(Error::DiskFull { free, needed });
    }
    Ok(())
}

/// What the recovered server is started with: it reads the journal and never writes to it.
fn settings(wanted: &Wanted<'_>, at: Option<DateTime<Utc>>) -> Vec<(&'static str, OsString)> {
    let command = platform::shell_command(
        &[
            wanted.options.supervisor.as_os_str(),
            "bring".as_ref(),
            wanted.journal.as_os_str(),
        ],
        &["%f", "%p"],
    );
    let mut settings: Vec<(&'static str, OsString)> = vec![
        ("archive_mode", "off".into()),
        ("restore_command", command),
        // Ready means recovered: nobody reads before.
        ("hot_standby", "off".into()),
        ("recovery_target_action", "promote".into()),
        ("recovery_target_timeline", "current".into()),
        ("default_transaction_read_only", "off".into()),
    ];
    if let Some(at) = at {
        let at = at.format("%Y-%m-%d %H:%M:%S%.6f+00").to_string();
        settings.push(("recovery_target_time", at.into()));
    }
    settings
}

/// Copies files and folders, readable by their owner alone.
fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    platform::create_private_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            let mut source = File::open(entry.path())?;
            std::io::copy(&mut source, &mut platform::create_private_file(&target)?)?;
        }
    }
    Ok(())
}

/// When the last thing was done that the recovered cluster holds.
async fn last_change(info: &ConnectInfo) -> Result<Option<DateTime<Utc>>, Error> {
    let mut connection = server::connect(info).await?;
    let at = sqlx::query_scalar("SELECT pg_last_xact_replay_timestamp()")
        .fetch_one(&mut connection)
        .await?;
    sqlx::Connection::close(connection).await?;
    Ok(at)
}

impl Recovered {
    /// The superuser of the recovered server, in the application's database.
    pub fn connect_info(&self) -> &ConnectInfo {
        &self.info
    }

    /// When the last thing was done that it holds; nothing was done between that and the moment that was wanted.
    pub fn last_change(&self) -> Option<DateTime<Utc>> {
        self.shows
    }

    /// Ends the server and removes the recovered cluster.
    ///
    /// # Errors
    /// [`Error::Io`]; the next recovery tries it again.
    pub async fn remove(mut self) -> Result<(), Error> {
        server::stop(&mut self.running.postmaster).await;
        clear(&self.site).await
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::journal::files::BASE;
    use crate::{Limits, storage};

    /// A journal without pieces whose copies were done at these seconds.
    fn journal(copies: &[i64]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (number, second) in copies.iter().enumerate() {
            let base = Base {
                folder: folder.path().join(format!("{BASE}{number}")),
                done_at: at(*second),
                first_segment: format!("0000000100000000000000{number:02X}"),
                size_bytes: 0,
            };
            std::fs::create_dir(&base.folder).unwrap();
            let paper = folder.path().join(format!("{BASE}{number}.json"));
            storage::write_json(&paper, &base).unwrap();
        }
        folder
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn options(data_dir: &Path) -> Options {
        Options {
            data_dir: data_dir.to_owned(),
            runtime_dir: None,
            bin_dir: data_dir.join("no programs"),
            database: "ombor".to_owned(),
            logins: Vec::new(),
            bootstrap_sql: String::new(),
            supervisor: PathBuf::from("/opt/ombor/ombor-pgd"),
            limits: Limits::default(),
        }
    }

    fn chosen(journal: &Path, second: Option<i64>) -> Result<i64, Error> {
        let options = options(journal);
        let wanted = Wanted {
            journal,
            at: second.map(at),
            options: &options,
            leave_free_bytes: 0,
        };
        choose(&wanted).map(|base| base.done_at.timestamp())
    }

    #[test]
    fn the_last_copy_before_the_moment_is_chosen() {
        let journal = journal(&[100, 200]);
        assert_eq!(chosen(journal.path(), Some(200)), Ok(200));
        assert_eq!(chosen(journal.path(), Some(100)), Ok(100));
        assert_eq!(chosen(journal.path(), None), Ok(200));
    }

    #[test]
    fn a_moment_before_the_first_copy_or_behind_the_last_piece_is_refused_with_what_can_be_reached()
    {
        let journal = journal(&[100, 200]);
        let unreachable = |until: Option<i64>| Error::MomentUnreachable {
            since: Some(at(100)),
            until: until.map(at),
        };
        assert_eq!(chosen(journal.path(), Some(99)), Err(unreachable(None)));
        assert_eq!(
            chosen(journal.path(), Some(202)),
            Err(unreachable(Some(200)))
        );
        assert_eq!(
            chosen(journal.path(), Some(150)),
            Err(unreachable(Some(100)))
        );
    }

    #[test]
    fn a_folder_without_a_copy_brings_no_moment_back() {
        let journal = journal(&[]);
        let nothing = Error::MomentUnreachable {
            since: None,
            until: None,
        };
        assert_eq!(chosen(journal.path(), None), Err(nothing));
    }

    #[test]
    fn a_recovered_server_reads_the_journal_and_never_writes_to_it() {
        let journal = journal(&[100]);
        let options = options(journal.path());
        let wanted = Wanted {
            journal: journal.path(),
            at: None,
            options: &options,
            leave_free_bytes: 0,
        };
        let told = |at| -> BTreeMap<&str, String> {
            let settings = settings(&wanted, at).into_iter();
            let text = |value: OsString| value.to_string_lossy().into_owned();
            settings.map(|(name, value)| (name, text(value))).collect()
        };
        let last = told(None);
        assert_eq!(last["archive_mode"], "off");
        assert!(last["restore_command"].contains("bring"), "{last:?}");
        assert!(!last.contains_key("recovery_target_time"));
        let moment = told(Some(at(100)));
        assert_eq!(
            moment["recovery_target_time"],
            "1970-01-01 00:01:40.000000+00"
        );
    }
}
