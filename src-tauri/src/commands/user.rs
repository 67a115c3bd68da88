//! Users.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::{
    session::Role,
    user::{NewUser, User},
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn list_users(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<User>> {
    ombor.list_users().await
}

#[tauri::command]
#[specta::specta]
pub async fn create_user(ombor: State<'_, Arc<Ombor>>, input: NewUser) -> Result<User> {
    ombor.create_user(input).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_user_active(ombor: State<'_, Arc<Ombor>>, id: String, active: bool) -> Result<()> {
    ombor.set_user_active(id, active).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_user_role(ombor: State<'_, Arc<Ombor>>, id: String, role: Role) -> Result<()> {
    ombor.set_user_role(id, role).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_user_password(
    ombor: State<'_, Arc<Ombor>>,
    id: String,
    password: String,
) -> Result<()> {
    ombor.set_user_password(id, password).await
}
