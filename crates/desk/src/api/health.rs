//! Is the station well? Scanner, camera, database, sound and backup, always in view.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::ErrorCode;

/// How a part of the station is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HealthState {
    /// Works.
    Ok,
    /// Not used yet since the start.
    Idle,
    /// Works, but somebody should look at it.
    Warning,
    /// Does not work.
    Failed,
}

/// The scanner's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScannerHealth {
    /// How it is.
    pub state: HealthState,
    /// When it last sent a code.
    pub last_scan_at: Option<String>,
}

/// The camera's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CameraHealth {
    /// How it is.
    pub state: HealthState,
    /// What it is called.
    pub name: Option<String>,
}

/// The database's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseHealth {
    /// How it is.
    pub state: HealthState,
}

/// The loudspeaker's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SoundHealth {
    /// How it is.
    pub state: HealthState,
}

/// How old the last backup is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupHealth {
    /// How it is: a warning after a day without a backup and when the last try failed, a failure after both. Idle where
    /// another desk or server makes them.
    pub state: HealthState,
    /// When the last one had been proven.
    pub last_at: Option<String>,
    /// Why the last try failed, or the copy on the second device, or the journal.
    pub failure: Option<ErrorCode>,
    /// Another desk or server makes the backups, and this one knows nothing of them.
    pub elsewhere: bool,
}

impl BackupHealth {
    /// Of backups that another desk or server makes.
    pub(crate) fn of_others() -> Self {
        Self {
            state: HealthState::Idle,
            last_at: None,
            failure: None,
            elsewhere: true,
        }
    }
}

/// The station's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StationHealth {
    /// The scanner.
    pub scanner: ScannerHealth,
    /// The camera.
    pub camera: CameraHealth,
    /// The database.
    pub database: DatabaseHealth,
    /// The loudspeaker.
    pub sound: SoundHealth,
    /// The backup.
    pub backup: BackupHealth,
}
