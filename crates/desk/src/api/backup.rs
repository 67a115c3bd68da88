//! Backups from the menu: taken, looked at, proven anew, set.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveTime, Utc};
use ombor_core::actor::Permission;
use ombor_vault::{Keep, Kept, Moment, Occasion, Settings, Shelved, Taken, external_disks};
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;
use uuid::Uuid;

use super::health::BackupHealth;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, Work, lock};
use crate::wire::time;

/// Where a backup lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BackupPlace {
    /// In the folder alone.
    Once,
    /// In the folder and on the second device.
    Twice,
    /// On the second device alone.
    SecondOnly,
}

/// A backup that was restored and compared before it got its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// What its files share: `ombor-2026-11-21_13-00-05`.
    pub name: String,
    /// The folder in which they lie.
    pub folder: String,
    /// How long they are together, in bytes.
    pub size_bytes: String,
    /// The instant that it shows.
    pub taken_at: String,
    /// When it had been proven.
    pub verified_at: String,
    /// Movements in it.
    pub movements: u32,
    /// Where it lies.
    pub place: BackupPlace,
    /// How many faults of the data themselves it holds.
    pub faults: u32,
    /// It is a backup of this warehouse.
    pub own: bool,
    /// It was brought back from the journal, and shows an earlier moment than the one in which it was made.
    pub brought_back: bool,
}

/// How many backups are kept: the last of so many hours, days, weeks and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each field is a number of the periods that it names"
)]
pub struct BackupKeep {
    pub hourly: u32,
    pub daily: u32,
    pub weekly: u32,
    pub monthly: u32,
}

/// What is set for the backups of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupSettings {
    /// The folder; `None` is the one below the data directory.
    pub folder: Option<String>,
    /// A folder on another device.
    pub second: Option<String>,
    /// When the daily backup is due by the warehouse's own time, `HH:MM`.
    pub daily_at: String,
    /// Makes one each hour in which something changed, too.
    pub hourly: bool,
    /// How many are kept.
    pub keep: BackupKeep,
}

/// Everything that the screen of the backups shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupOverview {
    /// The backups, the last one first.
    pub backups: Vec<Backup>,
    /// What is set.
    pub settings: BackupSettings,
    /// The folder below the data directory.
    pub own_folder: String,
    /// Disks that are plugged in now.
    pub disks: Vec<String>,
    /// How they are.
    pub health: BackupHealth,
    /// When the next daily backup is due.
    pub next_at: String,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BackupKind {
    /// A backup is taken.
    Taking,
    /// An older one is proven anew.
    Verifying,
    /// One takes the warehouse's place.
    Restoring,
    /// A moment of the journal takes the warehouse's place.
    GoingBack,
    /// The cluster is copied for the journal.
    Copying,
}

/// What the work has come to; the window has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each step is its own sentence; the texts stand in the catalogues"
)]
pub enum BackupStep {
    CopyingCluster,
    Recovering,
    Dumping,
    Reading,
    Restoring,
    Comparing,
    Copying,
    Exchanging,
}

/// Work on backups, as it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupWork {
    /// What is being done.
    pub kind: BackupKind,
    /// What it has come to.
    pub step: BackupStep,
    /// Of a restore: what is there now is being backed up first.
    pub safety: bool,
    /// Bytes written so far in this step.
    pub bytes: Option<String>,
    /// Nobody asked for it: it was due.
    pub automatic: bool,
}

const TIME_OF_DAY: &str = "%H:%M";

impl Ombor {
    /// Takes a backup now. The desk goes on working meanwhile.
    pub async fn take_backup(self: &Arc<Self>) -> Result<Backup> {
        let (work, moment) = self.keeper(Permission::TakeBackup).await?;
        let actor = work.actor.clone();
        drop(work);
        let taken = self.make_backup(Some(&actor), Occasion::Asked).await?;
        Ok(described(&kept_of(taken)?, moment.lineage))
    }

    /// Breaks off what is being done with backups. An exchange that has begun is not broken off.
    pub async fn cancel_backup(&self) -> Result<()> {
        let (work, _) = self.keeper(Permission::TakeBackup).await?;
        drop(work);
        lock(&self.backups).cancel();
        Ok(())
    }

    /// What is being done with backups now.
    pub fn backup_work(&self) -> Option<BackupWork> {
        lock(&self.backups).work()
    }

    /// The backups, what is set for them, and when the next one is due.
    pub async fn backup_overview(&self) -> Result<BackupOverview> {
        let (work, moment) = self.keeper(Permission::TakeBackup).await?;
        drop(work);
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let settings = self.backup_settings();
        let own_folder = Settings::default().folder_in(self.locations.data());
        Ok(BackupOverview {
            backups: self
                .look_at_backups(&vault)
                .await?
                .iter()
                .map(|kept| described(kept, moment.lineage))
                .collect(),
            health: lock(&self.backups).health(Utc::now()),
            next_at: time(ombor_vault::next_daily(&settings, &moment)),
            settings: shown(&settings),
            own_folder: text(&own_folder.map_err(|e| fault::from_vault(&e))?),
            disks: external_disks().iter().map(|disk| text(disk)).collect(),
        })
    }

    /// Proves a backup anew: reads it to its end and restores it beside the warehouse, which is not touched.
    pub async fn verify_backup(&self, name: String) -> Result<()> {
        let (work, _) = self.keeper(Permission::TakeBackup).await?;
        let actor = work.actor.clone();
        drop(work);
        let running = self.begin(BackupKind::Verifying, false)?;
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let settings = self.backup_settings();
        let kept = vault.find(&settings, &name).await;
        let kept = kept.map_err(|e| fault::from_vault(&e))?;
        let told = |stage| running.tell(stage);
        let verified = vault.verify(&kept.backup, &told, &running.cancel).await;
        verified.map_err(|e| fault::from_vault(&e))?;
        self.note(Some(&actor), "backup_verified", &json!({ "name": name }))
            .await;
        self.changed(&[ChangeTag::Audit]);
        Ok(())
    }

    /// Sets where and when backups are made and how many are kept.
    pub async fn save_backup_settings(self: &Arc<Self>, settings: BackupSettings) -> Result<()> {
        let (work, _) = self.keeper(Permission::TakeBackup).await?;
        let actor = work.actor.clone();
        drop(work);
        let wanted = read(&settings, self.backup_settings().keep)?;
        let data = self.locations.data();
        wanted.save(data).map_err(|e| fault::from_vault(&e))?;
        let details = serde_json::to_value(&settings).unwrap_or_default();
        self.note(Some(&actor), "backup_settings_changed", &details)
            .await;
        lock(&self.backups).settings_changed();
        self.changed(&[ChangeTag::Backup, ChangeTag::Audit]);
        Ok(())
    }

    /// Who asks, if they may, and the warehouse at this moment.
    pub(super) async fn keeper(&self, permission: Permission) -> Result<(Work, Moment)> {
        let mut work = self.work().await?;
        let permitted = work.actor.require(permission);
        if permitted.is_err() {
            work.done(permitted).await?;
            return Err(AppError::new(ErrorCode::NotPermitted));
        }
        let (connection, _) = work.parts();
        let moment = Moment::of(connection).await;
        let moment = moment.map_err(|e| fault::from_vault(&e))?;
        Ok((work, moment))
    }
}

/// A backup that was just taken, as the list will show it.
fn kept_of(taken: Taken) -> Result<Kept> {
    let facts = ombor_vault::Facts::read(&taken.backup.manifest.evidence.facts);
    Ok(Kept {
        facts: facts.map_err(fault::from_core)?,
        shelved: match taken.second {
            Some(Ok(_)) => Shelved::Twice,
            _ => Shelved::Once,
        },
        backup: taken.backup,
    })
}

pub(super) fn described(kept: &Kept, lineage: Uuid) -> Backup {
    let manifest = &kept.backup.manifest;
    Backup {
        name: kept.backup.name.clone(),
        folder: text(&kept.backup.folder),
        size_bytes: kept.size_bytes().to_string(),
        taken_at: time(manifest.taken_at),
        verified_at: time(manifest.verified_at),
        movements: u32::try_from(kept.facts.movements).unwrap_or(u32::MAX),
        place: match kept.shelved {
            Shelved::Once => BackupPlace::Once,
            Shelved::Twice => BackupPlace::Twice,
            Shelved::SecondOnly => BackupPlace::SecondOnly,
        },
        faults: u32::try_from(manifest.faults.len()).unwrap_or(u32::MAX),
        own: kept.is_of(lineage),
        brought_back: manifest.from_journal,
    }
}

pub(super) fn text(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

fn shown(settings: &Settings) -> BackupSettings {
    let count = |kept: usize| u32::try_from(kept).unwrap_or(u32::MAX);
    BackupSettings {
        folder: settings.folder.as_deref().map(text),
        second: settings.second.as_deref().map(text),
        daily_at: settings.daily_at.format(TIME_OF_DAY).to_string(),
        hourly: settings.hourly,
        keep: BackupKeep {
            hourly: count(settings.keep.hourly),
            daily: count(settings.keep.daily),
            weekly: count(settings.keep.weekly),
            monthly: count(settings.keep.monthly),
        },
    }
}

fn read(settings: &BackupSettings, before: Keep) -> Result<Settings> {
    let folder = |name: &Option<String>| {
        let name = name.as_deref().map(str::trim).unwrap_or_default();
        (!name.is_empty()).then(|| PathBuf::from(name))
    };
    let daily_at = NaiveTime::parse_from_str(&settings.daily_at, TIME_OF_DAY);
    Ok(Settings {
        folder: folder(&settings.folder),
        second: folder(&settings.second),
        daily_at: daily_at.map_err(|_| AppError::new(ErrorCode::InvalidSetting))?,
        hourly: settings.hourly,
        keep: Keep {
            newest: before.newest,
            hourly: settings.keep.hourly as usize,
            daily: settings.keep.daily as usize,
            weekly: settings.keep.weekly as usize,
            monthly: settings.keep.monthly as usize,
        },
    })
}
