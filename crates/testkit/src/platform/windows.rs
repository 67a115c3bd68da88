//! Windows has no PostgreSQL of its own: tests run on the bundled one alone.

use std::path::PathBuf;

use anyhow::{Result, bail};
use ombor_postgres::ConnectInfo;

pub(crate) fn oldest_programs() -> Option<PathBuf> {
    None
}

pub(crate) async fn start_oldest() -> Result<ConnectInfo> {
    bail!("there is no older PostgreSQL here")
}
