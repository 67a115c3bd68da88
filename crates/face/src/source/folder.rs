//! A folder of pictures, replayed in the order of their names.

use super::FrameSource;
use crate::{Error, Frame, PixelFormat};
use image::ImageReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// File name endings of what is read.
const PICTURES: [&str; 3] = ["png", "jpg", "jpeg"];
/// Slowest and quickest replay, pictures a second.
const SPEEDS: (f32, f32) = (0.1, 60.0);
/// No side of a picture may be longer: an 8K frame's is 7680.
const LONGEST_SIDE: u32 = 16_384;

/// Replays the PNG and JPEG files of one folder; other files are passed over.
#[derive(Debug)]
pub struct Folder {
    name: String,
    pictures: Vec<PathBuf>,
    next: usize,
    interval: Duration,
    repeat: bool,
}

impl Folder {
    /// Lists the folder.
    ///
    /// # Errors
    /// [`Error::FolderUnreadable`], and [`Error::FolderWithoutPictures`] when none of its files is named like one.
    pub fn open(path: &Path, fps: f32, repeat: bool) -> Result<Self, Error> {
        let unreadable = |source| Error::FolderUnreadable {
            path: path.to_owned(),
            source,
        };
        let mut pictures = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            if is_picture(&file) {
                pictures.push(file);
            }
        }
        if pictures.is_empty() {
            return Err(Error::FolderWithoutPictures {
                path: path.to_owned(),
            });
        }
        pictures.sort();
        let fps = if fps.is_finite() {
            fps.clamp(SPEEDS.0, SPEEDS.1)
        } else {
            SPEEDS.0
        };
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        Ok(Self {
            name,
            pictures,
            next: 0,
            interval: Duration::from_secs_f64(1.0 / f64::from(fps)),
            repeat,
        })
    }
}

impl FrameSource for Folder {
    fn next_frame(&mut self) -> Result<Option<Frame>, Error> {
        if self.next == self.pictures.len() && self.repeat {
            self.next = 0;
        }
        let Some(path) = self.pictures.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        read(path).map(Some)
    }

    fn interval(&self) -> Option<Duration> {
        Some(self.interval)
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn is_picture(file: &Path) -> bool {
    let ending = file
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) && file.is_file()
}

fn read(path: &Path) -> Result<Frame, Error> {
    let unreadable = |source| Error::PictureUnreadable {
        path: path.to_owned(),
        source,
    };
    let opened = ImageReader::open(path).and_then(ImageReader::with_guessed_format);
    let mut reader = opened.map_err(|error| unreadable(error.into()))?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    let picture = reader.decode().map_err(unreadable)?.into_rgb8();
    Frame::new(
        picture.width(),
        picture.height(),
        PixelFormat::Rgb,
        picture.into_raw(),
    )
}
