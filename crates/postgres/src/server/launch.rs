//! From a pid file to a server that takes connections.

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use super::log::{ServerLog, says_disk_full, says_recovering, says_still_in_use};
use super::pid_file::PidFile;
use super::{Site, settings};
use crate::cluster::unix_seconds;
use crate::connect_info::Place;
use crate::platform::{self, Occupant, Postmaster};
use crate::{Error, Step, journal, storage};

/// How often the pid file is looked at while the server starts.
const LOOK: Duration = Duration::from_millis(15);
/// How long a start is tried again while a killed server's processes are on their way out.
const RETRY_FOR: Duration = Duration::from_secs(15);
const RETRY_AFTER: Duration = Duration::from_millis(250);
/// A server that says nothing for this long while starting is given up. Recovery speaks every second.
const SILENCE: Duration = Duration::from_mins(3);
/// A server whose pid file was removed notices it within a minute and ends.
const LEAVE_WITHIN: Duration = Duration::from_secs(90);

/// A server that takes connections, and where.
pub(crate) struct Running {
    pub(crate) postmaster: Postmaster,
    pub(crate) place: Place,
    pub(crate) port: u16,
}

/// How a wait for a starting server ended.
enum Waited {
    Ready(PidFile),
    Ended,
}

impl Running {
    /// The server itself says where it listens; one that outlived its helper may do so elsewhere than a new one would.
    fn new(postmaster: Postmaster, pid_file: PidFile) -> Self {
        let (place, port) = platform::place(pid_file);
        Self {
            postmaster,
            place,
            port,
        }
    }
}

/// Takes over the server that runs on the cluster, else starts one.
pub(super) async fn find_or_launch(
    site: &Site,
    report: &(impl Fn(Step) + Sync),
) -> Result<Running, Error> {
    let cluster = site.layout.cluster();
    if let Some(mut postmaster) = find_running(site, &cluster).await? {
        let log = ServerLog::since_now(&site.layout.server_log());
        match wait_until_ready(&mut postmaster, &cluster, &log, report).await? {
            Waited::Ready(pid_file) => return Ok(Running::new(postmaster, pid_file)),
            // It was on its way out.
            Waited::Ended => {}
        }
    }
    launch(site, &cluster, report).await
}

/// The server that runs on the cluster. A pid file that names a stranger is set aside, once no server works there.
pub(super) async fn find_running(site: &Site, cluster: &Path) -> Result<Option<Postmaster>, Error> {
    let pid_file = PidFile::read(cluster);
    let occupant = match &pid_file {
        Some(pid_file) => platform::occupant(pid_file, &site.programs, cluster).await,
        None => Occupant::Nobody,
    };
    if let (Occupant::Server, Some(pid_file)) = (occupant, &pid_file) {
        tracing::info!(
            pid = pid_file.pid,
            "a server without a helper is taken over"
        );
        match Postmaster::adopt(&site.programs, cluster, pid_file.pid) {
            Ok(postmaster) => return Ok(Some(postmaster)),
            Err(error) => tracing::info!(%error, "it ended just now"),
        }
    }
    if !platform::wait_until_deserted(&site.programs, cluster, LEAVE_WITHIN).await {
        return Err(Error::AlreadyOwned {
            path: cluster.to_owned(),
        });
    }
    if occupant == Occupant::Stranger {
        let path = PidFile::path(cluster);
        let aside = storage::suffixed(&path, &format!(".stale-{}", unix_seconds()));
        tracing::warn!(
            ?pid_file,
            "the pid file names a process that is not the server; it is set aside"
        );
        platform::replace(&path, &aside).map_err(Error::io(&path))?;
    }
    Ok(None)
}

/// Starts a server on `cluster`, where none runs, and waits until it takes connections.
pub(crate) async fn launch(
    site: &Site,
    cluster: &Path,
    report: &(impl Fn(Step) + Sync),
) -> Result<Running, Error> {
    let own = journal::settings_for_start(&site.layout, &site.programs, &site.options);
    launch_with(site, cluster, &own, report).await
}

/// The same with more settings than those of every server.
pub(crate) async fn launch_with(
    site: &Site,
    cluster: &Path,
    own: &[(&'static str, OsString)],
    report: &(impl Fn(Step) + Sync),
) -> Result<Running, Error> {
    journal::open_door(&site.layout, cluster)?;
    let began = Instant::now();
    loop {
        platform::clear_sockets(&site.layout).map_err(Error::io(&site.layout.socket_dir))?;
        let log_file = site.layout.server_log();
        let (log, output) = ServerLog::begin(&log_file).map_err(Error::io(&log_file))?;
        let mut settings = settings::for_start(site, cluster);
        settings.extend_from_slice(own);
        let mut postmaster = Postmaster::start(&site.programs, cluster, &settings, output)
            .map_err(Error::io(cluster))?;
        match wait_until_ready(&mut postmaster, cluster, &log, report).await? {
            Waited::Ready(pid_file) => return Ok(Running::new(postmaster, pid_file)),
            Waited::Ended if says_still_in_use(&log.text()) && began.elapsed() < RETRY_FOR => {
                tokio::time::sleep(RETRY_AFTER).await;
            }
            Waited::Ended => return Err(why_it_ended(site, &log)),
        }
    }
}

/// The reason that the log gives.
pub(super) fn why_it_ended(site: &Site, log: &ServerLog) -> Error {
    let free = platform::free_space(site.layout.home()).unwrap_or(0);
    if says_disk_full(&log.text()) {
        return Error::DiskFull {
            free,
            needed: site.options.limits.start_bytes,
        };
    }
    Error::ServerDied {
        log_tail: log.tail(),
    }
}

/// Waits without a limit as long as the log grows.
async fn wait_until_ready(
    postmaster: &mut Postmaster,
    cluster: &Path,
    log: &ServerLog,
    report: &(impl Fn(Step) + Sync),
) -> Result<Waited, Error> {
    let began = Instant::now();
    let (mut length, mut spoke_at, mut reported) = (log.length(), began, 0);
    loop {
        tokio::select! {
            () = postmaster.ended() => return Ok(Waited::Ended),
            () = tokio::time::sleep(LOOK) => {}
        }
        if let Some(pid_file) = PidFile::read(cluster)
            && pid_file.status == "ready"
            && postmaster.wrote(&pid_file)
        {
            return Ok(Waited::Ready(pid_file));
        }
        if log.length() != length {
            (length, spoke_at) = (log.length(), Instant::now());
        } else if spoke_at.elapsed() > SILENCE {
            return Err(Error::StartStalled {
                seconds: SILENCE.as_secs(),
            });
        }
        let seconds = u32::try_from(began.elapsed().as_secs()).unwrap_or(u32::MAX);
        if seconds > reported && says_recovering(&log.text()) {
            reported = seconds;
            report(Step::Recovering { seconds });
        }
    }
}
