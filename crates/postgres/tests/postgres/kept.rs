//! A database that is backed up: a small ledger with its roles, and a shelf.

use std::path::{Path, PathBuf};

use chrono::FixedOffset;
use ombor_postgres::backup::{self, Keep, Proof, Shelf, Subject, Taken};
use ombor_postgres::{Attached, ConnectInfo, Error, Steward};
use sqlx::Executor;

use crate::stand::{Stand, connect};

/// What the small ledger knows about itself.
const PROOF: Proof = Proof {
    facts_sql: "SELECT jsonb_build_object(
                    'sum', (SELECT sum(amount) FROM ledger.movement), 'name', (SELECT name FROM ledger.warehouse))",
    faults_sql: "SELECT 'the balance is wrong' FROM ledger.balance
                 WHERE amount <> (SELECT sum(amount) FROM ledger.movement)",
    series: "name",
};

const ROLES: &[&str] = &["ombor_owner", "ombor_backup"];

const LEDGER: &str = "
    CREATE ROLE ombor_migrate LOGIN IN ROLE ombor_owner;
    CREATE ROLE ombor_backup LOGIN IN ROLE pg_read_all_data;
    REVOKE TEMPORARY ON DATABASE ombor FROM PUBLIC;
    GRANT CREATE ON DATABASE ombor TO ombor_owner;
    GRANT CONNECT ON DATABASE ombor TO ombor_backup, ombor_migrate;
    SET ROLE ombor_owner;
    CREATE SCHEMA ledger;
    CREATE TABLE ledger.movement (id bigint PRIMARY KEY, amount numeric(18, 3) NOT NULL, note text, photo bytea);
    CREATE TABLE ledger.warehouse AS SELECT 'ours' AS name;
    CREATE TABLE ledger.balance (amount numeric(18, 3) NOT NULL CHECK (amount >= 0));
    CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
    CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON ledger.movement EXECUTE FUNCTION ledger.refuse();
    INSERT INTO ledger.movement
    SELECT n, n / 4.0, 'Ўсимлик ёғи №' || n, sha256(n::text::bytea) FROM generate_series(1, 2000) AS n;
    INSERT INTO ledger.balance SELECT sum(amount) FROM ledger.movement;
    RESET ROLE;";

/// A command of the window runs on whichever thread is free: its work must be able to move between them.
pub fn on_any_thread<T>(work: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    work
}

/// Takes a backup of whatever there is, by one login that may do everything.
pub async fn take_all(attached: &Attached, folder: &Path) -> Result<Taken, Error> {
    let login = attached.connect_info("ombor_test").unwrap();
    let subject = Subject {
        bin_dir: attached.bin_dir(),
        reader: &login,
        writer: &login,
        owner: "ombor_test",
        roles: &[],
        steward: Steward::Helper(attached),
        proof: Proof {
            facts_sql: "SELECT '{}'::jsonb",
            faults_sql: "SELECT NULL::text WHERE false",
            series: "name",
        },
        server_disk: None,
    };
    let shelf = Shelf {
        folder: folder.to_owned(),
        second: None,
        keep: Keep::default(),
        zone: FixedOffset::east_opt(0).unwrap(),
        leave_free_bytes: 0,
        unless_since: None,
    };
    backup::take(&subject, &shelf, &|_| {}, std::future::pending()).await
}

/// A server with the small ledger, and a folder for its backups.
pub struct Kept {
    pub stand: Stand,
    pub attached: Attached,
    pub shelf: Shelf,
    reader: ConnectInfo,
    writer: ConnectInfo,
}

impl Kept {
    pub async fn open() -> Self {
        let mut stand = Stand::with_cluster().await;
        let attached = stand.attach().await.unwrap();
        connect(&attached).await.execute(LEDGER).await.unwrap();
        drop(attached);
        stand
            .options
            .logins
            .extend(["ombor_backup".to_owned(), "ombor_migrate".to_owned()]);
        let attached = stand.attach().await.unwrap();
        let folder = stand.options.data_dir.join("backups");
        std::fs::create_dir(&folder).unwrap();
        Self {
            reader: attached.connect_info("ombor_backup").unwrap(),
            writer: attached.connect_info("ombor_migrate").unwrap(),
            shelf: Shelf {
                folder,
                second: None,
                keep: Keep::default(),
                zone: FixedOffset::east_opt(0).unwrap(),
                leave_free_bytes: 0,
                unless_since: None,
            },
            stand,
            attached,
        }
    }

    pub fn subject(&self) -> Subject<'_> {
        Subject {
            bin_dir: self.attached.bin_dir(),
            reader: &self.reader,
            writer: &self.writer,
            owner: "ombor_owner",
            roles: ROLES,
            steward: Steward::Helper(&self.attached),
            proof: PROOF,
            server_disk: None,
        }
    }

    pub async fn take(&self) -> Result<Taken, Error> {
        let subject = self.subject();
        on_any_thread(backup::take(
            &subject,
            &self.shelf,
            &|_| {},
            std::future::pending(),
        ))
        .await
    }

    /// The names in the backups' folder, without the lock.
    pub fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = crate::stand::entries(&self.shelf.folder)
            .iter()
            .map(|path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned())
            .filter(|name| name != "backup.lock")
            .collect();
        names.sort();
        names
    }

    /// Databases beside the application's.
    pub async fn databases(&self) -> Vec<String> {
        sqlx::query_scalar(
            "SELECT datname::text FROM pg_database WHERE datname LIKE 'ombor\\_%' ORDER BY 1",
        )
        .fetch_all(&mut connect(&self.attached).await)
        .await
        .unwrap()
    }
}
