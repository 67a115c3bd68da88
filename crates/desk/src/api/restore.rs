//! A backup takes the warehouse's place: an Admin asks, and hears before and after what that loses.

use std::sync::Arc;

use ombor_core::actor::{Actor, Permission};
use ombor_core::people::login;
use ombor_core::settings;
use ombor_vault::Restored;
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use super::backup::{Backup, BackupKind, described};
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

    /// Backs up what is there, puts the backup in its place and logs everybody out.
    ///
    /// # Errors
    /// [`ErrorCode::RestoreNotConfirmed`] when the warehouse's name was not typed, [`ErrorCode::WrongPassword`], and
    /// whatever keeps the backup from coming back: the warehouse is as it was then.
    pub async fn restore_backup(self: &Arc<Self>, order: RestoreOrder) -> Result<RestoreOutcome> {
        let actor = self.confirm_restore(&order).await?;
        let running = self.begin(BackupKind::Restoring, false)?;
        self.note(
            Some(&actor),
            "restore_begun",
            &json!({ "name": order.name }),
        )
        .await;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let settings = self.backup_settings();
        let kept = vault.find(&settings, &order.name).await;
        let kept = kept.map_err(|e| fault::from_vault(&e))?;
        let told = |phase| running.tell_phase(phase);
        let restored = vault
            .restore(&settings, &kept.backup, &told, &running.cancel)
            .await;
        let restored = match restored {
            Ok(restored) => restored,
            Err(error) => {
                let error = fault::from_vault(&error);
                self.note(
                    Some(&actor),
                    "restore_failed",
                    &json!({ "code": error.code }),
                )
                .await;
                return Err(error);
            }
        };
        let outcome = RestoreOutcome {
            name: order.name,
            taken_at: time(kept.backup.manifest.taken_at),
            documents: count(restored.loss.documents),
            movements: count(restored.loss.movements),
            safety: restored.safety.name.clone(),
        };
        lock(&self.backups).set_restored(Some(outcome.clone()));
        self.trust(restored.epoch);
        self.write_down(&actor, &outcome, &restored).await;
        drop(running);
        self.begin_anew().await;
        if let Err(error) = self.look_at_backups(&vault).await {
            tracing::warn!(?error, "the backups could not be looked at");
        }
        self.look_after().await;
        Ok(outcome)
    }

    /// The last restore that this desk made, until somebody logs in.
    pub fn restore_outcome(&self) -> Option<RestoreOutcome> {
        lock(&self.backups).restored()
    }

    /// Who asks for a restore, if they may and mean it.
    async fn confirm_restore(&self, order: &RestoreOrder) -> Result<Actor> {
        let (mut work, _) = self.keeper(Permission::RestoreBackup).await?;
        let (connection, actor) = work.parts();
        let actor = actor.clone();
        let warehouse = settings::get_settings(connection).await;
        let warehouse = warehouse.map_err(fault::from_core)?;
        if order.word.trim() != warehouse.name {
            return Err(AppError::new(ErrorCode::RestoreNotConfirmed));
        }
        let proven = login::check_anew(connection, &actor, &order.password).await;
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
