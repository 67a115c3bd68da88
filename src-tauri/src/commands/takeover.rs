//! Taking over what an old program kept.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::takeover::{TakeoverOrder, TakeoverPreview, TakeoverReport, TakeoverWork};
use ombor_desk::error::Result;
use tauri::{AppHandle, State};

use crate::choice;

#[tauri::command]
#[specta::specta]
pub async fn choose_old_files(app: AppHandle) -> Result<Vec<String>> {
    Ok(choice::files(&app).await)
}

#[tauri::command]
#[specta::specta]
pub async fn preview_takeover(
    ombor: State<'_, Arc<Ombor>>,
    order: TakeoverOrder,
) -> Result<TakeoverPreview> {
    ombor.preview_takeover(order).await
}

#[tauri::command]
#[specta::specta]
pub async fn take_over(ombor: State<'_, Arc<Ombor>>) -> Result<TakeoverReport> {
    ombor.take_over().await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_takeover(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.cancel_takeover().await
}

#[tauri::command]
#[specta::specta]
pub async fn takeover_work(ombor: State<'_, Arc<Ombor>>) -> Result<Option<TakeoverWork>> {
    Ok(ombor.takeover_work())
}
