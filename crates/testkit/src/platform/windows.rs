//! Windows has no PostgreSQL of its own: tests run on the bundled one alone.

use std::path::PathBuf;

use anyhow::{Result, bail};
use sqlx::postgres::PgConnectOptions;

pub(crate) fn oldest_programs() -> Option<PathBuf> {
    None
}

pub(crate) async fn start_oldest() -> Result<PgConnectOptions> {
    bail!("there is no older PostgreSQL here")
}
