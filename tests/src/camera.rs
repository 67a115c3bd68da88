//! What stands before the camera: a folder whose frames change as people come and go.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

/// Pictures in the folder, whatever the scene. As the files stay and only their content changes, a reader in the midst
/// of the folder never misses one.
const SLOTS: usize = 30;

/// A folder of frames that the application takes for its camera.
pub struct Camera {
    folder: PathBuf,
}

impl Camera {
    /// A camera that sees nobody yet.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let camera = Self {
            folder: folder.to_owned(),
        };
        camera.step_away()?;
        Ok(camera)
    }

    /// The folder to give to the application.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Somebody steps before the camera: from now on it shows these frames, spread over its round.
    pub fn show(&self, frames: &[PathBuf]) -> Result<()> {
        ensure!(!frames.is_empty(), "somebody without a single frame");
        let round = frames.len().max(SLOTS);
        for slot in 0..SLOTS {
            let frame = &frames[(slot * round / SLOTS) % frames.len()];
            self.place(
                slot,
                &fs::read(frame).with_context(|| frame.display().to_string())?,
            )?;
        }
        Ok(())
    }

    /// Nobody stands there: an empty wall.
    pub fn step_away(&self) -> Result<()> {
        let mut wall = Vec::new();
        GrayImage::from_pixel(640, 480, Luma([150]))
            .write_with_encoder(JpegEncoder::new(&mut wall))?;
        (0..SLOTS).try_for_each(|slot| self.place(slot, &wall))
    }

    /// The name says JPEG; readers look at the content.
    fn place(&self, slot: usize, picture: &[u8]) -> Result<()> {
        let name = format!("{slot:03}.jpg");
        let arriving = self.folder.join(format!(".{name}.arriving"));
        fs::write(&arriving, picture)?;
        Ok(fs::rename(&arriving, self.folder.join(name))?)
    }
}
