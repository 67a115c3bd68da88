//! The cameras of this machine.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{AppError, Result};
use crate::ombor::Ombor;

/// A camera that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CameraName {
    /// Its number, from 0.
    pub index: u32,
    /// What the system calls it.
    pub name: String,
}

impl From<ombor_face::source::CameraName> for CameraName {
    fn from(camera: ombor_face::source::CameraName) -> Self {
        Self {
            index: camera.index,
            name: camera.name,
        }
    }
}

impl Ombor {
    /// The cameras that the system knows, by number.
    pub async fn list_cameras(&self) -> Result<Vec<CameraName>> {
        let cameras = tokio::task::spawn_blocking(ombor_face::source::list_cameras).await;
        let cameras = cameras.map_err(|error| AppError::internal(&error))?;
        Ok(cameras.into_iter().map(CameraName::from).collect())
    }
}
