//! The journal from the menu: how it is, on and off, a copy now.

use std::path::PathBuf;
use std::sync::Arc;

use ombor_core::actor::{Actor, Permission};
use ombor_core::settings;
use ombor_vault::external_disks;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specta::Type;

use super::backup::{BackupKind, text};
use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::wire::time;

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Journal {
    /// The database is on another server: that one has means of its own.
    Elsewhere,
    /// Nothing is kept.
    Off {
        /// The folder that is taken unless another one is named.
        folder: String,
        /// Disks that are plugged in now.
        disks: Vec<String>,
    },
    /// Every change is kept.
    On {
        /// What is kept.
        state: JournalState,
    },
}

/// What a journal that is on has kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalState {
    /// Where it lies.
    pub folder: String,
    /// The moments that can be brought back; `None` before the first copy of the cluster.
    pub reach: Option<JournalReach>,
    /// What changes now is not kept: the server waits with it.
    pub is_stopped: bool,
    /// When the last whole copy of the cluster was done.
    pub copied_at: Option<String>,
    /// The warehouse's zone, by whose clock moments are named: `Asia/Tashkent`.
    pub zone: String,
}

/// The moments that can be brought back, as far as they are safe on the journal's disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalReach {
    /// The first one.
    pub since: String,
    /// The last one.
    pub until: String,
    /// Something after that is missing though later changes are there.
    pub has_gap: bool,
}

impl Ombor {
    /// How the journal is.
    pub async fn journal(&self) -> Result<Journal> {
        let (mut work, _) = self.keeper(Permission::TakeBackup).await?;
        let (connection, _) = work.parts();
        let warehouse = settings::get_settings(connection).await;
        let zone = work.done(warehouse).await?.zone;
        let house = self.house()?;
        if house.server.is_none() {
            return Ok(Journal::Elsewhere);
        }
        let vault = self.vault(&house).await?;
        let journal = vault.journal().await.map_err(|e| fault::from_vault(&e))?;
        Ok(match journal {
            None => Journal::Off {
                folder: text(&self.proposed_folder()?),
                disks: external_disks().iter().map(|disk| text(disk)).collect(),
            },
            Some(journal) => Journal::On {
                state: shown(&journal, zone),
            },
        })
    }

    /// Switches the journal on in `folder`, or in the one that is proposed: the server is started anew for it once, and
    /// the cluster is copied.
    ///
    /// # Errors
    /// [`crate::error::ErrorCode::JournalElsewhere`], [`crate::error::ErrorCode::BackupFolder`] for a folder that is not
    /// there, [`crate::error::ErrorCode::BackupBusy`]. The journal is as it was then.
    pub async fn keep_journal(self: &Arc<Self>, folder: Option<String>) -> Result<()> {
        let named = folder.unwrap_or_default();
        let folder = match named.trim() {
            "" => self.proposed_folder()?,
            named => PathBuf::from(named),
        };
        let actor = self.journal_keeper().await?;
        let running = self.begin(BackupKind::Copying, false)?;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let told = |bytes| running.tell_copying(bytes);
        let begun = vault.keep_journal(&folder, &told, &running.cancel).await;
        drop(running);
        let journal = begun.map_err(|e| fault::from_vault(&e))?;
        let details = json!({ "folder": journal.folder });
        self.journal_changed(&actor, "journal_begun", &details)
            .await;
        Ok(())
    }

    /// Copies the cluster now.
    ///
    /// # Errors
    /// [`crate::error::ErrorCode::NoJournal`], [`crate::error::ErrorCode::BackupBusy`].
    pub async fn copy_for_journal(self: &Arc<Self>) -> Result<()> {
        let actor = self.journal_keeper().await?;
        let running = self.begin(BackupKind::Copying, false)?;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let told = |bytes| running.tell_copying(bytes);
        let copied = vault.copy_now(&told, &running.cancel).await;
        drop(running);
        copied.map_err(|e| fault::from_vault(&e))?;
        self.journal_changed(&actor, "journal_copied", &json!({}))
            .await;
        Ok(())
    }

    /// Switches the journal off. What was kept stays where it is.
    pub async fn leave_journal(self: &Arc<Self>) -> Result<()> {
        let actor = self.journal_keeper().await?;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        vault.leave_journal().map_err(|e| fault::from_vault(&e))?;
        self.journal_changed(&actor, "journal_ended", &json!({}))
            .await;
        Ok(())
    }

    async fn journal_keeper(&self) -> Result<Actor> {
        let (work, _) = self.keeper(Permission::TakeBackup).await?;
        Ok(work.actor.clone())
    }

    async fn journal_changed(self: &Arc<Self>, actor: &Actor, action: &str, details: &Value) {
        self.note(Some(actor), action, details).await;
        lock(&self.backups).journal_changed();
        self.changed(&[ChangeTag::Backup, ChangeTag::Audit]);
        self.look_after().await;
    }

    /// Best on another disk: the second folder of the backups, else the first one.
    fn proposed_folder(&self) -> Result<PathBuf> {
        let settings = self.backup_settings();
        match settings.second.clone() {
            Some(second) => Ok(second),
            None => settings
                .folder_in(self.locations.data())
                .map_err(|e| fault::from_vault(&e)),
        }
    }
}

fn shown(journal: &ombor_vault::Journal, zone: String) -> JournalState {
    JournalState {
        folder: text(&journal.folder),
        reach: journal.reach.map(|reach| JournalReach {
            since: time(reach.since),
            until: time(reach.until),
            has_gap: reach.has_gap,
        }),
        is_stopped: journal.is_stopped,
        copied_at: journal.copied_at.map(time),
        zone,
    }
}
