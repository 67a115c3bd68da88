//! A program that a test starts and that ends with the test.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// A running program; dropped, it is stopped and waited for.
pub struct Program {
    child: Child,
    name: String,
}

impl Program {
    /// Starts `command`. What the program prints is lost unless the command says otherwise.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).spawn().with_context(|| {
            format!("{name} cannot be started; scripts/bootstrap display installs it")
        })?;
        Ok(Self { child, name })
    }

    /// The process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the program prints, for a command that was given a pipe.
    pub fn take_stdout(&mut self) -> Result<std::process::ChildStdout> {
        self.child
            .stdout
            .take()
            .with_context(|| format!("{} has no pipe", self.name))
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Already gone is as good as stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
