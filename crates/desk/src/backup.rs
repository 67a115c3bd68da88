//! The desk's work on backups: one thing at a time, told as it goes, by itself when it is due.

mod lineage;
mod schedule;

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use ombor_vault::anchor::Suspicion;
use ombor_vault::{Cancel, Kept, Phase, Settings, Stage, Vault};

use crate::api::backup::{BackupKind, BackupStep, BackupWork};
use crate::api::health::{BackupHealth, HealthState};
use crate::api::restore::RestoreOutcome;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::event::Event;
use crate::fault;
use crate::house::House;
use crate::ombor::{Ombor, lock};
use crate::wire::time;

/// A backup that is older asks for attention: a day, and the time that the next one takes.
const FRESH_HOURS: i64 = 25;

/// The window is told this often how many bytes there are.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// What the desk knows about the backups without looking at the disk.
#[derive(Debug, Default)]
pub struct Backups {
    running: Option<(BackupWork, Cancel)>,
    told_at: Option<Instant>,
    newest_proven_at: Option<DateTime<Utc>>,
    /// Why the last try failed.
    failure: Option<ErrorCode>,
    /// Why the last copy on the second device failed.
    second_failure: Option<ErrorCode>,
    /// Why the journal is not kept as it is set.
    journal_failure: Option<ErrorCode>,
    /// After a failure the schedule waits until then.
    not_before: Option<Instant>,
    suspicion: Option<Suspicion>,
    /// The database's epoch when it was last looked at.
    epoch: Option<i32>,
    /// When the database was last marked, and its newest change then.
    anchored: Option<(Instant, Option<DateTime<Utc>>)>,
    /// The last restore that this desk made, for whoever logs in next.
    restored: Option<RestoreOutcome>,
}

impl Backups {
    /// When the newest backup had been restored and compared.
    pub fn newest_proven_at(&self) -> Option<DateTime<Utc>> {
        self.newest_proven_at
    }

    /// How the backups are.
    pub fn health(&self, now: DateTime<Utc>) -> BackupHealth {
        let is_fresh = self
            .newest_proven_at
            .is_some_and(|at| (now - at).num_hours() < FRESH_HOURS);
        let failure = self
            .failure
            .or(self.second_failure)
            .or(self.journal_failure);
        let state = match (is_fresh, failure) {
            (true, None) => HealthState::Ok,
            (false, Some(_)) => HealthState::Failed,
            _ => HealthState::Warning,
        };
        BackupHealth {
            state,
            last_at: self.newest_proven_at.map(time),
            failure,
            elsewhere: false,
        }
    }

    /// What is being done now.
    pub fn work(&self) -> Option<BackupWork> {
        self.running.as_ref().map(|(work, _)| work.clone())
    }

    /// The last restore that this desk made.
    pub fn restored(&self) -> Option<RestoreOutcome> {
        self.restored.clone()
    }

    /// Keeps what the last restore did.
    pub fn set_restored(&mut self, outcome: Option<RestoreOutcome>) {
        self.restored = outcome;
    }

    /// What failed under other settings may succeed now.
    pub fn settings_changed(&mut self) {
        self.not_before = None;
        self.second_failure = None;
    }

    /// What kept the journal from being kept is over; the next look finds out whether it is.
    pub fn journal_changed(&mut self) {
        self.journal_failure = None;
    }

    /// Asks whoever works on backups to stop.
    pub fn cancel(&self) {
        if let Some((_, cancel)) = &self.running {
            cancel.ask();
        }
    }
}

/// The right to work on backups; given back when it is dropped.
pub struct Running<'a> {
    ombor: &'a Ombor,
    /// Breaks the work off.
    pub cancel: Cancel,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        lock(&self.ombor.backups).running = None;
        self.ombor.events.emit(Event::BackupChanged(None));
    }
}

impl Running<'_> {
    /// Tells the window how far a backup has come.
    pub fn tell(&self, stage: Stage) {
        self.tell_step(step_of(stage), false);
    }

    /// Tells the window how many bytes the copy of the cluster has.
    pub fn tell_copying(&self, bytes: u64) {
        self.tell_step((BackupStep::CopyingCluster, Some(bytes)), false);
    }

    /// Tells the window how far a moment has been brought back from the journal.
    pub fn tell_recovery(&self, stage: Stage) {
        let (_, bytes) = step_of(stage);
        self.tell_step((BackupStep::Recovering, bytes), false);
    }

    /// Tells the window how far a restore has come.
    pub fn tell_phase(&self, phase: Phase) {
        match phase {
            Phase::Safety(stage) => self.tell_step(step_of(stage), true),
            Phase::Bringing(stage) => self.tell_step(step_of(stage), false),
            Phase::Exchanging => self.tell_step((BackupStep::Exchanging, None), false),
        }
    }

    fn tell_step(&self, (step, bytes): (BackupStep, Option<u64>), safety: bool) {
        let work = {
            let mut backups = lock(&self.ombor.backups);
            let is_early = backups.told_at.is_some_and(|at| at.elapsed() < TELL_EVERY);
            let Some((work, _)) = &mut backups.running else {
                return;
            };
            if (work.step, work.safety) == (step, safety) && is_early {
                return;
            }
            work.step = step;
            work.safety = safety;
            work.bytes = bytes.map(|bytes| bytes.to_string());
            let work = work.clone();
            backups.told_at = Some(Instant::now());
            work
        };
        self.ombor.events.emit(Event::BackupChanged(Some(work)));
    }
}

fn first_step(kind: BackupKind) -> BackupStep {
    match kind {
        BackupKind::Taking | BackupKind::Restoring => BackupStep::Dumping,
        BackupKind::Verifying => BackupStep::Restoring,
        BackupKind::GoingBack => BackupStep::Recovering,
        BackupKind::Copying => BackupStep::CopyingCluster,
    }
}

fn step_of(stage: Stage) -> (BackupStep, Option<u64>) {
    match stage {
        Stage::Dumping { bytes } => (BackupStep::Dumping, Some(bytes)),
        Stage::Reading { bytes } => (BackupStep::Reading, Some(bytes)),
        Stage::Restoring => (BackupStep::Restoring, None),
        Stage::Comparing => (BackupStep::Comparing, None),
        Stage::Copying => (BackupStep::Copying, None),
    }
}

impl Ombor {
    /// Begins work on backups.
    ///
    /// # Errors
    /// [`ErrorCode::BackupBusy`] while other work goes on at this desk.
    pub(crate) fn begin(&self, kind: BackupKind, automatic: bool) -> Result<Running<'_>> {
        let work = BackupWork {
            kind,
            step: first_step(kind),
            safety: false,
            bytes: None,
            automatic,
        };
        let cancel = Cancel::new();
        {
            let mut backups = lock(&self.backups);
            if backups.running.is_some() {
                return Err(AppError::new(ErrorCode::BackupBusy));
            }
            backups.running = Some((work.clone(), cancel.clone()));
        }
        self.events.emit(Event::BackupChanged(Some(work)));
        Ok(Running {
            ombor: self,
            cancel,
        })
    }

    pub(crate) async fn vault<'a>(&self, house: &'a House) -> Result<Vault<'a>> {
        let (data, resources) = (self.locations.data(), self.resources.as_deref());
        house.vault(data, resources, self.limits).await
    }

    /// What is set for the backups.
    pub(crate) fn backup_settings(&self) -> Settings {
        Settings::load(self.locations.data())
    }

    /// Takes a look at what is there, so that the station's health need not.
    pub(crate) async fn look_at_backups(&self, vault: &Vault<'_>) -> Result<Vec<Kept>> {
        let moment = vault.moment().await;
        let lineage = moment.map_err(|e| fault::from_vault(&e))?.lineage;
        let kept = vault
            .list(&self.backup_settings())
            .await
            .map_err(|e| fault::from_vault(&e))?;
        let newest = kept.iter().find(|kept| kept.is_taken_from(lineage));
        lock(&self.backups).newest_proven_at = newest.map(|kept| kept.backup.manifest.verified_at);
        Ok(kept)
    }

    /// The database was exchanged for another: what this desk remembers of the old one goes.
    pub(crate) async fn begin_anew(self: &std::sync::Arc<Self>) {
        self.end_session();
        if let Err(error) = self.open_gallery().await {
            tracing::warn!(
                ?error,
                "the faces of the restored warehouse are not there yet"
            );
        }
        self.read_recent().await;
        self.changed(ChangeTag::ALL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proven(hours: i64, now: DateTime<Utc>) -> Backups {
        Backups {
            newest_proven_at: Some(now - chrono::Duration::hours(hours)),
            ..Backups::default()
        }
    }

    #[test]
    fn a_backup_that_is_too_old_or_failed_asks_for_attention_and_both_are_a_failure() {
        let now = Utc::now();
        assert_eq!(proven(3, now).health(now).state, HealthState::Ok);
        assert_eq!(proven(26, now).health(now).state, HealthState::Warning);
        assert_eq!(Backups::default().health(now).state, HealthState::Warning);
        for (hours, state) in [(3, HealthState::Warning), (26, HealthState::Failed)] {
            let failed = Backups {
                failure: Some(ErrorCode::DiskFull),
                ..proven(hours, now)
            };
            let health = failed.health(now);
            assert_eq!(
                (health.state, health.failure),
                (state, Some(ErrorCode::DiskFull))
            );
        }
        let without_second = Backups {
            second_failure: Some(ErrorCode::BackupFolder),
            ..proven(3, now)
        };
        assert_eq!(without_second.health(now).state, HealthState::Warning);
        let without_journal = Backups {
            journal_failure: Some(ErrorCode::BackupFolder),
            ..proven(3, now)
        };
        assert_eq!(without_journal.health(now).state, HealthState::Warning);
    }
}
