//! The server's first process: started, found again, asked to end.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::process::Child;

use crate::connect_info::Place;
use crate::layout::Layout;
use crate::program::Programs;
use crate::server::PidFile;

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

/// A running server. It is addressed by a pidfd, so that a signal cannot reach a process that took over its id.
pub(crate) struct Postmaster {
    pid: Pid,
    pidfd: AsyncFd<OwnedFd>,
    /// Kept to be reaped; `None` when an earlier helper started it.
    child: Option<Child>,
}

impl Postmaster {
    /// Starts the server of `cluster`; its words go to `log`.
    pub(crate) fn start(
        programs: &Programs,
        cluster: &Path,
        settings: &[(&str, OsString)],
        log: std::fs::File,
    ) -> io::Result<Self> {
        let mut command = programs.command("postgres");
        command.arg("-D").arg(cluster);
        for (name, value) in settings {
            let mut setting = OsString::from(name);
            setting.push("=");
            setting.push(value);
            command.arg("-c").arg(setting);
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let mut postmaster = Self::open(pid)?;
        postmaster.child = Some(child);
        Ok(postmaster)
    }

    /// Takes over a server that somebody else started.
    pub(crate) fn adopt(_programs: &Programs, _cluster: &Path, pid: u32) -> io::Result<Self> {
        Self::open(Pid::from_raw(pid.cast_signed()))
    }

    fn open(pid: Option<Pid>) -> io::Result<Self> {
        let pid = pid.ok_or(io::ErrorKind::NotFound)?;
        let pidfd = pidfd_open(pid, PidfdFlags::empty())?;
        #[expect(
            unsafe_code,
            reason = "an OwnedFd stands for one open descriptor as long as it lives"
        )]
        // SAFETY: see the reason above.
        let pidfd = unsafe { AsyncFd::register_with_interest(pidfd, Interest::READABLE)? };
        Ok(Self {
            pid,
            pidfd,
            child: None,
        })
    }

    /// Whether this server wrote the pid file; a killed one leaves its own behind.
    pub(crate) fn wrote(&mut self, pid_file: &PidFile) -> bool {
        Pid::from_raw(pid_file.pid.cast_signed()) == Some(self.pid)
    }

    /// Resolves when the server has ended. May be called again afterwards.
    pub(crate) async fn ended(&mut self) {
        let waited = match &mut self.child {
            Some(child) => child.wait().await.map(drop),
            None => self.pidfd.readable().await.map(drop),
        };
        if let Err(error) = waited {
            tracing::error!(%error, "the server's end could not be waited for");
        }
    }

    /// Asks for a clean end: clients are cut off, everything is written.
    pub(crate) fn stop(&self) {
        self.signal(Signal::INT);
    }

    /// Asks for an end without cleaning up; the next start recovers.
    pub(crate) fn quit(&self) {
        self.signal(Signal::QUIT);
    }

    fn signal(&self, signal: Signal) {
        if let Err(error) = pidfd_send_signal(&self.pidfd, signal) {
            tracing::info!(%error, ?signal, "the server could not be signalled");
        }
    }
}

/// The settings that say where the server listens.
pub(crate) fn listening(layout: &Layout) -> Vec<(&'static str, OsString)> {
    // The setting is a list; quotes keep commas and spaces inside one entry, and a quote is doubled.
    let mut directory = vec![b'"'];
    for &byte in layout.socket_dir.as_os_str().as_bytes() {
        directory.extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
    }
    directory.push(b'"');
    vec![
        ("listen_addresses", OsString::new()),
        ("port", "5432".into()),
        ("unix_socket_directories", OsString::from_vec(directory)),
        ("unix_socket_permissions", "0700".into()),
        ("dynamic_shared_memory_type", "mmap".into()),
    ]
}

/// Where a server says that it listens.
pub(crate) fn place(pid_file: PidFile) -> (Place, u16) {
    (Place::Socket(pid_file.socket_dir), pid_file.port)
}

/// Looks at the process that a pid file names: a server has the program's name and the cluster as its directory.
pub(crate) async fn occupant(pid_file: &PidFile, _programs: &Programs, cluster: &Path) -> Occupant {
    let process = Path::new("/proc").join(pid_file.pid.to_string());
    if !process.exists() {
        Occupant::Nobody
    } else if is_server_process(&process, cluster) {
        Occupant::Server
    } else {
        Occupant::Stranger
    }
}

/// Waits until no process works in `cluster`, at most `patience`; whether it came to that.
pub(crate) async fn wait_until_deserted(
    _programs: &Programs,
    cluster: &Path,
    patience: Duration,
) -> bool {
    let deserted = async {
        while is_served(cluster) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(patience, deserted).await.is_ok()
}

fn is_served(cluster: &Path) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return false;
    };
    processes
        .filter_map(Result::ok)
        .filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .bytes()
                .all(|byte| byte.is_ascii_digit())
        })
        .any(|entry| is_server_process(&entry.path(), cluster))
}

/// A process of a server works in its cluster. A program that was replaced by an update has ` (deleted)` in its name.
fn is_server_process(process: &Path, cluster: &Path) -> bool {
    let (Ok(directory), Ok(cluster)) = (process.join("cwd").metadata(), cluster.metadata()) else {
        return false;
    };
    let program = std::fs::read_link(process.join("exe")).unwrap_or_default();
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    (directory.dev(), directory.ino()) == (cluster.dev(), cluster.ino())
        && name.starts_with("postgres")
}

/// Removes the sockets of a server that was killed. Its lock file names a process id that somebody else may have by
/// now, and the server would refuse to start. The directory serves one cluster, on which nobody works.
pub(crate) fn clear_sockets(layout: &Layout) -> io::Result<()> {
    for entry in std::fs::read_dir(&layout.socket_dir)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(".s.PGSQL.") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
