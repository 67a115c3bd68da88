//! Faces that belong to nobody: drawn by a formula, one person for each seed, so that the detector, the gates and LBPH
//! can be tried without a picture of anybody.
//!
//! A person is a shape (eye distance, brows, nose, mouth, jaw), a skin and a hair; a [`Variation`] is what differs
//! between frames (pose, light, noise, blinking). The same seeds draw the same pixels on every run.

mod dice;
mod look;
mod paint;
mod person;
mod relief;

use dice::Dice;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageError, RgbImage};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

pub use look::Look;
pub use person::Person;

/// Size of a drawn frame in pixels.
pub const SIZE: (u32, u32) = (640, 480);
/// Little enough loss to keep the skin.
const JPEG_QUALITY: u8 = 92;

/// What differs between frames of one visit. Shares are of the distance between the eyes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variation {
    /// Seeds the frames: visits with different seeds share no frame.
    pub seed: u64,
    /// Greatest turn in the picture, degrees.
    pub roll_degrees: f32,
    /// Greatest turn aside, as the share by which the nose moves.
    pub turn: f32,
    /// Greatest shift of the face, as a share of the frame's width.
    pub shift: f32,
    /// Greatest change of size, as a share.
    pub size: f32,
    /// Mean distance between the eyes in pixels: 80 is a worker before the desk.
    pub eye_distance: f32,
    /// Where the light comes from: -1 left, 0 front, 1 right.
    pub light_from: f32,
    /// Exposure: 1 is even, less is darker.
    pub exposure: f32,
    /// Standard deviation of the camera's noise in grey values.
    pub noise: f32,
}

impl Variation {
    /// A visit in the light of a desk.
    #[must_use]
    pub fn visit(seed: u64) -> Self {
        Self {
            seed,
            roll_degrees: 3.0,
            turn: 0.04,
            shift: 0.03,
            size: 0.05,
            eye_distance: 80.0,
            light_from: 0.1,
            exposure: 1.0,
            noise: 3.0,
        }
    }

    /// The same desk an hour later: the light has moved.
    #[must_use]
    pub fn later(seed: u64) -> Self {
        Self {
            light_from: -0.1,
            exposure: 0.92,
            ..Self::visit(seed)
        }
    }
}

/// Draws frame number `frame` of a visit.
#[must_use]
pub fn draw(person: &Person, variation: &Variation, frame: u32) -> RgbImage {
    draw_doing(person, variation, frame, Look::Ahead)
}

/// Draws frame number `frame` of a visit in which the person does something.
#[must_use]
pub fn draw_doing(person: &Person, variation: &Variation, frame: u32, look: Look) -> RgbImage {
    paint::frame(&[(person, 0.0)], variation, (frame, frame), look)
}

/// Draws frame number `frame` of a visit in which the person blinks and turns the head to each side in every thirty frames.
#[must_use]
pub fn draw_in_round(person: &Person, variation: &Variation, frame: u32) -> RgbImage {
    let (look, pose) = look::in_round(frame);
    paint::frame(&[(person, 0.0)], variation, (frame, pose), look)
}

/// Draws a frame with two people beside each other.
#[must_use]
pub fn draw_two(left: &Person, right: &Person, variation: &Variation, frame: u32) -> RgbImage {
    let people = [(left, -0.25), (right, 0.25)];
    paint::frame(&people, variation, (frame, frame), Look::Ahead)
}

/// Draws the place without a person.
#[must_use]
pub fn draw_nobody(variation: &Variation, frame: u32) -> RgbImage {
    paint::frame(&[], variation, (frame, frame), Look::Ahead)
}

/// Writes `frames` frames of the person `person_seed` into `folder` as `001.jpg`, `002.jpg`, … and answers their paths. In
/// every thirty frames the person blinks and turns the head to each side, so that a loop over them does whatever is asked.
///
/// # Errors
/// When the folder cannot be made or a file not be written.
pub fn write_folder(
    folder: &Path,
    person_seed: u64,
    frames: u32,
    variation: &Variation,
) -> Result<Vec<PathBuf>, ImageError> {
    std::fs::create_dir_all(folder)?;
    let person = Person::of(person_seed);
    let write = |frame: u32| {
        let path = folder.join(format!("{:03}.jpg", frame + 1));
        let file = BufWriter::new(File::create(&path)?);
        draw_in_round(&person, variation, frame)
            .write_with_encoder(JpegEncoder::new_with_quality(file, JPEG_QUALITY))?;
        Ok(path)
    };
    (0..frames).map(write).collect()
}
