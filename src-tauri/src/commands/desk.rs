//! The worker's screen.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::{
    desk::{DeskKey, DeskState, FaceView, KeyStroke, ScanResult},
    health::StationHealth,
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn desk_state(ombor: State<'_, Arc<Ombor>>) -> Result<DeskState> {
    ombor.desk_state().await
}

#[tauri::command]
#[specta::specta]
pub async fn desk_scan(ombor: State<'_, Arc<Ombor>>, strokes: Vec<KeyStroke>) -> Result<DeskState> {
    ombor.desk_scan(strokes).await
}

#[tauri::command]
#[specta::specta]
pub async fn desk_key(ombor: State<'_, Arc<Ombor>>, key: DeskKey) -> Result<DeskState> {
    ombor.desk_key(key).await
}

#[tauri::command]
#[specta::specta]
pub async fn desk_type_code(ombor: State<'_, Arc<Ombor>>, code: String) -> Result<DeskState> {
    ombor.desk_type_code(code).await
}

#[tauri::command]
#[specta::specta]
pub async fn desk_take_line(ombor: State<'_, Arc<Ombor>>, index: u32) -> Result<DeskState> {
    ombor.desk_take_line(index).await
}

#[tauri::command]
#[specta::specta]
pub async fn scan_lookup(
    ombor: State<'_, Arc<Ombor>>,
    strokes: Vec<KeyStroke>,
) -> Result<ScanResult> {
    ombor.scan_lookup(strokes).await
}

#[tauri::command]
#[specta::specta]
pub async fn station_health(ombor: State<'_, Arc<Ombor>>) -> Result<StationHealth> {
    ombor.station_health().await
}

#[tauri::command]
#[specta::specta]
pub async fn face_view(ombor: State<'_, Arc<Ombor>>) -> Result<FaceView> {
    ombor.face_view().await
}

#[tauri::command]
#[specta::specta]
pub async fn retry_face(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.retry_face().await
}

#[tauri::command]
#[specta::specta]
pub async fn vouch_with_face(ombor: State<'_, Arc<Ombor>>, employee_id: String) -> Result<()> {
    ombor.vouch_with_face(employee_id).await
}

#[tauri::command]
#[specta::specta]
pub async fn vouch_with_password(
    ombor: State<'_, Arc<Ombor>>,
    employee_id: String,
    login: String,
    password: String,
) -> Result<()> {
    ombor
        .vouch_with_password(employee_id, login, password)
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_vouching(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.cancel_vouching().await
}
