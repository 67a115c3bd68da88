//! Watches the station: scanner, camera, database, sound, backup.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ombor_postgres::SpaceLevel;
use tokio::time::timeout;

use crate::api::desk::FaceHint;
use crate::api::health::{
    BackupHealth, CameraHealth, DatabaseHealth, HealthState, ScannerHealth, SoundHealth,
    StationHealth,
};
use crate::error::Result;
use crate::event::Event;
use crate::ombor::{Ombor, lock};
use crate::wire::time;

/// How often the station is looked at.
pub const INTERVAL: Duration = Duration::from_secs(2);

/// A database that does not answer within this time is away.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// What the devices said last.
#[derive(Debug, Default)]
pub struct Signs {
    /// The camera's name, once it gave frames.
    pub camera: Option<String>,
    /// What is wrong with the camera, as the camera panel says it.
    pub camera_trouble: Option<FaceHint>,
    /// When the scanner last sent a code.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// The last scan could not be read.
    pub last_scan_unreadable: bool,
    shown: Option<StationHealth>,
}

impl Signs {
    fn scanner(&self) -> ScannerHealth {
        let state = match (self.last_scan_at, self.last_scan_unreadable) {
            (_, true) => HealthState::Warning,
            (Some(_), false) => HealthState::Ok,
            (None, false) => HealthState::Idle,
        };
        ScannerHealth {
            state,
            last_scan_at: self.last_scan_at.map(time),
        }
    }

    fn camera(&self) -> CameraHealth {
        let state = match (self.camera_trouble, &self.camera) {
            (Some(FaceHint::CameraBlack | FaceHint::CameraUpsideDown), _) => HealthState::Warning,
            (Some(_), _) => HealthState::Failed,
            (None, Some(_)) => HealthState::Ok,
            (None, None) => HealthState::Idle,
        };
        CameraHealth {
            state,
            name: self.camera.clone(),
        }
    }
}

impl Ombor {
    /// How the station is now.
    pub async fn station_health(&self) -> Result<StationHealth> {
        let database = DatabaseHealth {
            state: self.database_state().await,
        };
        let backup = if self.are_backups_elsewhere() {
            BackupHealth::of_others()
        } else {
            lock(&self.backups).health(Utc::now())
        };
        let signs = lock(&self.signs);
        Ok(StationHealth {
            scanner: signs.scanner(),
            camera: signs.camera(),
            database,
            sound: SoundHealth {
                state: self.sounds.health(),
            },
            backup,
        })
    }

    /// Whether another desk or server makes the backups.
    pub(crate) fn are_backups_elsewhere(&self) -> bool {
        self.house().is_ok_and(|house| !house.keeps_backups())
    }

    /// Looks at the station and tells the window if anything is in another state.
    pub(crate) async fn look_after(self: &Arc<Self>) {
        let Ok(health) = self.station_health().await else {
            return;
        };
        {
            let mut signs = lock(&self.signs);
            if signs.shown.as_ref() == Some(&health) {
                return;
            }
            signs.shown = Some(health.clone());
        }
        self.events.emit(Event::HealthChanged(health));
    }

    async fn database_state(&self) -> HealthState {
        let Ok(house) = self.house() else {
            return HealthState::Failed;
        };
        let question = async {
            let mut connection = house.pool.acquire().await?;
            sqlx::query("select 1").execute(&mut *connection).await
        };
        let answered = timeout(ANSWER_WITHIN, question).await;
        let space = house
            .server
            .as_ref()
            .and_then(|server| *server.space().borrow());
        let has_room = space.is_none_or(|space| space.level == SpaceLevel::Plenty);
        match answered {
            Ok(Ok(_)) if has_room => HealthState::Ok,
            Ok(Ok(_)) => HealthState::Warning,
            Ok(Err(_)) | Err(_) => HealthState::Failed,
        }
    }
}
