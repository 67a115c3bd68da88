//! The live picture of the camera.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::camera::CameraName;
use ombor_desk::error::Result;
use specta::Type;
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody, IpcResponse};

/// A JPEG picture; the page receives its bytes as an `ArrayBuffer`.
#[derive(Clone, Type)]
pub struct PreviewFrame(Vec<u8>);

impl IpcResponse for PreviewFrame {
    fn body(self) -> tauri::Result<InvokeResponseBody> {
        Ok(InvokeResponseBody::Raw(self.0))
    }
}

#[tauri::command]
#[specta::specta]
pub async fn camera_subscribe(
    ombor: State<'_, Arc<Ombor>>,
    channel: Channel<PreviewFrame>,
) -> Result<()> {
    ombor.watch_preview(move |jpeg| channel.send(PreviewFrame(jpeg)).is_ok());
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn camera_unsubscribe(ombor: State<'_, Arc<Ombor>>) -> Result<()> {
    ombor.leave_preview();
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn list_cameras(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<CameraName>> {
    ombor.list_cameras().await
}
