//! A folder on this computer.

use ombor_desk::error::Result;
use tauri::AppHandle;

use crate::choice;

#[tauri::command]
#[specta::specta]
pub async fn choose_folder(app: AppHandle) -> Result<Option<String>> {
    Ok(choice::folder(&app).await)
}
