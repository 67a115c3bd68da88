//! Backups, the journal and restores.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::backup::{Backup, BackupOverview, BackupSettings, BackupWork};
use ombor_desk::api::journal::Journal;
use ombor_desk::api::lineage::LineageNotice;
use ombor_desk::api::restore::{
    MomentOrder, MomentWeight, RestoreOrder, RestoreOutcome, RestoreWeight,
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn take_backup(ombor: State<'_, Arc<Ombor>>) -> Result<Backup> {
    ombor.take_backup().await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_backup(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.cancel_backup().await
}

#[tauri::command]
#[specta::specta]
pub async fn backup_work(ombor: State<'_, Arc<Ombor>>) -> Result<Option<BackupWork>> {
    Ok(ombor.backup_work())
}

#[tauri::command]
#[specta::specta]
pub async fn backup_overview(ombor: State<'_, Arc<Ombor>>) -> Result<BackupOverview> {
    ombor.backup_overview().await
}

#[tauri::command]
#[specta::specta]
pub async fn verify_backup(ombor: State<'_, Arc<Ombor>>, name: String) -> Result<()> {
    ombor.verify_backup(name).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_backup_settings(
    ombor: State<'_, Arc<Ombor>>,
    settings: BackupSettings,
) -> Result<()> {
    ombor.save_backup_settings(settings).await
}

#[tauri::command]
#[specta::specta]
pub async fn journal(ombor: State<'_, Arc<Ombor>>) -> Result<Journal> {
    ombor.journal().await
}

#[tauri::command]
#[specta::specta]
pub async fn keep_journal(ombor: State<'_, Arc<Ombor>>, folder: Option<String>) -> Result<()> {
    ombor.keep_journal(folder).await
}

#[tauri::command]
#[specta::specta]
pub async fn leave_journal(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.leave_journal().await
}

#[tauri::command]
#[specta::specta]
pub async fn copy_for_journal(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.copy_for_journal().await
}

#[tauri::command]
#[specta::specta]
pub async fn weigh_moment(
    ombor: State<'_, Arc<Ombor>>,
    at: Option<String>,
) -> Result<MomentWeight> {
    ombor.weigh_moment(at).await
}

#[tauri::command]
#[specta::specta]
pub async fn restore_moment(
    ombor: State<'_, Arc<Ombor>>,
    order: MomentOrder,
) -> Result<RestoreOutcome> {
    ombor.restore_moment(order).await
}

#[tauri::command]
#[specta::specta]
pub async fn weigh_restore(ombor: State<'_, Arc<Ombor>>, name: String) -> Result<RestoreWeight> {
    ombor.weigh_restore(name).await
}

#[tauri::command]
#[specta::specta]
pub async fn restore_backup(
    ombor: State<'_, Arc<Ombor>>,
    order: RestoreOrder,
) -> Result<RestoreOutcome> {
    ombor.restore_backup(order).await
}

#[tauri::command]
#[specta::specta]
pub async fn restore_outcome(ombor: State<'_, Arc<Ombor>>) -> Result<Option<RestoreOutcome>> {
    Ok(ombor.restore_outcome())
}

#[tauri::command]
#[specta::specta]
pub async fn lineage_notice(ombor: State<'_, Arc<Ombor>>) -> Result<Option<LineageNotice>> {
    ombor.lineage_notice().await
}

#[tauri::command]
#[specta::specta]
pub async fn settle_lineage(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.settle_lineage().await
}
