//! A migration that is killed: nothing of it stays, and the next start brings the schema up to date.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ombor_core::{invariant, schema};
use ombor_postgres::{Attached, Options};
use rand::{Rng, rngs::StdRng};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;
use sqlx::{Executor, PgConnection};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::ground::{Ground, connect};
use super::restores::Victim;
use super::round::PATIENCE;
use super::strike;
use crate::until::{pass, until};

/// Written at the version at which an upgrade of the schema begins, to be found again.
const WITNESS: &str = "
    insert into ombor.user_account (id, login, name, role, password_hash)
    values ('0198a000-0000-7000-8000-000000000001', 'olim', 'Olim', 'operator', 'of no use')";

/// What a program that migrates is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MigrationPlan {
    options: Options,
}

impl MigrationPlan {
    /// Brings the schema up to date once, as each start does, and says when it begins.
    pub async fn work(self) -> Result<()> {
        let attached = ombor_postgres::attach(&self.options, |_| ()).await?;
        let mut owner = connect(&attached, schema::MIGRATE_ROLE).await?;
        writeln!(std::io::stdout(), "begun")?;
        schema::migrate(&mut owner).await?;
        Ok(())
    }
}

/// Where in the schema's making a blow falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Anywhere between an empty database and the newest schema.
    Anywhere,
    /// The database is of version `from`, and migration `at` has done all but its commit.
    Inside {
        /// The version before.
        from: i64,
        /// The migration.
        at: i64,
    },
}

/// One migration that was hit.
#[derive(Debug, Clone, Serialize)]
pub struct HitMigration {
    /// Where it was.
    pub moment: Moment,
    /// Who was hit.
    pub victim: Victim,
    /// The version that was found afterwards.
    pub left: i64,
}

/// A program that migrates, and what it still says.
struct Migrating {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

/// A connection of the role that migrates, and the hold on its server.
struct Door {
    attached: Attached,
    owner: PgConnection,
}

impl Door {
    /// Opens once the server answers; one that was killed a moment ago is being started again.
    async fn open(ground: &Ground) -> Result<Self> {
        until("an answer of the server", PATIENCE, async || {
            let opened = async {
                let attached = ground.attach().await?;
                let owner = connect(&attached, schema::MIGRATE_ROLE).await?;
                anyhow::Ok(Self { attached, owner })
            };
            Ok(opened.await.ok())
        })
        .await
    }

    /// Takes the schema away: what a new database is.
    async fn clear(&mut self) -> Result<()> {
        let clear = "set role ombor_owner; drop schema if exists ombor cascade; reset role";
        self.owner.execute(clear).await?;
        Ok(())
    }
}

/// Migrations of one database that are hit again and again.
pub struct MigrationTrial<'a> {
    program: &'a Path,
    ground: &'a Ground,
    migrations: Migrator,
    usual: Duration,
}

impl<'a> MigrationTrial<'a> {
    /// On a server whose schema, if there is one, goes. Measures how long the schema takes that nobody hits.
    pub async fn prepare(program: &'a Path, ground: &'a Ground) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
        let mut door = Door::open(ground).await?;
        door.clear().await?;
        let begun = Instant::now();
        schema::migrate(&mut door.owner).await?;
        Ok(Self {
            program,
            ground,
            migrations: Migrator::new(folder.as_path()).await?,
            usual: begun.elapsed(),
        })
    }

    /// Hits one migration and lets the next start do what it does.
    ///
    /// # Errors
    /// When anything of the migration stayed, or the next start does not bring the schema up to date by itself.
    pub async fn hit(
        &self,
        moment: Moment,
        victim: Victim,
        dice: &mut StdRng,
    ) -> Result<HitMigration> {
        let mut door = Door::open(self.ground).await?;
        door.clear().await?;
        let left = match moment {
            Moment::Anywhere => {
                let migrating = self.start().await?;
                pass(self.usual.mul_f64(dice.random_range(0.0..1.0))).await;
                self.strike(victim, migrating).await?;
                self.version_left().await?
            }
            Moment::Inside { from, at } => {
                self.migrate_to(&mut door.owner, from).await?;
                self.strike_inside(&mut door, at, victim).await?;
                let left = self.version_left().await?;
                ensure!(left == at - 1, "of migration {at} something stayed: {left}");
                left
            }
        };
        let has_witness = matches!(moment, Moment::Inside { .. });
        self.next_start(has_witness).await?;
        Ok(HitMigration {
            moment,
            victim,
            left,
        })
    }

    /// Makes the schema of an older program, with a row in it.
    async fn migrate_to(&self, owner: &mut PgConnection, version: i64) -> Result<()> {
        owner
            .execute("set role ombor_owner; create schema ombor; set search_path = ombor, pg_temp")
            .await?;
        self.migrations
            .run_direct(Some(version), &mut *owner, false)
            .await?;
        owner.execute(WITNESS).await?;
        owner.execute("reset role; reset search_path").await?;
        Ok(())
    }

    async fn start(&self) -> Result<Migrating> {
        let plan = MigrationPlan {
            options: self.ground.options.clone(),
        };
        let mut process = Command::new(self.program)
            .arg("migrations")
            .arg(serde_json::to_string(&plan)?)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let mut said = BufReader::new(process.stdout.take().context("a pipe")?).lines();
        said.next_line().await?.context("it never began")?;
        Ok(Migrating { process, said })
    }

    /// Holds migration `at` at its last statement: the row that says that it was made is ours, and not committed.
    async fn strike_inside(&self, door: &mut Door, at: i64, victim: Victim) -> Result<()> {
        let mut holding = connect(&door.attached, schema::MIGRATE_ROLE).await?;
        holding.execute("set role ombor_owner; begin").await?;
        sqlx::query(
            "insert into ombor._sqlx_migrations (version, description, success, checksum, execution_time)
             values ($1, 'held', true, '', 0)",
        )
        .bind(at)
        .execute(&mut holding)
        .await?;
        let migrating = self.start().await?;
        until("a migration that is held", PATIENCE, async || {
            let waits: bool = sqlx::query_scalar(
                "select exists (select from pg_locks where locktype = 'transactionid' and not granted)",
            )
            .fetch_one(&mut door.owner)
            .await?;
            Ok(waits.then_some(()))
        })
        .await?;
        self.strike(victim, migrating).await?;
        // Its transaction ends without a commit; on a killed server it has ended already.
        drop(holding);
        Ok(())
    }

    async fn strike(&self, victim: Victim, mut migrating: Migrating) -> Result<()> {
        match victim {
            Victim::Program => migrating.process.kill().await?,
            Victim::Server => {
                strike::signal_server(&self.ground.cluster(), Signal::KILL)?;
                // It hears that its server is gone, or was faster.
                while migrating.said.next_line().await?.is_some() {}
                migrating.process.wait().await?;
            }
        }
        Ok(())
    }

    /// The version that is there once nobody is at work any more.
    async fn version_left(&self) -> Result<i64> {
        let mut door = Door::open(self.ground).await?;
        until("the end of the killed migration", PATIENCE, async || {
            let working: i64 = sqlx::query_scalar(
                "select count(*) from pg_stat_activity
                 where datname = current_database() and backend_type = 'client backend' and state <> 'idle'
                     and pid <> pg_backend_pid()",
            )
            .fetch_one(&mut door.owner)
            .await?;
            Ok((working == 0).then_some(()))
        })
        .await?;
        Ok(schema::database_version(&mut door.owner).await?)
    }

    /// What a start does, once and without a second try; then everything is looked at.
    async fn next_start(&self, has_witness: bool) -> Result<()> {
        let mut door = Door::open(self.ground).await?;
        schema::migrate(&mut door.owner)
            .await
            .context("the next start")?;
        door.owner.execute("set role ombor_owner").await?;
        let (made, whole): (i64, i64) = sqlx::query_as(
            "select count(*), count(*) filter (where success and checksum <> '') from ombor._sqlx_migrations",
        )
        .fetch_one(&mut door.owner)
        .await?;
        let known = schema::version();
        ensure!(
            (made, whole) == (known, known),
            "{made} made, {whole} whole of {known}"
        );
        let witnesses: i64 =
            sqlx::query_scalar("select count(*) from ombor.user_account where login = 'olim'")
                .fetch_one(&mut door.owner)
                .await?;
        ensure!(
            witnesses == i64::from(has_witness),
            "{witnesses} rows from before"
        );
        let faults = invariant::faults(&mut door.owner).await?;
        ensure!(faults.is_empty(), "{faults:?}");
        Ok(())
    }
}
