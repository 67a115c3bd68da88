//! A PC with a warehouse of PostgreSQL 16 on it, and the program that upgrades it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use ombor_core::invariant::Facts;
use ombor_core::schema;
use ombor_postgres::journal::REPLICATION_LOGIN;
use ombor_postgres::{Limits, Options, bundle};
use ombor_testkit::OldWarehouse;
use serde_json::Value;
use tempfile::TempDir;

/// A PC whose server ends with the test.
pub struct Computer {
    folder: TempDir,
    pub programs: PathBuf,
    /// What the warehouse held when it was made.
    pub before: Facts,
}

impl Computer {
    /// One with so many documents; `None`, told, where there is no PostgreSQL 16.
    pub async fn with(documents: u32) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        Self::below(folder, documents).await
    }

    /// The same below a folder that is there already.
    pub async fn below(folder: TempDir, documents: u32) -> Option<Self> {
        let Some(programs) = OldWarehouse::programs() else {
            println!("left out: installer/fetch-postgres test has not brought PostgreSQL 16");
            return None;
        };
        let data = folder.path().join("data");
        let old = OldWarehouse::lay_out(&programs, &data, documents)
            .await
            .expect("an old warehouse");
        let (before, faults) = old.look().await.expect("figures");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(before.documents, i64::from(documents));
        Some(Self {
            folder,
            programs,
            before,
        })
    }

    /// Another PC with a copy of the same warehouse.
    pub fn copied(&self) -> Self {
        let folder = TempDir::new().expect("a folder");
        let copied = Command::new("cp")
            .arg("--archive")
            .args([self.data(), folder.path().join("data")])
            .status();
        assert!(copied.expect("cp").success());
        Self {
            folder,
            programs: self.programs.clone(),
            before: self.before.clone(),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn cluster(&self) -> PathBuf {
        self.data().join("cluster")
    }

    /// The major version whose cluster is in place; `None` where there is none.
    pub fn major(&self) -> Option<u32> {
        let version = fs::read_to_string(self.cluster().join("PG_VERSION"));
        version.ok()?.trim().parse().ok()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_omborctl"));
        command
            .arg("--data")
            .arg(self.data())
            .arg("--json")
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null());
        command
    }

    /// The upgrade, with the programs of PostgreSQL 16.
    pub fn upgrade(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["upgrade", "--programs"]);
        command.arg(&self.programs).args(arguments);
        command
    }

    /// What a command answers that ends with this exit code.
    pub fn answers(&self, code: i32, arguments: &[&str]) -> Value {
        answer(code, self.command(arguments).output().expect("omborctl"))
    }

    /// What the upgrade answers that ends with this exit code.
    pub fn upgrade_answers(&self, code: i32, arguments: &[&str]) -> Value {
        answer(code, self.upgrade(arguments).output().expect("omborctl"))
    }

    /// What the warehouse holds now, which is right in itself.
    pub fn facts(&self) -> Facts {
        let verified = self.answers(0, &["verify"]);
        assert_eq!(verified["ok"], true, "{verified}");
        Facts::read(&verified).expect("facts")
    }

    /// What its own programs find in the old cluster, which is in place.
    pub async fn look_at_old(&self) -> (Facts, Vec<String>) {
        let old = OldWarehouse::at(&self.programs, &self.data());
        old.look().await.expect("the old cluster starts")
    }

    /// How the bundled server is started here.
    pub fn options(&self) -> Options {
        Options {
            data_dir: self.data(),
            runtime_dir: None,
            bin_dir: bundle::find(None).expect("the bundle"),
            database: "ombor".to_owned(),
            logins: [
                schema::MIGRATE_ROLE,
                schema::APP_ROLE,
                schema::BACKUP_ROLE,
                REPLICATION_LOGIN,
            ]
            .map(str::to_owned)
            .to_vec(),
            bootstrap_sql: schema::ROLES_SQL.to_owned(),
            supervisor: bundle::supervisor().expect("the helper program"),
            limits: Limits {
                read_only_bytes: 0,
                ballast_bytes: 0,
                owner_patience_ms: 60_000,
                ..Limits::default()
            },
        }
    }

    /// Names of everything in the data directory that an upgrade has to do with.
    pub fn traces(&self) -> Vec<String> {
        let is_trace = |name: &String| {
            let name = name.as_str();
            name != "upgrade.lock"
                && ["upgrade", "cluster-", "pg18.new-"]
                    .iter()
                    .any(|trace| name.starts_with(trace))
        };
        let quarantine = self.data().join("quarantine");
        let aside = names(&quarantine).into_iter();
        let mut traces: Vec<String> = names(&self.data())
            .into_iter()
            .filter(is_trace)
            .chain(aside)
            .collect();
        traces.sort();
        traces
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        // Where no server runs there is nothing to stop.
        let _ = self.command(&["stop"]).output();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn answer(code: i32, output: Output) -> Value {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}{complaint}");
    serde_json::from_str(&said).expect("one JSON value")
}
