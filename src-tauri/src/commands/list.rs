//! Lists of the window as files.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::saved_list::{ListFormat, ListOrder, SavedList};
use ombor_desk::error::Result;
use tauri::{AppHandle, State};

use crate::choice;

#[tauri::command]
#[specta::specta]
pub async fn choose_list_file(
    app: AppHandle,
    name: String,
    format: ListFormat,
) -> Result<Option<String>> {
    Ok(choice::new_file(&app, &name, format.ending()).await)
}

#[tauri::command]
#[specta::specta]
pub async fn save_list(ombor: State<'_, Arc<Ombor>>, order: ListOrder) -> Result<SavedList> {
    ombor.save_list(order).await
}
