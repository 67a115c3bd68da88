//! Employees and their faces.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::{
    employee::Employee,
    enrolment::{EnrolmentView, EnrolmentVisit},
    face_report::FaceReport,
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn list_employees(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<Employee>> {
    ombor.list_employees().await
}

#[tauri::command]
#[specta::specta]
pub async fn create_employee(ombor: State<'_, Arc<Ombor>>, name: String) -> Result<Employee> {
    ombor.create_employee(name).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_employee_active(
    ombor: State<'_, Arc<Ombor>>,
    id: String,
    active: bool,
) -> Result<()> {
    ombor.set_employee_active(id, active).await
}

#[tauri::command]
#[specta::specta]
pub async fn start_enrolment(
    ombor: State<'_, Arc<Ombor>>,
    employee_id: String,
    visit: EnrolmentVisit,
) -> Result<EnrolmentView> {
    ombor.start_enrolment(employee_id, visit).await
}

#[tauri::command]
#[specta::specta]
pub async fn answer_resemblance(
    ombor: State<'_, Arc<Ombor>>,
    is_somebody_else: bool,
) -> Result<()> {
    ombor.answer_resemblance(is_somebody_else).await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_enrolment(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.cancel_enrolment().await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn enrolment(ombor: State<'_, Arc<Ombor>>) -> Result<Option<EnrolmentView>> {
    Ok(ombor.enrolment())
}

#[tauri::command]
#[specta::specta]
pub async fn erase_templates(ombor: State<'_, Arc<Ombor>>, employee_id: String) -> Result<()> {
    ombor.erase_templates(employee_id).await
}

#[tauri::command]
#[specta::specta]
pub async fn face_report(ombor: State<'_, Arc<Ombor>>) -> Result<FaceReport> {
    ombor.face_report().await
}
