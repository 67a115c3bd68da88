//! Backups.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::backup::Backup;
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn take_backup(ombor: State<'_, Arc<Ombor>>) -> Result<Backup> {
    ombor.take_backup().await
}

#[tauri::command]
#[specta::specta]
pub async fn list_backups(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<Backup>> {
    ombor.list_backups().await
}
