//! What a program that wants the server says about it, and what it is told while the server comes up.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

const MEBIBYTE: u64 = 1024 * 1024;

/// Where the server lives and what must be in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Options {
    /// The application's data directory; `cluster/`, `logs/` and `quarantine/` lie below it. Made when missing.
    pub data_dir: PathBuf,
    /// Where sockets go. `None`: `ombor` in the session's runtime directory, else a private directory of its own.
    pub runtime_dir: Option<PathBuf>,
    /// The folder of PostgreSQL's programs, from [`crate::bundle::find`].
    pub bin_dir: PathBuf,
    /// The database that is made in a new cluster.
    pub database: String,
    /// LOGIN roles that get random passwords, made when missing. Plain lower-case identifiers.
    pub logins: Vec<String>,
    /// Run as superuser in the database of a new cluster, before the logins get their passwords.
    pub bootstrap_sql: String,
    /// The helper program, from [`crate::bundle::supervisor`].
    pub supervisor: PathBuf,
    /// Bounds that a test can make small.
    pub limits: Limits,
}

/// Bounds on space and connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Below this many free bytes the window warns.
    pub warn_bytes: u64,
    /// Below this many free bytes the database takes no more writes.
    pub read_only_bytes: u64,
    /// Below this many free bytes the server is not started: recovery itself needs room.
    pub start_bytes: u64,
    /// Size of the file that is given up when the disk is full, so that the server can still start.
    pub ballast_bytes: u64,
    /// Milliseconds between two looks at the free space.
    pub watch_interval_ms: u64,
    /// Connections that the server takes.
    pub max_connections: u32,
    /// Milliseconds that a helper which neither answers nor lets go of the data directory is waited for. One on its
    /// way out may need forty seconds to stop its server.
    pub owner_patience_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            warn_bytes: 2048 * MEBIBYTE,
            read_only_bytes: 500 * MEBIBYTE,
            start_bytes: 128 * MEBIBYTE,
            ballast_bytes: 256 * MEBIBYTE,
            watch_interval_ms: 10_000,
            max_connections: 30,
            owner_patience_ms: 60_000,
        }
    }
}

/// A stage of the start, for a progress display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The data directory is being taken.
    LockingDirectory,
    /// A new cluster is being made.
    CreatingCluster,
    /// The server is being started, or one that outlived its helper is being adopted.
    Starting,
    /// The server replays its log after a power cut; there is no time limit on this.
    Recovering {
        /// Seconds since the start.
        seconds: u32,
    },
    /// The running settings are being checked.
    CheckingDurability,
    /// Connections are taken.
    Ready,
}
