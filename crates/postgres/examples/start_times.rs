//! Prints how long the server takes from nothing to a usable connection, and later from a stopped server.
//! The helper must have been built before: `cargo build -p ombor-postgres`.

use std::io::Write;
use std::time::{Duration, Instant};

use ombor_postgres::{Limits, Options, attach, bundle};
use sqlx::{ConnectOptions, Connection};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let options = Options {
        data_dir: folder.path().join("data"),
        runtime_dir: None,
        bin_dir: bundle::find(None)?,
        database: "ombor".to_owned(),
        logins: vec!["ombor_app".to_owned()],
        bootstrap_sql: String::new(),
        supervisor: bundle::supervisor()?,
        limits: Limits::default(),
    };
    let mut output = std::io::stdout();
    let (first, joined) = once(&options).await?;
    writeln!(
        output,
        "first start: {first:.2?} to an answered query; a second client: {joined:.2?}"
    )?;
    for round in 1..=5 {
        let (later, joined) = once(&options).await?;
        writeln!(
            output,
            "later start {round}: {later:.2?}; a second client: {joined:.2?}"
        )?;
    }
    Ok(())
}

/// Starts, asks one question, attaches once more, leaves.
async fn once(options: &Options) -> Result<(Duration, Duration), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let attached = attach(options, |_| {}).await?;
    let mut connection = attached.connect_options("ombor_app")?.connect().await?;
    sqlx::query("SELECT 1").execute(&mut connection).await?;
    let started = began.elapsed();
    connection.close().await?;
    let again = Instant::now();
    let second = attach(options, |_| {}).await?;
    let joined = again.elapsed();
    drop((attached, second));
    // The helper keeps the lock until the server has stopped.
    std::fs::File::open(options.data_dir.join("server.lock"))?.lock()?;
    Ok((started, joined))
}
