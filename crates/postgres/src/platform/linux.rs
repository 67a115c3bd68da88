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

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
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

/// The rule that lets a login copy the whole cluster over the socket.
pub(crate) fn replication_rule(login: &str) -> String {
    format!("local   replication  {login}    scram-sha-256")
}

/// A command for a setting that the server hands to the shell: the words as they are, then its own placeholders.
pub(crate) fn shell_command(words: &[&OsStr], placeholders: &[&str]) -> OsString {
    let mut command = Vec::new();
    for word in words {
        command.push(b'\'');
        for &byte in word.as_bytes() {
            match byte {
                b'\'' => command.extend(b"'\\''"),
                // To the server a percent sign begins a placeholder.
                b'%' => command.extend(b"%%"),
                _ => command.push(byte),
            }
        }
        command.extend(b"' ");
    }
    for placeholder in placeholders {
        command.extend(format!("\"{placeholder}\" ").bytes());
    }
    command.pop();
    OsString::from_vec(command)
}

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

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::shell_command;

    #[test]
    fn a_path_with_quotes_blanks_and_percent_signs_reaches_the_shell_as_it_is() {
        let words = [OsStr::new("/opt/o'mbor/a b"), OsStr::new("50%f")];
        let command = shell_command(&words, &["%p"]);
        assert_eq!(command, r#"'/opt/o'\''mbor/a b' '50%%f' "%p""#);
    }
}
