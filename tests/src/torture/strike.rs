//! What is done to the application and its server.

use std::path::Path;

use anyhow::{Context, Result};
use rand::{Rng, rngs::StdRng};
use rustix::process::{Pid, Signal, kill_process};
use serde::Serialize;

use super::ground::Ground;
use crate::pid;

/// Whom a kill hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The application alone; its helper stops the server.
    App,
    /// The server's first process alone.
    Server,
    /// One process that serves a connection.
    Backend,
    /// The application, the helper and every process of the server: what a power cut leaves of processes.
    Everything,
}

impl Aim {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::App, Self::Server, Self::Backend, Self::Everything];

    /// Whether the application itself outlives it.
    pub fn spares_the_app(self) -> bool {
        matches!(self, Self::Server | Self::Backend)
    }
}

/// Kills whom `aim` says; the application itself is killed by its [`super::app::App`].
pub fn kill(ground: &Ground, aim: Aim, dice: &mut StdRng) -> Result<()> {
    let server = server_pid(&ground.cluster())?;
    match aim {
        Aim::App => {}
        Aim::Server => send(server, Signal::KILL),
        Aim::Backend => {
            let backends = pid::children(server)?;
            let chosen = backends[dice.random_range(0..backends.len())];
            send(chosen, Signal::KILL);
        }
        Aim::Everything => {
            let lock = std::fs::read_to_string(ground.options.data_dir.join("server.lock"))?;
            send(lock.trim().parse()?, Signal::KILL);
            for process in pid::children(server)?.into_iter().chain([server]) {
                send(process, Signal::KILL);
            }
        }
    }
    Ok(())
}

/// Sends a signal to every process of the server.
pub fn signal_server(cluster: &Path, signal: Signal) -> Result<()> {
    let server = server_pid(cluster)?;
    for process in pid::children(server)?.into_iter().chain([server]) {
        send(process, signal);
    }
    Ok(())
}

/// The server's first process.
pub fn server_pid(cluster: &Path) -> Result<u32> {
    let text = std::fs::read_to_string(cluster.join("postmaster.pid"))?;
    let line = text.lines().next().context("a process number")?;
    Ok(line.trim().parse()?)
}

/// Sends a signal to one process, which may have ended by itself.
pub(crate) fn send(process: u32, signal: Signal) {
    if let Some(process) = Pid::from_raw(process.cast_signed()) {
        let _ = kill_process(process, signal);
    }
}
