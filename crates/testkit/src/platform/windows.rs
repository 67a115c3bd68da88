//! Windows has no PostgreSQL of its own: tests run on the bundled one alone.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use ombor_postgres::ConnectInfo;
use tokio::process::Command;

#[expect(clippy::unnecessary_wraps, reason = "root is asked for elsewhere")]
pub(crate) fn as_ordinary_user(program: &Path) -> Result<Command> {
    Ok(Command::new(program))
}

pub(crate) fn oldest_programs() -> Option<PathBuf> {
    None
}

pub(crate) async fn start_oldest() -> Result<ConnectInfo> {
    bail!("there is no older PostgreSQL here")
}
