//! Windows: loopback with SCRAM, a named pipe for the helper, access lists by SID, the server through `pg_ctl`.
//! Written beside its Linux twin; not yet run on Windows.

mod files;
mod postmaster;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use tokio::io::{AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeServer, ServerOptions};
use tokio::process::Command;
use tokio::sync::Mutex;

use crate::Error;

pub(crate) use files::{
    create_private_dir, create_private_file, file_system, free_space, is_private_file,
    program_file, replace, reserve, runtime_dirs, sync_dir,
};
pub(crate) use postmaster::{
    Occupant, Postmaster, clear_sockets, listening, occupant, place, wait_until_deserted,
};

/// Who may log in, from where and how: from this computer, by password.
pub(crate) const HOST_BASED_AUTHENTICATION: &str = "\
# TYPE  DATABASE     USER  ADDRESS       METHOD
host    all          all   127.0.0.1/32  scram-sha-256
host    all          all   all           reject
";

/// The rule that lets a login copy the whole cluster from this computer.
pub(crate) fn replication_rule(login: &str) -> String {
    format!("host    replication  {login}  127.0.0.1/32  scram-sha-256")
}

/// A command for a setting that the server hands to the shell: the words as they are, then its own placeholders. A name
/// has no quote here; to the server a percent sign begins a placeholder.
pub(crate) fn shell_command(words: &[&OsStr], placeholders: &[&str]) -> OsString {
    let word = |word: &&OsStr| format!("\"{}\"", word.to_string_lossy().replace('%', "%%"));
    let own = placeholders.iter().map(|own| format!("\"{own}\""));
    let all: Vec<String> = words.iter().map(word).chain(own).collect();
    // The shell takes a pair of quotes around the whole away.
    OsString::from(format!("\"{}\"", all.join(" ")))
}

/// `CREATE_NO_WINDOW`.
const NO_WINDOW: u32 = 0x0800_0000;

/// Where PostgreSQL's own installer keeps the client programs of a major version.
pub(crate) fn installed_programs(major: u32) -> Vec<PathBuf> {
    std::env::var_os("ProgramFiles")
        .map(|folder| {
            PathBuf::from(folder)
                .join("PostgreSQL")
                .join(major.to_string())
                .join("bin")
        })
        .into_iter()
        .collect()
}

/// Keeps a program from showing a black window.
pub(crate) fn without_window(command: &mut Command) {
    command.creation_flags(NO_WINDOW);
}

/// Programs live on here when the one that started them ends.
pub(crate) fn detach() -> std::io::Result<()> {
    Ok(())
}

/// Resolves when the user logs off or the computer is shut down.
pub(crate) async fn asked_to_end() -> std::io::Result<()> {
    let mut close = tokio::signal::windows::ctrl_close()?;
    let mut log_off = tokio::signal::windows::ctrl_logoff()?;
    let mut shut_down = tokio::signal::windows::ctrl_shutdown()?;
    tokio::select! {
        _ = close.recv() => {}
        _ = log_off.recv() => {}
        _ = shut_down.recv() => {}
    }
    Ok(())
}

/// `pg_ctl` and `initdb` drop an administrator's rights by themselves, so everything runs as the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account;

impl Account {
    /// Whether what it runs may read and write what the user may.
    pub(crate) fn is_at_home(&self) -> bool {
        true
    }

    pub(crate) fn choose(_program: &Path) -> Result<Self, Error> {
        Ok(Self)
    }

    pub(crate) fn apply(&self, _command: &mut Command) {}

    /// The cluster lies in the data directory, whose path must be ASCII: PostgreSQL's programs know no other.
    pub(crate) fn home(&self, data_dir: &Path, _name: &str) -> Result<PathBuf, Error> {
        if data_dir.as_os_str().as_encoded_bytes().is_ascii() {
            return Ok(data_dir.to_owned());
        }
        Err(Error::UnsuitableFileSystem {
            kind: "a path with other than Latin letters".to_owned(),
            path: data_dir.to_owned(),
        })
    }

    pub(crate) fn reachable_programs(
        &self,
        bin_dir: &Path,
        _home: &Path,
    ) -> Result<PathBuf, Error> {
        Ok(bin_dir.to_owned())
    }

    pub(crate) fn private_dir(&self, path: &Path) -> Result<(), Error> {
        create_private_dir(path).map_err(Error::io(path))
    }

    pub(crate) fn give(&self, _path: &Path) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn make_cluster_private(&self, cluster: &Path) -> std::io::Result<()> {
        files::restrict_to_owner(cluster)
    }
}

/// Both directions of a conversation.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin + std::fmt::Debug> Duplex for T {}

/// A conversation between the helper and a client.
pub(crate) type ControlStream = Box<dyn Duplex>;
/// Its incoming half.
pub(crate) type ControlReader = ReadHalf<ControlStream>;
/// Its outgoing half.
pub(crate) type ControlWriter = WriteHalf<ControlStream>;

/// The helper's named pipe.
pub(crate) struct ControlListener {
    address: PathBuf,
    waiting: Mutex<NamedPipeServer>,
}

impl ControlListener {
    /// Listens under the name of `directory`.
    pub(crate) fn bind(directory: &Path) -> std::io::Result<Self> {
        let mut address = std::ffi::OsString::from(r"\\.\pipe\ombor-");
        address.push(directory.file_name().unwrap_or_default());
        let waiting = ServerOptions::new()
            .first_pipe_instance(true)
            .reject_remote_clients(true)
            .create(&address)?;
        Ok(Self {
            address: address.into(),
            waiting: Mutex::new(waiting),
        })
    }

    /// What a client gives to [`connect_control`].
    pub(crate) fn address(&self) -> &Path {
        &self.address
    }

    /// The next client.
    pub(crate) async fn accept(&self) -> std::io::Result<ControlStream> {
        let mut waiting = self.waiting.lock().await;
        waiting.connect().await?;
        let next = ServerOptions::new()
            .reject_remote_clients(true)
            .create(&self.address)?;
        Ok(Box::new(std::mem::replace(&mut *waiting, next)))
    }
}

/// Connects to a helper.
pub(crate) async fn connect_control(address: &Path) -> std::io::Result<ControlStream> {
    Ok(Box::new(ClientOptions::new().open(address)?))
}

/// Both halves of a conversation.
pub(crate) fn split_control(stream: ControlStream) -> (ControlReader, ControlWriter) {
    tokio::io::split(stream)
}
