//! A backup, or a moment of the journal, takes the warehouse's place: an Admin asks, and hears before and after what that
//! loses.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use ombor_core::actor::{Actor, Permission};
use ombor_core::people::login;
use ombor_core::settings;
use ombor_vault::{Restored, Vault};
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use super::backup::{Backup, BackupKind, described};
use crate::backup::Running;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::wire::time;

/// What a restore would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreWeight {
    /// The backup.
    pub backup: Backup,
    /// Documents that would be lost.
    pub documents: u32,
    /// Movements that would be lost.
    pub movements: u32,
    /// They were posted after this instant; `None` when the backup holds no document.
    pub after: Option<String>,
    /// What has to be typed: the warehouse's name.
    pub word: String,
}

/// What an Admin asks for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreOrder {
    /// The backup.
    pub name: String,
    /// The warehouse's name, typed.
    pub word: String,
    /// The Admin's password, typed anew.
    pub password: String,
}

/// What going back to a moment would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MomentWeight {
    /// Documents that would be lost.
    pub documents: u32,
    /// Movements that would be lost.
    pub movements: u32,
    /// They were posted after this instant.
    pub after: Option<String>,
    /// What has to be typed: the warehouse's name.
    pub word: String,
}

/// The moment that an Admin asks for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MomentOrder {
    /// The moment; `None` for the last one that there is.
    pub at: Option<String>,
    /// The warehouse's name, typed.
    pub word: String,
    /// The Admin's password, typed anew.
    pub password: String,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreOutcome {
    /// The backup that was restored.
    pub name: String,
    /// The instant that it shows.
    pub taken_at: String,
    /// Documents that were lost, counted.
    pub documents: u32,
    /// Movements that were lost, counted.
    pub movements: u32,
    /// The backup of what was replaced.
    pub safety: String,
}

/// The moment that is meant; `None` for the last one that there is.
fn instant(at: Option<&str>) -> Result<Option<DateTime<Utc>>> {
    let read = at.map(str::parse).transpose();
    read.map_err(|_| AppError::new(ErrorCode::MomentUnreachable))
}

fn count(counted: i64) -> u32 {
    u32::try_from(counted).unwrap_or(u32::MAX)
}

impl Ombor {
    /// Says what a restore would lose. Nothing is changed.
    pub async fn weigh_restore(&self, name: String) -> Result<RestoreWeight> {
        let (mut work, moment) = self.keeper(Permission::RestoreBackup).await?;
        let (connection, _) = work.parts();
        let warehouse = settings::get_settings(connection).await;
        let word = work.done(warehouse).await?.name;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let kept = vault.find(&self.backup_settings(), &name).await;
        let kept = kept.map_err(|e| fault::from_vault(&e))?;
        let weighed = vault.weigh(&kept.backup).await;
        let weighed = weighed.map_err(|e| fault::from_vault(&e))?;
        Ok(RestoreWeight {
            backup: described(&kept, moment.lineage),
            documents: count(weighed.loss.documents),
            movements: count(weighed.loss.movements),
            after: weighed.loss.after.map(time),
            word,
        })
    }

    /// Says what going back to a moment would lose; without one, to the last that there is. Nothing is changed.
    ///
    /// # Errors
    /// [`ErrorCode::NoJournal`], [`ErrorCode::MomentUnreachable`].
    pub async fn weigh_moment(&self, at: Option<String>) -> Result<MomentWeight> {
        let (mut work, _) = self.keeper(Permission::RestoreBackup).await?;
        let (connection, _) = work.parts();
        let warehouse = settings::get_settings(connection).await;
        let word = work.done(warehouse).await?.name;
        let at = instant(at.as_deref())?;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let loss = vault.weigh_moment(at).await;
        let loss = loss.map_err(|e| fault::from_journal(&e))?;
        Ok(MomentWeight {
            documents: count(loss.documents),
            movements: count(loss.movements),
            after: loss.after.map(time),
            word,
        })
    }

    /// Backs up what is there, puts the backup in its place and logs everybody out.
    ///
    /// # Errors
    /// [`ErrorCode::RestoreNotConfirmed`] when the warehouse's name was not typed, [`ErrorCode::WrongPassword`], and
    /// whatever keeps the backup from coming back: the warehouse is as it was then.
    pub async fn restore_backup(self: &Arc<Self>, order: RestoreOrder) -> Result<RestoreOutcome> {
        let actor = self.confirm_restore(&order.word, &order.password).await?;
        let running = self.begin(BackupKind::Restoring, false)?;
        let details = json!({ "name": order.name });
        self.note(Some(&actor), "restore_begun", &details).await;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let kept = vault.find(&self.backup_settings(), &order.name).await;
        let kept = kept.map_err(|e| fault::from_vault(&e))?;
        self.exchange_for(&kept.backup, &actor, &vault, running)
            .await
    }

    /// Brings a moment of the journal back beside the warehouse as a backup, and restores that one.
    ///
    /// # Errors
    /// Those of [`Ombor::restore_backup`], [`ErrorCode::NoJournal`], [`ErrorCode::MomentUnreachable`],
    /// [`ErrorCode::JournalDamaged`]. The warehouse is as it was then.
    pub async fn restore_moment(self: &Arc<Self>, order: MomentOrder) -> Result<RestoreOutcome> {
        let at = instant(order.at.as_deref())?;
        let actor = self.confirm_restore(&order.word, &order.password).await?;
        let running = self.begin(BackupKind::GoingBack, false)?;
        let details = json!({ "moment": order.at.as_deref().unwrap_or("last") });
        self.note(Some(&actor), "restore_begun", &details).await;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let settings = self.backup_settings();
        let told = |stage| running.tell_recovery(stage);
        let brought = vault
            .bring_moment(&settings, None, at, &told, &running.cancel)
            .await;
        let backup = match brought {
            Ok(backup) => backup,
            Err(error) => {
                let error = fault::from_journal(&error);
                self.note_failure(&actor, &error).await;
                return Err(error);
            }
        };
        self.exchange_for(&backup, &actor, &vault, running).await
    }

    /// Gives a backup the warehouse's place, and begins anew with it.
    async fn exchange_for(
        self: &Arc<Self>,
        backup: &ombor_vault::Backup,
        actor: &Actor,
        vault: &Vault<'_>,
        running: Running<'_>,
    ) -> Result<RestoreOutcome> {
        let told = |phase| running.tell_phase(phase);
        let restored = vault
            .restore(&self.backup_settings(), backup, &told, &running.cancel)
            .await;
        let restored = match restored {
            Ok(restored) => restored,
            Err(error) => {
                let error = fault::from_vault(&error);
                self.note_failure(actor, &error).await;
                return Err(error);
            }
        };
        let outcome = RestoreOutcome {
            name: backup.name.clone(),
            taken_at: time(backup.manifest.taken_at),
            documents: count(restored.loss.documents),
            movements: count(restored.loss.movements),
            safety: restored.safety.name.clone(),
        };
        lock(&self.backups).set_restored(Some(outcome.clone()));
        self.trust(restored.epoch);
        self.write_down(actor, &outcome, &restored).await;
        drop(running);
        self.begin_anew().await;
        if let Err(error) = self.look_at_backups(vault).await {
            tracing::warn!(?error, "the backups could not be looked at");
        }
        self.look_after().await;
        Ok(outcome)
    }

    async fn note_failure(&self, actor: &Actor, error: &AppError) {
        let details = json!({ "code": error.code });
        self.note(Some(actor), "restore_failed", &details).await;
    }

    /// The last restore that this desk made, until somebody logs in.
    pub fn restore_outcome(&self) -> Option<RestoreOutcome> {
        lock(&self.backups).restored()
    }

    /// Who asks for a restore, if they may and mean it.
    async fn confirm_restore(&self, word: &str, password: &str) -> Result<Actor> {
        let (mut work, _) = self.keeper(Permission::RestoreBackup).await?;
        let (connection, actor) = work.parts();
        let actor = actor.clone();
        let warehouse = settings::get_settings(connection).await;
        let warehouse = warehouse.map_err(fault::from_core)?;
        if word.trim() != warehouse.name {
            return Err(AppError::new(ErrorCode::RestoreNotConfirmed));
        }
        let proven = login::check_anew(connection, &actor, password).await;
        work.done(proven).await?;
        Ok(actor)
    }

    /// The session of whoever asked is not known to the restored warehouse: their login stands among the details.
    async fn write_down(&self, actor: &Actor, outcome: &RestoreOutcome, restored: &Restored) {
        let details = json!({
            "name": outcome.name,
            "documents": outcome.documents,
            "movements": outcome.movements,
            "safety": outcome.safety,
            "epoch": restored.epoch,
            "by": actor.login(),
        });
        self.note(None, "backup_restored", &details).await;
    }
}
