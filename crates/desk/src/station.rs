//! What is set for this station, kept in `settings.toml` beside the data.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::api::settings::{FrameSource, Theme};
use crate::wire::{Direction, Locale};

/// Settings of this station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Station {
    /// The language, once somebody chose it.
    pub locale: Option<Locale>,
    /// Light or dark.
    pub theme: Theme,
    /// How loud, 0 to 100.
    pub sound_volume: u32,
    /// Where frames of faces come from.
    pub frame_source: FrameSource,
    /// Longest pause inside a scanner's burst, in milliseconds.
    pub max_gap_ms: u32,
    /// The direction of the last document.
    pub mode: Direction,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            locale: None,
            theme: Theme::System,
            sound_volume: 70,
            frame_source: FrameSource::Camera { index: 0 },
            max_gap_ms: 60,
            mode: Direction::In,
        }
    }
}

impl Station {
    /// Reads the file; a missing one means the defaults, a damaged one is put aside and said so in the log.
    pub fn load(path: &Path) -> Self {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::default(),
            Err(error) => {
                tracing::warn!(%error, "the station's settings cannot be read; the defaults hold");
                return Self::default();
            }
        };
        toml::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "the station's settings are damaged; the defaults hold");
            let aside = path.with_extension("toml.damaged");
            if let Err(error) = fs::rename(path, aside) {
                tracing::warn!(%error, "the damaged settings cannot be put aside");
            }
            Self::default()
        })
    }

    /// Writes the file beside itself, syncs it and renames it.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let text = toml::to_string_pretty(self).map_err(io::Error::other)?;
        let beside = path.with_extension("toml.partial");
        let mut file = fs::File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(beside, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_survives_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.toml");
        let station = Station {
            locale: Some(Locale::UzCyrl),
            frame_source: FrameSource::Folder {
                path: "юзлар".to_owned(),
            },
            ..Station::default()
        };
        station.save(&path).expect("saved");
        assert_eq!(Station::load(&path), station);
    }

    #[test]
    fn damaged_settings_are_put_aside_and_the_defaults_hold() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.toml");
        fs::write(&path, "theme = [").expect("written");
        assert_eq!(Station::load(&path), Station::default());
        assert!(path.with_extension("toml.damaged").exists());
    }
}
