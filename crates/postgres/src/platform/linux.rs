//! Linux: Unix sockets, file modes, signals by pidfd, user namespaces.

mod account;
mod control;
mod files;
mod postmaster;

pub(crate) use account::Account;
pub(crate) use control::{
    ControlListener, ControlReader, ControlStream, ControlWriter, connect_control, split_control,
};
pub(crate) use files::{
    create_private_dir, create_private_file, file_system, free_space, is_private_file,
    program_file, replace, reserve, runtime_dirs, sync_dir,
};
pub(crate) use postmaster::{
    Occupant, Postmaster, clear_sockets, listening, occupant, place, wait_until_deserted,
};

use std::path::PathBuf;

use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

/// Who may log in, from where and how: over the socket, by password.
pub(crate) const HOST_BASED_AUTHENTICATION: &str = "\
# TYPE  DATABASE     USER  ADDRESS  METHOD
local   all          all            scram-sha-256
local   replication  all            reject
host    all          all   all      reject
";

/// Where the system's own packages keep the client programs of a major version.
pub(crate) fn installed_programs(major: u32) -> Vec<PathBuf> {
    vec![
        PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")),
        PathBuf::from(format!("/usr/pgsql-{major}/bin")),
    ]
}

/// Keeps a program from showing a window of its own, which no program does here.
pub(crate) fn without_window(_command: &mut Command) {}

/// Leaves the session of the program that started the helper, so that its end and its terminal do not reach it.
pub(crate) fn detach() -> std::io::Result<()> {
    rustix::process::setsid()?;
    std::env::set_current_dir("/")
}

/// Resolves when the system asks the helper to end.
pub(crate) async fn asked_to_end() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}
