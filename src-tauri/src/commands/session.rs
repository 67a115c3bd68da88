//! Who is at the desk.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::session::Session;
use ombor_desk::error::Result;
use ombor_desk::wire::Locale;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn log_in(
    ombor: State<'_, Arc<Ombor>>,
    login: String,
    password: String,
) -> Result<Session> {
    ombor.log_in(login, password).await
}

#[tauri::command]
#[specta::specta]
pub async fn choose_password(
    ombor: State<'_, Arc<Ombor>>,
    login: String,
    given: String,
    chosen: String,
) -> Result<Session> {
    ombor.choose_password(login, given, chosen).await
}

#[tauri::command]
#[specta::specta]
pub async fn log_out(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.log_out().await
}

#[tauri::command]
#[specta::specta]
pub async fn current_session(ombor: State<'_, Arc<Ombor>>) -> Result<Option<Session>> {
    ombor.current_session().await
}

#[tauri::command]
#[specta::specta]
pub async fn touch_session(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.touch_session().await
}

#[tauri::command]
#[specta::specta]
pub async fn set_locale(ombor: State<'_, Arc<Ombor>>, locale: Locale) -> Result<()> {
    ombor.set_locale(locale)
}
