//! What can be set, for this station and for the warehouse.

use serde::{Deserialize, Serialize};
use specta::Type;

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
}
