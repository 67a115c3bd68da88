//! A database for one test: a clone of a migrated template.

use anyhow::{Context, Result};
use ombor_core::schema;
use ombor_postgres::{ConnectInfo, Place};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool, Row,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions, Postgres},
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::Server;

/// Guards the template: several test processes may start at once.
const TEMPLATE_LOCK: i64 = 0x006f_6d62_6f72;

/// The password of the application's roles on a server that tests run on.
const ROLE_PASSWORD: &str = "of no use elsewhere";

/// A database that no living test uses is dropped after this many seconds.
const ABANDONED_AFTER_SECONDS: u64 = 3600;

/// A migrated database of one test's own. Dropped with it; what a killed test leaves is dropped by a later run.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    superuser: ConnectInfo,
    app: PgPool,
    owner: PgPool,
}

static BUNDLED_TEMPLATE: OnceCell<String> = OnceCell::const_new();
static OLDEST_TEMPLATE: OnceCell<String> = OnceCell::const_new();

impl TestDatabase {
    /// A migrated database on the bundled server.
    pub async fn create() -> Result<Self> {
        Self::on(Server::Bundled).await
    }

    /// A migrated database on a server.
    pub async fn on(server: Server) -> Result<Self> {
        let superuser = server.superuser().await?;
        let template = match server {
            Server::Bundled => {
                BUNDLED_TEMPLATE
                    .get_or_try_init(|| make_template(&superuser))
                    .await?
            }
            Server::Oldest => {
                OLDEST_TEMPLATE
                    .get_or_try_init(|| make_template(&superuser))
                    .await?
            }
        };
        Self::clone_of(template, superuser).await
    }

    /// An empty database with the roles and without a schema, on a server.
    pub async fn empty(server: Server) -> Result<Self> {
        let superuser = server.superuser().await?;
        let database = Self::clone_of("template0", superuser).await?;
        schema::prepare_roles(&mut database.superuser().await?).await?;
        Ok(database)
    }

    async fn clone_of(template: &str, superuser: ConnectInfo) -> Result<Self> {
        let name = format!("test_{}_{}", now_seconds(), Uuid::new_v4().simple());
        let mut connection = superuser.connect_options().connect().await?;
        connection
            .execute(AssertSqlSafe(format!(
                "create database {name} template {template}"
            )))
            .await?;
        connection.close().await?;
        let superuser = superuser.in_database(&name);
        let app = PgPoolOptions::new()
            .max_connections(40)
            .connect_lazy_with(as_role(&superuser, schema::APP_ROLE));
        let owner = PgPoolOptions::new()
            .max_connections(4)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("set role ombor_owner").await?;
                    Ok(())
                })
            })
            .connect_lazy_with(as_role(&superuser, schema::MIGRATE_ROLE));
        Ok(Self {
            name,
            superuser,
            app,
            owner,
        })
    }

    /// Connections with the application's own role.
    pub fn app(&self) -> &PgPool {
        &self.app
    }

    /// A connection with the application's own role.
    pub async fn connection(&self) -> Result<PoolConnection<Postgres>> {
        Ok(self.app.acquire().await?)
    }

    /// Connections with the role that owns every table.
    pub fn owner(&self) -> &PgPool {
        &self.owner
    }

    /// A connection as superuser: whatever a person with the server's files could do.
    pub async fn superuser(&self) -> Result<PgConnection> {
        Ok(self.superuser.connect_options().connect().await?)
    }

    /// A connection as the role that migrates.
    pub async fn migrator(&self) -> Result<PgConnection> {
        Ok(as_role(&self.superuser, schema::MIGRATE_ROLE)
            .connect()
            .await?)
    }

    /// What tells PostgreSQL's own programs to reach this database with the application's role.
    pub fn program_environment(&self) -> [(&'static str, String); 5] {
        let place = match &self.superuser.place {
            Place::Socket(folder) => folder.display().to_string(),
            Place::Host(host) => host.clone(),
        };
        [
            ("PGHOST", place),
            ("PGPORT", self.superuser.port.to_string()),
            ("PGDATABASE", self.name.clone()),
            ("PGUSER", schema::APP_ROLE.to_owned()),
            ("PGPASSWORD", ROLE_PASSWORD.to_owned()),
        ]
    }

    /// How its superuser reaches this database.
    pub fn superuser_info(&self) -> &ConnectInfo {
        &self.superuser
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (name, superuser) = (self.name.clone(), self.superuser.in_database("postgres"));
        // A test's own runtime may be at its end; the database goes on a thread that has one of its own.
        let dropped = std::thread::spawn(move || -> Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = superuser.connect_options().connect().await?;
                connection
                    .execute(AssertSqlSafe(format!(
                        "drop database if exists {name} with (force)"
                    )))
                    .await?;
                Ok(())
            })
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            eprintln!("the test database {} is left to a later run", self.name);
        }
    }
}

/// The template of this schema, made when missing. Its name holds the schema's fingerprint, so that a changed migration
/// makes another one.
async fn make_template(superuser: &ConnectInfo) -> Result<String> {
    let name = format!("template_{}", schema::fingerprint());
    let mut connection = superuser.connect_options().connect().await?;
    sqlx::query("select pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut connection)
        .await?;
    prepare_logins(&mut connection).await?;
    drop_abandoned(&mut connection, &name).await?;
    let is_there: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(&name)
            .fetch_one(&mut connection)
            .await?;
    if !is_there {
        let unfinished = format!("unfinished_{}", Uuid::new_v4().simple());
        connection
            .execute(AssertSqlSafe(format!(
                "create database {unfinished} template template0"
            )))
            .await?;
        let mut inside = superuser
            .in_database(&unfinished)
            .connect_options()
            .connect()
            .await?;
        schema::prepare_roles(&mut inside).await?;
        inside.close().await?;
        let mut migrator = as_role(superuser, schema::MIGRATE_ROLE)
            .database(&unfinished)
            .connect()
            .await?;
        schema::migrate(&mut migrator)
            .await
            .context("the template is migrated")?;
        migrator.close().await?;
        connection
            .execute(AssertSqlSafe(format!(
                "alter database {unfinished} rename to {name}"
            )))
            .await?;
    }
    connection.close().await?;
    Ok(name)
}

/// The application's roles get a password that tests know. They belong to the whole server, so this is done once.
async fn prepare_logins(connection: &mut PgConnection) -> Result<()> {
    schema::prepare_roles(connection).await?;
    for role in [schema::MIGRATE_ROLE, schema::APP_ROLE, schema::BACKUP_ROLE] {
        connection
            .execute(AssertSqlSafe(format!(
                "alter role {role} password '{ROLE_PASSWORD}'"
            )))
            .await?;
    }
    Ok(())
}

fn as_role(superuser: &ConnectInfo, role: &str) -> PgConnectOptions {
    superuser
        .connect_options()
        .username(role)
        .password(ROLE_PASSWORD)
}

async fn drop_abandoned(connection: &mut PgConnection, template: &str) -> Result<()> {
    let oldest = format!(
        "test_{}",
        now_seconds().saturating_sub(ABANDONED_AFTER_SECONDS)
    );
    let abandoned = sqlx::query(
        "select datname from pg_database
         where datname like 'test\\_%' and datname < $1
             or datname like 'unfinished\\_%'
             or datname like 'template\\_%' and datname <> $2",
    )
    .bind(oldest)
    .bind(template)
    .fetch_all(&mut *connection)
    .await?;
    for row in abandoned {
        let name: String = row.get(0);
        connection
            .execute(AssertSqlSafe(format!(
                "drop database if exists {name} with (force)"
            )))
            .await?;
    }
    Ok(())
}

fn now_seconds() -> u64 {
    std::time::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default()
        .as_secs()
}
