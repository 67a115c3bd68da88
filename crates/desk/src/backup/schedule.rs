//! Backups that nobody asked for: looked after each minute.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_core::actor::Actor;
use ombor_core::audit;
use ombor_vault::{Moment, Occasion, Taken, due_since};
use serde_json::{Value, json};

use crate::api::backup::BackupKind;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, lock};

/// After a failure the schedule tries again.
const TRY_AGAIN_AFTER: Duration = Duration::from_mins(10);

impl Ombor {
    /// Looks, once somebody can log in, whether the database is the one that was here before, and what backups there
    /// are.
    pub(crate) async fn open_backups(self: Arc<Self>) {
        if let Err(error) = self.look_at_lineage().await {
            tracing::warn!(?error, "whether this database was here before is not known");
        }
        if let Ok(house) = self.house()
            && let Ok(vault) = self.vault(&house).await
            && let Err(error) = self.look_at_backups(&vault).await
        {
            tracing::warn!(?error, "the backups could not be looked at");
        }
        self.changed(&[ChangeTag::Backup]);
        self.look_after().await;
    }

    /// Makes the backup that is due, marks what the database holds, and notices an exchange that another desk made.
    pub async fn keep_backups(self: &Arc<Self>) {
        if let Err(error) = self.follow_the_database().await {
            tracing::debug!(?error, "the database could not be looked at");
            return;
        }
        if let Err(error) = self.look_after_journal().await {
            tracing::warn!(?error, "the journal could not be looked after");
        }
        let waits = lock(&self.backups)
            .not_before
            .is_some_and(|until| Instant::now() < until);
        if waits {
            return;
        }
        match self.make_what_is_due().await {
            Ok(()) => {}
            // Somebody is at it already; in a minute it is seen whether that was enough.
            Err(error) if error.code == ErrorCode::BackupBusy => {}
            Err(error) => {
                tracing::error!(?error, "the backup that is due was not made");
                lock(&self.backups).not_before = Some(Instant::now() + TRY_AGAIN_AFTER);
            }
        }
    }

    /// Copies the cluster anew when the journal needs it, and notices a journal that is not kept as it is set.
    async fn look_after_journal(self: &Arc<Self>) -> Result<()> {
        let house = self.house()?;
        if !house.keeps_backups() {
            return Ok(());
        }
        let vault = self.vault(&house).await?;
        let renewed = vault.renew_copy().await;
        let journal = vault.journal().await.map_err(|e| fault::from_vault(&e))?;
        let failure = match (renewed, journal) {
            (_, None) => None,
            // The copy that is due is being made.
            (Err(error), Some(_)) if error.code() == "backupBusy" => None,
            (Err(error), Some(_)) => Some(fault::from_vault(&error).code),
            (Ok(_), Some(journal)) => (!journal.is_well()).then_some(ErrorCode::JournalStopped),
        };
        let is_news = {
            let mut backups = lock(&self.backups);
            std::mem::replace(&mut backups.journal_failure, failure) != failure
        };
        if is_news {
            if let Some(code) = failure {
                self.note(None, "journal_stopped", &json!({ "code": code }))
                    .await;
            }
            self.changed(&[ChangeTag::Backup]);
            self.look_after().await;
        }
        Ok(())
    }

    async fn make_what_is_due(self: &Arc<Self>) -> Result<()> {
        let house = self.house()?;
        if !house.keeps_backups() {
            return Ok(());
        }
        let vault = self.vault(&house).await?;
        let mut connection = self.connection().await?;
        let moment = Moment::of(&mut connection).await;
        let moment = moment.map_err(|e| fault::from_vault(&e))?;
        drop(connection);
        let kept = match self.look_at_backups(&vault).await {
            Ok(kept) => kept,
            Err(error) => {
                self.note_backup(None, true, &Err(error.clone())).await;
                return Err(error);
            }
        };
        let last = kept.iter().find(|kept| kept.is_taken_from(moment.lineage));
        let last = last.map(|kept| kept.backup.manifest.taken_at);
        match due_since(&self.backup_settings(), &moment, last) {
            Some(since) => self
                .make_backup(None, Occasion::Due { since })
                .await
                .map(drop),
            None => Ok(()),
        }
    }

    /// Makes a backup and writes down how it went.
    pub(crate) async fn make_backup(
        self: &Arc<Self>,
        actor: Option<&Actor>,
        occasion: Occasion,
    ) -> Result<Taken> {
        let automatic = occasion != Occasion::Asked;
        let running = self.begin(BackupKind::Taking, automatic)?;
        let house = self.house()?;
        let taken = match self.vault(&house).await {
            Ok(vault) => {
                let settings = self.backup_settings();
                let told = |stage| running.tell(stage);
                let taken = vault
                    .take(&settings, occasion, &told, &running.cancel)
                    .await;
                let taken = taken.map_err(|e| fault::from_vault(&e));
                if taken.is_ok()
                    && let Err(error) = self.look_at_backups(&vault).await
                {
                    tracing::warn!(?error, "the backups could not be looked at");
                }
                taken
            }
            Err(error) => Err(error),
        };
        self.note_backup(actor, automatic, &taken).await;
        drop(running);
        self.changed(&[ChangeTag::Backup, ChangeTag::Audit]);
        self.look_after().await;
        taken
    }

    /// Remembers how a backup went, and writes it to the audit log. What somebody broke off is no failure.
    async fn note_backup(&self, actor: Option<&Actor>, automatic: bool, taken: &Result<Taken>) {
        let (action, details) = match taken {
            Ok(taken) => {
                let second = taken.second.as_ref().map(|copied| copied.as_ref().err());
                let mut backups = lock(&self.backups);
                backups.failure = None;
                backups.not_before = None;
                backups.second_failure =
                    second.flatten().map(|error| fault::from_server(error).code);
                ("backup_taken", taken_details(taken, automatic))
            }
            Err(error) if matches!(error.code, ErrorCode::Cancelled | ErrorCode::BackupBusy) => {
                return;
            }
            Err(error) => {
                lock(&self.backups).failure = Some(error.code);
                ("backup_failed", failed_details(error, automatic))
            }
        };
        self.note(actor, action, &details).await;
    }

    /// Writes an act on backups to the audit log.
    pub(crate) async fn note(&self, actor: Option<&Actor>, action: &str, details: &Value) {
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        let noted = audit::record(&mut connection, actor, action, "backup", None, details).await;
        if let Err(error) = noted {
            tracing::error!(%error, action, "an act could not be written to the audit log");
        }
    }
}

fn taken_details(taken: &Taken, automatic: bool) -> Value {
    let manifest = &taken.backup.manifest;
    let second = taken.second.as_ref().map(|copied| match copied {
        Ok(_) => "copied",
        Err(_) => "missing",
    });
    json!({
        "name": taken.backup.name,
        "size_bytes": manifest.archive.size_bytes + manifest.plain.size_bytes,
        "automatic": automatic,
        "second": second,
    })
}

fn failed_details(error: &AppError, automatic: bool) -> Value {
    json!({ "code": error.code, "automatic": automatic })
}
