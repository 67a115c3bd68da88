//! `postmaster.pid`: what the server says about itself.

use std::path::{Path, PathBuf};

/// The lines of the file that matter here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PidFile {
    /// The process that wrote it.
    pub(crate) pid: u32,
    /// The port, which also names the Unix socket.
    pub(crate) port: u16,
    /// The directory of the first Unix socket; empty when there is none.
    pub(crate) socket_dir: PathBuf,
    /// `starting`, `ready`, `stopping` or `standby`; empty while the file is young.
    pub(crate) status: String,
}

impl PidFile {
    pub(crate) fn path(cluster: &Path) -> PathBuf {
        cluster.join("postmaster.pid")
    }

    /// Reads the file; `None` when there is none or it says nothing yet.
    pub(crate) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(Self::path(cluster)).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        // A stand-alone backend writes its id with a minus sign.
        let pid = lines.next()?.trim().trim_start_matches('-').parse().ok()?;
        let port = lines
            .nth(2)
            .and_then(|port| port.trim().parse().ok())
            .unwrap_or_default();
        let socket_dir = PathBuf::from(lines.next().unwrap_or_default());
        let status = lines.nth(2).unwrap_or_default().trim().to_owned();
        Some(Self {
            pid,
            port,
            socket_dir,
            status,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_its_place_and_its_state_are_read() {
        let text = "4711\n/srv/cluster\n1780000000\n5432\n/run/x\n\n  5432001  98\nready   \n";
        let ready = PidFile {
            pid: 4711,
            port: 5432,
            socket_dir: PathBuf::from("/run/x"),
            status: "ready".to_owned(),
        };
        assert_eq!(PidFile::parse(text), Some(ready));
        let young = PidFile::parse("4711\n/srv/cluster\n").unwrap();
        assert_eq!((young.pid, young.status.as_str()), (4711, ""));
        assert_eq!(PidFile::parse(""), None);
    }
}
