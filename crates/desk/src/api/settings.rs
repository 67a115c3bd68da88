//! What can be set, for this station and for the warehouse.

use std::sync::Arc;

use ombor_core::settings::{self, WarehouseSettings};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::change::ChangeTag;
use crate::desk::Rules;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::station::Station;

use crate::wire::Locale;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the system has it.
    System,
}

/// Where frames of faces come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FrameSource {
    /// A camera.
    Camera {
        /// Its number, from 0.
        index: u32,
    },
    /// A folder of pictures, played in the order of their names.
    Folder {
        /// The folder.
        path: String,
    },
    /// A video file.
    Video {
        /// The file.
        path: String,
    },
}

/// How an employee is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ConfirmationMode {
    /// By the face alone, among all who are enrolled.
    Face,
    /// By the badge, which says who, and the face, which says yes.
    BadgeFace,
}

impl From<settings::ConfirmationMode> for ConfirmationMode {
    fn from(mode: settings::ConfirmationMode) -> Self {
        match mode {
            settings::ConfirmationMode::Face => Self::Face,
            settings::ConfirmationMode::BadgeFace => Self::BadgeFace,
        }
    }
}

impl From<ConfirmationMode> for settings::ConfirmationMode {
    fn from(mode: ConfirmationMode) -> Self {
        match mode {
            ConfirmationMode::Face => Self::Face,
            ConfirmationMode::BadgeFace => Self::BadgeFace,
        }
    }
}

/// What can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The language of this station.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// How loud, 0 to 100; 0 is silent.
    pub sound_volume: u32,
    /// Where frames of faces come from.
    pub frame_source: FrameSource,
    /// A session ends after so many idle minutes, 1 to 240.
    pub idle_minutes: u32,
    /// What the warehouse is called.
    pub warehouse_name: String,
    /// The warehouse's time zone, an IANA name.
    pub zone: String,
    /// The currency of prices, ISO 4217.
    pub currency: String,
    /// Longest pause inside a scanner's burst, 20 to 120 milliseconds.
    pub max_gap_ms: u32,
    /// How an employee is recognised.
    pub confirmation_mode: ConfirmationMode,
    /// A confirmation asks for a blink or a turn of the head, so that a photo does not do.
    pub liveness: bool,
    /// Somebody else may vouch for an employee whose face does not come through.
    pub vouching: bool,
    /// A document waits so many seconds for a face before the ways on are shown, 3 to 60.
    pub face_patience_seconds: u32,
    /// This computer opens Ombor by itself when somebody logs in to it; `None` where it does not say.
    pub autostart: Option<bool>,
}

/// Longest pauses inside a burst that make sense, in milliseconds.
const GAPS_MS: std::ops::RangeInclusive<u32> = 20..=120;

impl Ombor {
    /// What is set, for this station and for the warehouse.
    pub async fn get_settings(&self) -> Result<Settings> {
        let mut connection = self.connection().await?;
        let warehouse = settings::get_settings(&mut connection)
            .await
            .map_err(fault::from_core)?;
        Ok(Settings {
            autostart: self.opens_by_itself(),
            ..together(&self.station(), self.frame_source(), warehouse)
        })
    }

    /// Sets everything anew. Only an Admin may change what concerns the warehouse.
    pub async fn save_settings(self: &Arc<Self>, settings: Settings) -> Result<Settings> {
        if settings.sound_volume > 100 || !GAPS_MS.contains(&settings.max_gap_ms) {
            return Err(AppError::new(ErrorCode::InvalidSetting));
        }
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let before = settings::get_settings(connection)
            .await
            .map_err(fault::from_core)?;
        let wanted = WarehouseSettings {
            name: settings.warehouse_name.clone(),
            zone: settings.zone.clone(),
            currency: settings.currency.clone(),
            idle_minutes: i32::try_from(settings.idle_minutes).unwrap_or(i32::MAX),
            confirmation_mode: settings.confirmation_mode.into(),
            liveness: settings.liveness,
            vouching: settings.vouching,
            face_patience_seconds: i16::try_from(settings.face_patience_seconds)
                .unwrap_or(i16::MAX),
            ..before
        };
        let saved = settings::put_settings(connection, actor, &wanted).await;
        work.done(saved).await?;
        self.set_up_station(&settings)?;
        self.look_anew(Rules::from(&wanted)).await;
        self.changed(&[ChangeTag::Settings, ChangeTag::Audit]);
        self.open_by_itself(settings.autostart)?;
        self.get_settings().await
    }

    fn opens_by_itself(&self) -> Option<bool> {
        let asked = self.autostart.as_ref()?.is_on();
        asked
            .inspect_err(
                |error| tracing::warn!(%error, "whether Ombor opens by itself is not known"),
            )
            .ok()
    }

    fn open_by_itself(&self, wanted: Option<bool>) -> Result<()> {
        let (Some(list), Some(on)) = (&self.autostart, wanted) else {
            return Ok(());
        };
        if self.opens_by_itself() == wanted {
            return Ok(());
        }
        list.set(on).map_err(|error| {
            tracing::warn!(%error, on, "the computer's list of what opens by itself cannot be changed");
            AppError::new(ErrorCode::AutostartRefused)
        })
    }

    fn set_up_station(&self, settings: &Settings) -> Result<()> {
        let moved = self.station().frame_source != settings.frame_source;
        self.set_station(|station| {
            station.locale = Some(settings.locale);
            station.theme = settings.theme;
            station.sound_volume = settings.sound_volume;
            station.frame_source = settings.frame_source.clone();
            station.max_gap_ms = settings.max_gap_ms;
        })?;
        self.sounds.set_volume(settings.sound_volume);
        self.set_start(|start| start.locale = Some(settings.locale));
        if moved && let Some(camera) = &*lock(&self.camera) {
            camera.set_source(settings.frame_source.clone());
        }
        Ok(())
    }
}

fn together(
    station: &Station,
    frame_source: FrameSource,
    warehouse: WarehouseSettings,
) -> Settings {
    Settings {
        locale: station.locale.unwrap_or(Locale::UzLatn),
        theme: station.theme,
        sound_volume: station.sound_volume,
        frame_source,
        idle_minutes: warehouse.idle_minutes.unsigned_abs(),
        warehouse_name: warehouse.name,
        zone: warehouse.zone,
        currency: warehouse.currency,
        max_gap_ms: station.max_gap_ms,
        confirmation_mode: warehouse.confirmation_mode.into(),
        liveness: warehouse.liveness,
        vouching: warehouse.vouching,
        face_patience_seconds: u32::from(warehouse.face_patience_seconds.unsigned_abs()),
        autostart: None,
    }
}
