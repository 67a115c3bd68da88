//! Moving pictures made from a still: a photo in a hand, and a head that turns.

use crate::set::{Set, frame};
use anyhow::Result;
use image::{Rgb, RgbImage};
use ombor_face::{Act, FaceBox, FaceFinder, Frame, PixelFormat, Search};
use std::time::Duration;

/// Ten frames a second.
pub const INTERVAL: Duration = Duration::from_millis(100);
/// Frames before, during and after a movement.
pub const BEFORE: u32 = 12;
const DURING: u32 = 20;
const AFTER: u32 = 14;
/// How far a swung photo is turned about its upright axis, degrees.
const SWING: f32 = 35.0;
/// How far a head turns, degrees.
const TURN: f32 = 25.0;
/// Distance of the camera, in widths of the face.
const CAMERA: f32 = 4.0;
/// Radius of the head and how far the nose stands before it, in widths of the face.
const HEAD: f32 = 0.52;
const NOSE: f32 = 0.13;
/// Where the nose is and how wide, in shares of the box: x, y, half width, half height.
const NOSE_AT: (f32, f32, f32, f32) = (0.5, 0.58, 0.10, 0.15);

/// What moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// A photo held as still as a hand can.
    Still,
    /// The same, swung to one side, to the other and back.
    Swung,
    /// A head that turns to the person's left and back.
    TurnLeft,
    /// A head that turns to the person's right and back.
    TurnRight,
}

impl Motion {
    /// The act that it is.
    pub fn act(self) -> Option<Act> {
        match self {
            Self::Still | Self::Swung => None,
            Self::TurnLeft => Some(Act::TurnLeft),
            Self::TurnRight => Some(Act::TurnRight),
        }
    }
}

/// A still picture and where its face is.
pub struct Still {
    picture: RgbImage,
    face: FaceBox,
}

impl Still {
    /// Reads a picture; `None` without a face.
    pub fn of(set: &Set, place: usize) -> Result<Option<Self>> {
        let frame = frame(&set.pictures[place], true)?;
        let mut finder = FaceFinder::for_desk(Search::Careful)?;
        let face = finder.observe(&frame, Duration::ZERO)?.face;
        let picture = RgbImage::from_raw(frame.width(), frame.height(), frame.pixels().to_vec());
        Ok(picture.zip(face).map(|(picture, face)| Self {
            picture,
            face: face.face_box,
        }))
    }

    /// The frames of a movement.
    pub fn moving(&self, motion: Motion) -> impl Iterator<Item = Result<Frame>> {
        (0..BEFORE + DURING + AFTER).map(move |n| {
            let share = (n.saturating_sub(BEFORE) as f32 / DURING as f32).min(1.0);
            let (once, both) = (
                (std::f32::consts::PI * share).sin(),
                (std::f32::consts::TAU * share).sin(),
            );
            let (swing, turn) = match motion {
                Motion::Still => (0.0, 0.0),
                Motion::Swung => (SWING * both, 0.0),
                Motion::TurnLeft => (0.0, TURN * once),
                Motion::TurnRight => (0.0, -TURN * once),
            };
            let drawn = self.drawn(swing.to_radians(), turn.to_radians(), n);
            let (width, height) = drawn.dimensions();
            Ok(Frame::new(
                width,
                height,
                PixelFormat::Rgb,
                drawn.into_raw(),
            )?)
        })
    }

    fn drawn(&self, swing: f32, turn: f32, number: u32) -> RgbImage {
        let (width, height) = self.picture.dimensions();
        let middle = (
            self.face.x + self.face.width / 2.0,
            self.face.y + self.face.width / 2.0,
        );
        // A hand shakes and a head sways: by a fiftieth of the face.
        let sway = 0.02 * self.face.width;
        let (dx, dy) = (
            sway * (0.9 * number as f32).sin(),
            sway * (1.3 * number as f32).cos(),
        );
        RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (x as f32 - dx, y as f32 - dy);
            let (x, y) = swung(x - middle.0, y - middle.1, swing, self.face.width);
            let x = if turn == 0.0 {
                x
            } else {
                turned(x / self.face.width, y / self.face.width, turn) * self.face.width
            };
            let place = (x + middle.0, y + middle.1);
            noisy(sampled(&self.picture, place), number, (x, y))
        })
    }
}

/// Where a flat picture turned about its upright axis has the place that the camera sees here.
fn swung(x: f32, y: f32, angle: f32, size: f32) -> (f32, f32) {
    let distance = CAMERA * size;
    let along = x * distance / (distance * angle.cos() - x * angle.sin());
    let nearer = (distance + along * angle.sin()) / distance;
    (along, y * nearer)
}

/// Where on the straight face the place is that is seen here when the head is turned; in widths of the face from its middle.
fn turned(x: f32, y: f32, angle: f32) -> f32 {
    let inside = step(HEAD, 0.8 * HEAD, x.abs()) * step(0.75, 0.55, y.abs());
    // What stands farther out moves farther: solved by going back and forth three times.
    let mut from = x;
    for _ in 0..3 {
        let depth = depth(from, y);
        from = (x - depth * angle.sin()) / angle.cos();
    }
    x + inside * (from - x)
}

/// How far a place stands before the axis about which a head turns, which lies behind the middle of the head.
fn depth(x: f32, y: f32) -> f32 {
    let head = (HEAD * HEAD - x * x).max(0.0).sqrt();
    let (nose_x, nose_y, wide, high) = NOSE_AT;
    let from_nose = ((x - (nose_x - 0.5)) / wide, (y - (nose_y - 0.5)) / high);
    head + NOSE * (-from_nose.0.powi(2) - from_nose.1.powi(2)).exp()
}

fn step(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn sampled(picture: &RgbImage, (x, y): (f32, f32)) -> [f32; 3] {
    let within = |at: f32, size: u32| at.clamp(0.0, size as f32 - 1.001);
    let (x, y) = (within(x, picture.width()), within(y, picture.height()));
    let (left, top) = (x as u32, y as u32);
    let (across, down) = (x - left as f32, y - top as f32);
    let at = |x: u32, y: u32| picture.get_pixel(x, y).0.map(f32::from);
    let mix = |a: f32, b: f32, share: f32| a + (b - a) * share;
    std::array::from_fn(|n| {
        mix(
            mix(at(left, top)[n], at(left + 1, top)[n], across),
            mix(at(left, top + 1)[n], at(left + 1, top + 1)[n], across),
            down,
        )
    })
}

/// A camera's noise, the same on every run.
fn noisy(colour: [f32; 3], number: u32, (x, y): (f32, f32)) -> Rgb<u8> {
    let seed =
        (x.to_bits() ^ y.to_bits().rotate_left(13)).wrapping_add(number.wrapping_mul(0x9e37_79b9));
    let mixed = (seed ^ (seed >> 15)).wrapping_mul(0x2c1b_3c6d);
    let mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297a_2d39);
    let noise = ((mixed >> 8) & 0xff) as f32 / 255.0 * 8.0 - 4.0;
    Rgb(colour.map(|part| (part + noise).clamp(0.0, 255.0) as u8))
}
