//! A server and psql, as somebody would use them who has nothing else.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ombor_postgres::{Attached, ConnectInfo, Limits, Options, Place, attach, bundle};

/// Everybody who may do everything in a server that [`Database::empty`] makes.
const SUPERUSER: &str = "restorer";

/// One database, reached as one login.
pub struct Database {
    server: Attached,
    info: ConnectInfo,
}

impl Database {
    /// Starts an empty PostgreSQL 18 below `folder`.
    pub async fn empty(folder: &Path) -> Result<Self> {
        let bootstrap = format!("CREATE ROLE {SUPERUSER} LOGIN SUPERUSER");
        Self::open(
            &folder.join("empty"),
            &folder.join("er"),
            SUPERUSER,
            bootstrap,
        )
        .await
    }

    /// Joins the clients of the server that a running application has started.
    pub async fn of_application(data: &Path, runtime: &Path, login: &str) -> Result<Self> {
        Self::open(data, runtime, login, String::new()).await
    }

    async fn open(data: &Path, runtime: &Path, login: &str, bootstrap_sql: String) -> Result<Self> {
        let options = Options {
            data_dir: data.to_owned(),
            runtime_dir: Some(runtime.to_owned()),
            bin_dir: bundle::find(None)?,
            database: "ombor".to_owned(),
            logins: vec![login.to_owned()],
            bootstrap_sql,
            supervisor: bundle::supervisor()?,
            limits: Limits::default(),
        };
        let server = attach(&options, |_| {}).await?;
        let info = server.connect_info(login)?;
        Ok(Self { server, info })
    }

    /// Plays a file of SQL.
    pub fn play(&self, file: &Path) -> Result<()> {
        self.psql(&["--file", file.to_str().context("the path is not text")?])
            .map(drop)
    }

    /// Runs statements and returns what they print, a row a line.
    pub fn run(&self, statements: &str) -> Result<String> {
        self.psql(&["--command", statements])
    }

    fn psql(&self, arguments: &[&str]) -> Result<String> {
        let host = match &self.info.place {
            Place::Socket(directory) => directory.clone().into_os_string(),
            Place::Host(host) => host.into(),
        };
        let output = Command::new(self.server.bin_dir().join("psql"))
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1"])
            .args(arguments)
            .env("PGHOST", host)
            .env("PGPORT", self.info.port.to_string())
            .env("PGDATABASE", &self.info.database)
            .env("PGUSER", &self.info.login)
            .env("PGPASSWORD", &self.info.password)
            .output()?;
        ensure!(
            output.status.success(),
            "psql {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
