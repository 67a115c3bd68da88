//! Labels, badges and control cards.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::label::{ControlCard, Label};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn product_label(ombor: State<'_, Arc<Ombor>>, id: String) -> Result<Label> {
    ombor.product_label(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_label(ombor: State<'_, Arc<Ombor>>, id: String) -> Result<String> {
    ombor.save_label(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn badge_label(ombor: State<'_, Arc<Ombor>>, employee_id: String) -> Result<Label> {
    ombor.badge_label(employee_id).await
}

#[tauri::command]
#[specta::specta]
pub async fn control_cards(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<ControlCard>> {
    ombor.control_cards().await
}
