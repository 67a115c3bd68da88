//! The server through `pg_ctl`, which drops an administrator's rights and knows how to signal here.

use std::ffi::OsString;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Child;

use crate::connect_info::Place;
use crate::layout::Layout;
use crate::program::Programs;
use crate::server::PidFile;

const LOOPBACK: &str = "127.0.0.1";
const LOOK: Duration = Duration::from_millis(500);

/// Who has the process id that a pid file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occupant {
    /// Nobody.
    Nobody,
    /// A process that has nothing to do with this cluster.
    Stranger,
    /// The server of this cluster.
    Server,
}

/// A running server.
pub(crate) struct Postmaster {
    /// `pg_ctl start`, until it has seen the server come up or fail.
    starter: Option<Child>,
    /// Asks `pg_ctl` whether the server still runs.
    status: Status,
}

/// What is needed to ask for the server's state again and again.
#[derive(Clone)]
struct Status {
    programs: Programs,
    cluster: std::path::PathBuf,
}

impl Status {
    async fn runs(&self) -> bool {
        let status = pg_ctl(&self.programs, "status", &self.cluster)
            .status()
            .await;
        status.is_ok_and(|status| status.success())
    }
}

impl Postmaster {
    /// Starts the server of `cluster`; its words go to `log`. No setting's value has a space in it.
    pub(crate) fn start(
        programs: &Programs,
        cluster: &Path,
        settings: &[(&str, OsString)],
        log: std::fs::File,
    ) -> io::Result<Self> {
        let mut options = OsString::new();
        for (name, value) in settings {
            options.push(format!("-c {name}="));
            options.push(value);
            options.push(" ");
        }
        let mut command = pg_ctl(programs, "start", cluster);
        command
            .args(["--wait", "--timeout", "86400", "--options"])
            .arg(options);
        command.stdout(log.try_clone()?).stderr(log);
        let starter = Some(command.spawn()?);
        Ok(Self {
            starter,
            status: Status {
                programs: programs.clone(),
                cluster: cluster.to_owned(),
            },
        })
    }

    /// Takes over a server that somebody else started.
    pub(crate) fn adopt(programs: &Programs, cluster: &Path, _pid: u32) -> io::Result<Self> {
        Ok(Self {
            starter: None,
            status: Status {
                programs: programs.clone(),
                cluster: cluster.to_owned(),
            },
        })
    }

    /// Whether this server wrote the pid file; a killed one leaves its own behind. `pg_ctl` waits for the new one.
    pub(crate) fn wrote(&mut self, _pid_file: &PidFile) -> bool {
        self.starter
            .as_mut()
            .is_none_or(|starter| matches!(starter.try_wait(), Ok(Some(_))))
    }

    /// Resolves when the server has ended. May be called again afterwards.
    pub(crate) async fn ended(&mut self) {
        if let Some(starter) = &mut self.starter {
            let _ = starter.wait().await;
            self.starter = None;
        }
        while self.status.runs().await {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Asks for a clean end: clients are cut off, everything is written.
    pub(crate) fn stop(&self) {
        self.ask_to_end("fast");
    }

    /// Asks for an end without cleaning up; the next start recovers.
    pub(crate) fn quit(&self) {
        self.ask_to_end("immediate");
    }

    fn ask_to_end(&self, mode: &str) {
        let mut command = pg_ctl(&self.status.programs, "stop", &self.status.cluster);
        if let Err(error) = command.args(["--no-wait", "--mode", mode]).spawn() {
            tracing::error!(%error, mode, "the server could not be asked to end");
        }
    }
}

fn pg_ctl(programs: &Programs, act: &str, cluster: &Path) -> tokio::process::Command {
    let mut command = programs.command("pg_ctl");
    command.arg(act).arg("--pgdata").arg(cluster);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The settings that say where the server listens. The port is chosen once and kept.
pub(crate) fn listening(layout: &Layout) -> Vec<(&'static str, OsString)> {
    let file = layout.home().join("server.port");
    let kept = std::fs::read_to_string(&file)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let port = kept.unwrap_or_else(|| {
        let free = TcpListener::bind((LOOPBACK, 0)).and_then(|listener| listener.local_addr());
        let port = free.map_or(54_329, |address| address.port());
        if let Err(error) = std::fs::write(&file, port.to_string()) {
            tracing::error!(%error, "the port could not be kept");
        }
        port
    });
    vec![
        ("listen_addresses", LOOPBACK.into()),
        ("port", port.to_string().into()),
        // Others may leave the last writes in the drive's cache.
        ("wal_sync_method", "fsync_writethrough".into()),
    ]
}

/// Where a server says that it listens.
pub(crate) fn place(pid_file: PidFile) -> (Place, u16) {
    (Place::Host(LOOPBACK.to_owned()), pid_file.port)
}

/// Windows' own check of a server looks for its signal pipe, so a reused process id does not deceive it.
pub(crate) async fn occupant(_pid_file: &PidFile, programs: &Programs, cluster: &Path) -> Occupant {
    match pg_ctl(programs, "status", cluster)
        .status()
        .await
        .ok()
        .and_then(|status| status.code())
    {
        Some(0) => Occupant::Server,
        Some(4) => Occupant::Stranger,
        _ => Occupant::Nobody,
    }
}

/// Waits until no server works on `cluster`, at most `patience`; whether it came to that.
pub(crate) async fn wait_until_deserted(
    programs: &Programs,
    cluster: &Path,
    patience: Duration,
) -> bool {
    let status = Status {
        programs: programs.clone(),
        cluster: cluster.to_owned(),
    };
    let deserted = async {
        while status.runs().await {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(patience, deserted).await.is_ok()
}

/// Nothing stays behind of a loopback port.
pub(crate) fn clear_sockets(_layout: &Layout) -> io::Result<()> {
    Ok(())
}
