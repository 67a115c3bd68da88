//! The bundled server, through the same door that the application uses. Its cluster lies in the build's own folder and
//! is kept for the next run; every test process is a client, and with the last one the server ends.

use std::{
    env, mem,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use ombor_postgres::{ConnectInfo, Limits, Options, attach, bundle};
use tokio::process::Command;

use super::SUPERUSER;

pub(super) async fn start() -> Result<ConnectInfo> {
    let folder = build_folder()?;
    let options = Options {
        data_dir: folder.join("testkit"),
        runtime_dir: None,
        bin_dir: bundle::find(None)
            .context("the bundled PostgreSQL is fetched by installer/fetch-postgres")?,
        database: "ombor".to_owned(),
        logins: vec![SUPERUSER.to_owned()],
        bootstrap_sql: format!("create role {SUPERUSER} superuser login;"),
        supervisor: supervisor().await?,
        limits: Limits {
            ballast_bytes: 1024 * 1024,
            max_connections: 100,
            ..Limits::default()
        },
    };
    let attached = attach(&options, |_| ()).await?;
    let superuser = attached.connect_info(SUPERUSER)?.in_database("postgres");
    // The hold lasts until the process ends: then the helper sees that its client is gone.
    mem::forget(attached);
    Ok(superuser)
}

/// The folder that cargo builds into: the one above the running test's `deps`.
fn build_folder() -> Result<PathBuf> {
    let executable = env::current_exe()?;
    let folder = executable
        .ancestors()
        .find(|folder| folder.join("deps").is_dir())
        .and_then(Path::parent);
    Ok(folder
        .context("a test runs below cargo's build folder")?
        .to_owned())
}

/// The helper program. A test of one crate alone does not build the programs of another, so it is built here.
async fn supervisor() -> Result<PathBuf> {
    if let Ok(path) = bundle::supervisor() {
        return Ok(path);
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args([
        "build",
        "--quiet",
        "--package",
        "ombor-postgres",
        "--bin",
        "ombor-pgd",
    ]);
    if !cfg!(debug_assertions) {
        build.args(["--profile", "bench"]);
    }
    let built = build
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .await?;
    ensure!(built.success(), "ombor-pgd could not be built");
    Ok(bundle::supervisor()?)
}
