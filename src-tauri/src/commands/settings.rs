//! Settings.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::settings::Settings;
use ombor_desk::error::Result;
use tauri::{AppHandle, State};

use crate::window;

#[tauri::command]
#[specta::specta]
pub async fn get_settings(ombor: State<'_, Arc<Ombor>>) -> Result<Settings> {
    ombor.get_settings().await
}

#[tauri::command]
#[specta::specta]
pub async fn save_settings(
    app: AppHandle,
    ombor: State<'_, Arc<Ombor>>,
    settings: Settings,
) -> Result<Settings> {
    let saved = ombor.save_settings(settings).await?;
    window::paint(&app, saved.theme);
    Ok(saved)
}
