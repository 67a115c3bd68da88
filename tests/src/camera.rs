//! What stands before the camera: a folder whose frames change as people come and go.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::GrayImage;
use image::Luma;

/// A folder of frames that the application takes for its camera.
pub struct Camera {
    folder: PathBuf,
    scene: u32,
}

impl Camera {
    /// A camera that sees nobody yet.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let mut camera = Self { folder: folder.to_owned(), scene: 0 };
        camera.step_away()?;
        Ok(camera)
    }

    /// The folder to give to the application.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Somebody steps before the camera: from now on it shows these frames, in the order given.
    pub fn show(&mut self, frames: &[PathBuf]) -> Result<()> {
        self.change_scene(|folder, prefix| {
            for (index, frame) in frames.iter().enumerate() {
                let ending = frame.extension().context("a frame's file name has no ending")?;
                let name = format!("{prefix}-{index:03}.{}", ending.to_string_lossy());
                let arriving = folder.join(format!(".{name}"));
                fs::copy(frame, &arriving).with_context(|| frame.display().to_string())?;
                fs::rename(&arriving, folder.join(name))?;
            }
            Ok(())
        })
    }

    /// Nobody stands there: an empty wall.
    pub fn step_away(&mut self) -> Result<()> {
        self.change_scene(|folder, prefix| {
            let arriving = folder.join(format!(".{prefix}.png"));
            GrayImage::from_pixel(640, 480, Luma([150])).save(&arriving)?;
            Ok(fs::rename(&arriving, folder.join(format!("{prefix}.png")))?)
        })
    }

    /// The new scene is complete before the old one is gone, so that the camera is never without a picture.
    fn change_scene(&mut self, add: impl FnOnce(&Path, &str) -> Result<()>) -> Result<()> {
        let old: Vec<PathBuf> = fs::read_dir(&self.folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        self.scene += 1;
        add(&self.folder, &format!("{:04}", self.scene))?;
        for path in old {
            fs::remove_file(path)?;
        }
        Ok(())
    }
}
