//! Proof that a dump is worth something: an empty server takes it by psql alone.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ombor_postgres::{Attached, ConnectInfo, Limits, Options, Place, attach, bundle};

const SUPERUSER: &str = "restorer";

/// What stands in a restored database.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows of the ledger.
    pub movements: u32,
    /// What is on hand in the warehouse's own places, per product's SKU, as `SKU quantity`.
    pub stock: Vec<String>,
}

/// Starts an empty PostgreSQL 18 below `folder`, plays `dump` into it by psql, and looks at what is there.
pub async fn restore(dump: &Path, folder: &Path) -> Result<Restored> {
    let server = empty_server(folder).await?;
    let info = server.connect_info(SUPERUSER)?;
    let run = |arguments: &[&str]| psql(server.bin_dir(), &info, arguments);
    let path = dump.to_str().context("the dump's path is not text")?;
    run(&["--file", path])?;
    let movements = run(&["--command", "SELECT count(*) FROM ombor.movement"])?;
    let stock = run(&[
        "--command",
        "SELECT sku || ' ' || trim_scale(sum(on_hand)) FROM ombor.stock \
         JOIN ombor.product ON product.id = stock.product_id \
         JOIN ombor.location ON location.id = stock.location_id \
         WHERE location.kind = 'internal' GROUP BY sku ORDER BY sku",
    ])?;
    Ok(Restored {
        movements: movements.trim().parse()?,
        stock: stock.lines().map(str::to_owned).collect(),
    })
}

async fn empty_server(folder: &Path) -> Result<Attached> {
    let options = Options {
        data_dir: folder.join("restored"),
        runtime_dir: Some(folder.join("rr")),
        bin_dir: bundle::find(None)?,
        database: "restored".to_owned(),
        logins: vec![SUPERUSER.to_owned()],
        bootstrap_sql: format!("CREATE ROLE {SUPERUSER} LOGIN SUPERUSER"),
        supervisor: bundle::supervisor()?,
        limits: Limits::default(),
    };
    Ok(attach(&options, |_| {}).await?)
}

/// psql as somebody would type it, who has nothing else.
fn psql(bin_dir: &Path, info: &ConnectInfo, arguments: &[&str]) -> Result<String> {
    let host = match &info.place {
        Place::Socket(directory) => directory.clone().into_os_string(),
        Place::Host(host) => host.into(),
    };
    let output = Command::new(bin_dir.join("psql"))
        .args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set",
            "ON_ERROR_STOP=1",
        ])
        .args(arguments)
        .env("PGHOST", host)
        .env("PGPORT", info.port.to_string())
        .env("PGDATABASE", &info.database)
        .env("PGUSER", &info.login)
        .env("PGPASSWORD", &info.password)
        .output()?;
    ensure!(
        output.status.success(),
        "psql {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
