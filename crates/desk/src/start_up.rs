//! From nothing to ready: folders, server, tables, faces; and back again.

use std::sync::Arc;
use std::time::Duration;

use ombor_core::people::user;
use ombor_core::{audit, schema, seal};
use ombor_postgres::journal::REPLICATION_LOGIN;
use ombor_postgres::{Attached, Step, bundle, elsewhere};
use tokio::time::timeout;

use crate::api::start::{StartPhase, StartStep};
use crate::error::{AppError, Result};
use crate::event::Event;
use crate::fault;
use crate::health;
use crate::house::{APP_ROLE, BACKUP_ROLE, Elsewhere, House, MIGRATE_ROLE};
use crate::notices;
use crate::ombor::{Ombor, lock};

/// The name of the warehouse's database.
const DATABASE: &str = "ombor";

/// How often what was written to the ledger and the audit log is sealed.
const SEAL_INTERVAL: Duration = Duration::from_mins(1);

/// How long the end waits for what is gathered to be kept.
const DRAFT_PATIENCE: Duration = Duration::from_secs(3);

/// How often it is asked whether the session still holds.
const SESSION_INTERVAL: Duration = Duration::from_secs(10);

impl Ombor {
    /// Brings the application up, telling the window each step. What keeps it from starting is told too.
    pub async fn start_up(self: Arc<Self>) {
        if let Some(seen) = lock(&self.seen).take() {
            tokio::spawn(Arc::clone(&self).follow_camera(seen));
            self.look_after_itself();
        }
        if let Err(failure) = self.come_up().await {
            self.set_start(|start| {
                start.phase = StartPhase::Failed;
                start.failure = Some(failure);
            });
        }
    }

    /// Tries to start again after a failure.
    pub async fn retry_start(self: &Arc<Self>) -> Result<()> {
        if self.start_status().phase == StartPhase::Failed {
            self.set_start(|start| {
                start.phase = StartPhase::Starting;
                start.failure = None;
            });
            Arc::clone(self).start_up().await;
        }
        Ok(())
    }

    async fn come_up(self: &Arc<Self>) -> Result<()> {
        let told = |step| self.set_start(|start| start.step = Some(step));
        told(StartStep::OpeningFolder);
        self.locations.prepare().map_err(|e| fault::from_io(&e))?;
        let before = self.locations.set_aside();
        let house = match self.elsewhere()? {
            Some(elsewhere) => House::at(elsewhere, &told).await?,
            None => House::in_bundled(self.bring_server(&told).await?, &told).await?,
        };
        let house = Arc::new(house);
        self.set_house(Some(Arc::clone(&house)));
        for name in self.locations.set_aside().difference(&before) {
            self.note_set_aside(name).await;
        }
        told(StartStep::LoadingFaces);
        self.open_gallery().await?;
        self.read_recent().await;
        let is_first_run = self.is_first_run().await?;
        self.stand_by(&house);
        self.set_start(|start| {
            start.phase = if is_first_run {
                StartPhase::NeedsSetup
            } else {
                StartPhase::Ready
            };
            start.step = None;
        });
        self.look_after().await;
        tokio::spawn(Arc::clone(self).open_backups());
        Ok(())
    }

    /// Another server than the bundled one, if there is one to use.
    fn elsewhere(&self) -> Result<Option<Elsewhere>> {
        if let Some(info) = &self.elsewhere {
            return Ok(Some(Elsewhere::from(info.clone())));
        }
        elsewhere::address(self.locations.data())
            .map_err(|e| fault::from_server(&e))?
            .map(|url| Elsewhere::of_url(&url))
            .transpose()
    }

    async fn bring_server(&self, told: &(impl Fn(StartStep) + Sync)) -> Result<Attached> {
        let bin_dir =
            bundle::find(self.resources.as_deref()).map_err(|e| fault::from_server(&e))?;
        let supervisor = bundle::supervisor().map_err(|e| fault::from_server(&e))?;
        let options = ombor_postgres::Options {
            data_dir: self.locations.data().to_owned(),
            runtime_dir: None,
            bin_dir,
            database: DATABASE.to_owned(),
            logins: [MIGRATE_ROLE, APP_ROLE, BACKUP_ROLE, REPLICATION_LOGIN]
                .map(str::to_owned)
                .to_vec(),
            bootstrap_sql: schema::ROLES_SQL.to_owned(),
            supervisor,
            limits: self.limits,
        };
        let step = |step| {
            if let Some(step) = step_of(step) {
                told(step);
            }
        };
        ombor_postgres::attach(&options, step)
            .await
            .map_err(|e| fault::from_server(&e))
    }

    /// Tells the Admin, in the audit log, that a cluster which was never finished lies in quarantine: what is in it is
    /// theirs to judge.
    async fn note_set_aside(&self, name: &str) {
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        let details = serde_json::json!({ "name": name });
        let action = "cluster_set_aside";
        if let Err(error) =
            audit::record(&mut connection, None, action, "database", None, &details).await
        {
            tracing::warn!(%error, "that could not be written to the audit log");
        }
    }

    async fn is_first_run(&self) -> Result<bool> {
        let mut connection = self.connection().await?;
        user::is_first_run(&mut connection)
            .await
            .map_err(fault::from_core)
    }

    /// The server may go away under us: bring it up again.
    fn stand_by(self: &Arc<Self>, house: &Arc<House>) {
        tokio::spawn(notices::follow(Arc::clone(self), Arc::clone(house)));
        let (ombor, house) = (Arc::clone(self), Arc::clone(house));
        tokio::spawn(async move {
            let Some(server) = &house.server else { return };
            server.closed().await;
            if ombor
                .house()
                .is_ok_and(|current| Arc::ptr_eq(&current, &house))
            {
                tracing::error!("the database server went away; it is being started again");
                ombor.look_after().await;
                ombor.rebuild().await;
            }
        });
    }

    async fn rebuild(self: &Arc<Self>) {
        let silent = |_| ();
        let brought = match self.bring_server(&silent).await {
            Ok(server) => House::in_bundled(server, &silent).await,
            Err(failure) => Err(failure),
        };
        match brought {
            Ok(house) => {
                let house = Arc::new(house);
                self.set_house(Some(Arc::clone(&house)));
                self.stand_by(&house);
                self.look_after().await;
            }
            Err(failure) => self.fail(failure),
        }
    }

    fn fail(&self, failure: AppError) {
        self.set_start(|start| {
            start.phase = StartPhase::Failed;
            start.failure = Some(failure);
        });
    }

    /// Looks after the station, the seals and the session for as long as the application runs.
    fn look_after_itself(self: &Arc<Self>) {
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(health::INTERVAL);
            loop {
                interval.tick().await;
                ombor.look_after().await;
            }
        });
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(SEAL_INTERVAL);
            loop {
                interval.tick().await;
                ombor.seal().await;
                ombor.keep_backups().await;
            }
        });
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(SESSION_INTERVAL);
            loop {
                interval.tick().await;
                ombor.watch_session().await;
            }
        });
    }

    async fn seal(&self) {
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        if let Err(error) = seal::seal_now(&mut connection).await {
            tracing::warn!(%error, "the ledger could not be sealed");
        }
    }

    /// An idle session ends by itself, and with it everybody's when another desk restores a backup, without anybody
    /// asking for anything.
    async fn watch_session(self: &Arc<Self>) {
        if self.house().is_err() {
            return;
        }
        if let Err(error) = self.notice_exchange().await {
            tracing::debug!(?error, "the database could not be looked at");
        }
        if self.session_id().is_some() && self.work().await.is_err() {
            tracing::debug!("the session could not be resumed");
        }
    }

    /// Puts everything away: the camera, the connections and, as its last client, the server.
    pub async fn shut_down(&self) {
        drop(lock(&self.camera).take());
        if timeout(DRAFT_PATIENCE, self.drafts.settled())
            .await
            .is_err()
        {
            tracing::warn!("what is gathered was not kept in time");
        }
        self.settle_files().await;
        if let Ok(house) = self.house() {
            if let Ok(mut connection) = self.connection().await
                && let Err(error) = audit::record(
                    &mut connection,
                    None,
                    "closed",
                    "application",
                    None,
                    &serde_json::json!({}),
                )
                .await
            {
                tracing::debug!(%error, "the end could not be written to the audit log");
            }
            house.pool.close().await;
        }
        self.set_house(None);
    }

    /// The session is over; the window hears of it.
    pub(crate) fn end_session(&self) {
        if self.session_id().is_none() {
            return;
        }
        self.set_session(None);
        self.set_purpose(crate::camera::Purpose::Rest);
        *lock(&self.enrolling) = None;
        if let Ok(mut bench) = self.bench.try_lock() {
            bench.clear();
        }
        self.events.emit(Event::SessionEnded);
    }
}

fn step_of(step: Step) -> Option<StartStep> {
    Some(match step {
        Step::LockingDirectory => StartStep::OpeningFolder,
        Step::CreatingCluster => StartStep::CreatingDatabase,
        Step::Starting => StartStep::StartingDatabase,
        Step::Recovering { .. } => StartStep::RecoveringDatabase,
        Step::CheckingDurability => StartStep::CheckingDatabase,
        Step::Ready => return None,
    })
}
