//! PostgreSQL's client programs at work.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tempfile::NamedTempFile;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

use crate::program::{clean_command, require};
use crate::server::says_disk_full;
use crate::{ConnectInfo, Error, platform};

/// How the names of password files begin.
const PASSWORD_FILE: &str = "ombor-pgpass-";
/// A program reads the password when it connects.
const PASSWORD_IS_READ_WITHIN: Duration = Duration::from_mins(10);

/// A client program before it runs. Dropped while it runs, it is killed.
pub(crate) struct Tool {
    command: Command,
    passwords: Option<NamedTempFile>,
}

/// A client program that runs.
pub(crate) struct RunningTool {
    pub(crate) child: Child,
    /// Read by the program when it connects.
    _passwords: Option<NamedTempFile>,
}

impl Tool {
    /// A program that works on files alone.
    pub(crate) fn offline(bin_dir: &Path, name: &str) -> Result<Self, Error> {
        require(bin_dir, name)?;
        let mut command = clean_command(bin_dir, name);
        command.kill_on_drop(true);
        Ok(Self {
            command,
            passwords: None,
        })
    }

    /// A program that connects as the login of `info`; neither its arguments nor its environment hold the password.
    pub(crate) fn connected(bin_dir: &Path, name: &str, info: &ConnectInfo) -> Result<Self, Error> {
        let mut tool = Self::replicating(bin_dir, name, info)?;
        tool.command.args(["--dbname", &info.database]);
        Ok(tool)
    }

    /// The same for a program that copies the whole cluster and names no database.
    pub(crate) fn replicating(
        bin_dir: &Path,
        name: &str,
        info: &ConnectInfo,
    ) -> Result<Self, Error> {
        let mut tool = Self::offline(bin_dir, name)?;
        let passwords = password_file(info)?;
        tool.command
            .arg("--no-password")
            .arg("--host")
            .arg(info.host())
            .args(["--port", &info.port.to_string()])
            .args(["--username", &info.login])
            .envs(info.tls_environment())
            .env("PGPASSFILE", passwords.path());
        tool.passwords = Some(passwords);
        Ok(tool)
    }

    pub(crate) fn args(&mut self, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> &mut Self {
        self.command.args(arguments);
        self
    }

    /// Settings of the session that the program opens, as `-c name=value`.
    pub(crate) fn session_settings(&mut self, settings: &str) -> &mut Self {
        self.command.env("PGOPTIONS", settings);
        self
    }

    /// Starts the program; its complaints are kept to be read.
    pub(crate) fn spawn(mut self, input: Stdio, output: Stdio) -> Result<RunningTool, Error> {
        self.command
            .stdin(input)
            .stdout(output)
            .stderr(Stdio::piped());
        let child = self.command.spawn().map_err(|error| Error::DumpFailed {
            message: error.to_string(),
        })?;
        Ok(RunningTool {
            child,
            _passwords: self.passwords,
        })
    }

    /// Runs the program to its end. `target` is the file or folder whose disk it fills.
    pub(crate) async fn run(self, input: Stdio, output: Stdio, target: &Path) -> Result<(), Error> {
        let mut tool = self.spawn(input, output)?;
        let mut said = String::new();
        if let Some(complaints) = &mut tool.child.stderr {
            complaints
                .read_to_string(&mut said)
                .await
                .map_err(Error::io(target))?;
        }
        let status = tool.child.wait().await.map_err(Error::io(target))?;
        judge(status, &said, target)
    }
}

/// What the end of a program means.
pub(crate) fn judge(status: ExitStatus, said: &str, target: &Path) -> Result<(), Error> {
    if says_disk_full(said) {
        return Err(Error::DiskFull {
            free: platform::free_space(target).unwrap_or(0),
            needed: 0,
        });
    }
    if status.success() {
        return Ok(());
    }
    Err(Error::DumpFailed {
        message: said.trim().to_owned(),
    })
}

/// The password in a file of its own, which goes with the program. What killed programs left is swept.
fn password_file(info: &ConnectInfo) -> Result<NamedTempFile, Error> {
    let folder = std::env::temp_dir();
    sweep_passwords(&folder);
    let password = info.password.replace('\\', "\\\\").replace(':', "\\:");
    let mut file = tempfile::Builder::new()
        .prefix(PASSWORD_FILE)
        .tempfile()
        .map_err(Error::io(&folder))?;
    writeln!(file, "*:*:*:*:{password}").map_err(Error::io(&folder))?;
    Ok(file)
}

fn sweep_passwords(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry
            .file_name()
            .to_string_lossy()
            .starts_with(PASSWORD_FILE);
        let age = entry
            .metadata()
            .and_then(|file| file.modified())
            .ok()
            .and_then(|written| written.elapsed().ok());
        if is_ours && age.is_some_and(|age| age > PASSWORD_IS_READ_WITHIN) {
            // Somebody else's may not be removed, and need not.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
