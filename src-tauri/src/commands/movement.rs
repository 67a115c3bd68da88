//! The history of movements, reversals, and the day.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::{
    audit::AuditPage,
    movement::{Movement, MovementPage, MovementQuery, Reversal},
    old_movement::{OldMovementPage, OldMovementQuery},
    today::Today,
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn list_movements(
    ombor: State<'_, Arc<Ombor>>,
    query: MovementQuery,
) -> Result<MovementPage> {
    ombor.list_movements(query).await
}

#[tauri::command]
#[specta::specta]
pub async fn reverse_movement(ombor: State<'_, Arc<Ombor>>, input: Reversal) -> Result<Movement> {
    ombor.reverse_movement(input).await
}

#[tauri::command]
#[specta::specta]
pub async fn today(ombor: State<'_, Arc<Ombor>>) -> Result<Today> {
    ombor.today().await
}

#[tauri::command]
#[specta::specta]
pub async fn list_audit(
    ombor: State<'_, Arc<Ombor>>,
    after: Option<String>,
    limit: u32,
) -> Result<AuditPage> {
    ombor.list_audit(after, limit).await
}

#[tauri::command]
#[specta::specta]
pub async fn list_old_movements(
    ombor: State<'_, Arc<Ombor>>,
    query: OldMovementQuery,
) -> Result<OldMovementPage> {
    ombor.list_old_movements(query).await
}
