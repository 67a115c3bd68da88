//! Programs of the cluster, run by an account without rights.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions, Permissions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use rustix::process::Signal;

use crate::torture::strike::send;

/// Debian's `nobody` and `nogroup`: PostgreSQL refuses to run as root.
const NOBODY: u32 = 65534;

/// Whether this program has rights that it lends to none of the others.
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives a file or folder to the account of the programs.
pub fn give(path: &Path) -> Result<()> {
    if is_root() {
        chown(path, Some(NOBODY), Some(NOBODY))?;
    }
    Ok(())
}

/// Makes a folder that is the programs' alone.
pub fn private_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path)?;
    std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
    give(path)
}

/// Writes a file that is the programs' alone.
pub fn private_file(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text)?;
    std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
    give(path)
}

/// A running program. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program(Child);

impl Program {
    /// Starts it with `folder` as its home; what it says goes to `log`.
    pub fn start<A: AsRef<OsStr>>(
        program: &str,
        arguments: impl IntoIterator<Item = A>,
        folder: &Path,
        log: &Path,
    ) -> Result<Self> {
        let output: File = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(log)?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env("HOME", folder)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let child = command.spawn().with_context(|| program.to_owned())?;
        Ok(Self(child))
    }

    /// Sends a signal to it alone.
    pub fn signal(&self, signal: Signal) {
        send(self.0.id(), signal);
    }

    /// Kills it without a word.
    pub fn kill(mut self) -> Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
