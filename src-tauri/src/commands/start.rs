//! The start-up and the first run.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::{
    session::Session,
    start::{FirstRun, StartStatus},
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn start_status(ombor: State<'_, Arc<Ombor>>) -> Result<StartStatus> {
    Ok(ombor.start_status())
}

#[tauri::command]
#[specta::specta]
pub async fn first_run(ombor: State<'_, Arc<Ombor>>, input: FirstRun) -> Result<Session> {
    ombor.first_run(input).await
}

#[tauri::command]
#[specta::specta]
pub async fn retry_start(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.retry_start().await
}
