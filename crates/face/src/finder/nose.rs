//! The middle of the face, brought to one size by the eyes: where the nose stands against them tells a turned head from a
//! moved or swung picture.

use super::{Eyes, FaceBox, Point};
use crate::Error;
use crate::align::{grey_pixels, warped};
use opencv::core::{Mat, Size};
use opencv::imgproc;

/// The eyes in the strip, pixels.
const LEFT: Point = Point { x: 30.0, y: 14.0 };
/// See [`LEFT`].
const RIGHT: Point = Point { x: 66.0, y: 14.0 };
/// Size of the strip.
const SIZE: Size = Size {
    width: 96,
    height: 62,
};
/// Light that changes more slowly than this, in pixels, is taken off: it moves with the lamp and not with the nose.
const SLOW_LIGHT: f64 = 4.0;
/// What is compared of the eyes: x from, x to, y from, y to.
const EYES: Area = (20, 76, 6, 22);
/// What is compared of the nose.
const NOSE: Area = (36, 60, 28, 58);
/// How far either may have moved, pixels; at the very end it lies elsewhere. A head turned by 30 degrees moves the nose by
/// seven.
const REACH: i32 = 10;
/// With a correlation below this it is not the same thing any more.
const ALIKE: f32 = 0.4;

type Area = (usize, usize, usize, usize);

/// Eyes and nose without their slow light, the eyes at fixed places. It lives in memory only.
#[derive(Clone, PartialEq)]
pub struct NoseStrip(Vec<i16>);

impl std::fmt::Debug for NoseStrip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NoseStrip({} x {})", SIZE.width, SIZE.height)
    }
}

impl NoseStrip {
    pub(super) fn cut(grey: &Mat, face: &FaceBox, eyes: &Eyes) -> Result<Self, Error> {
        let strip = warped(grey, face, eyes, (LEFT, RIGHT), SIZE)?;
        let mut slow = Mat::default();
        imgproc::gaussian_blur_def(&strip, &mut slow, Size::new(0, 0), SLOW_LIGHT)?;
        let edges = grey_pixels(&strip)?;
        let slow = grey_pixels(&slow)?;
        let edge = |(grey, slow): (u8, u8)| i16::from(grey) - i16::from(slow);
        Ok(Self(edges.into_iter().zip(slow).map(edge).collect()))
    }

    /// How far the nose has moved against the eyes since `earlier`, in distances between the eyes; more is to the right of
    /// the picture. `None` when either is not found again.
    pub(crate) fn parallax(&self, earlier: &Self) -> Option<f32> {
        let nose = self.shift_of(NOSE, earlier)?;
        let eyes = self.shift_of(EYES, earlier)?;
        Some((nose - eyes) as f32 / (RIGHT.x - LEFT.x))
    }

    /// Where the area of `earlier` lies now, in pixels to the right.
    fn shift_of(&self, area: Area, earlier: &Self) -> Option<i32> {
        let pattern = earlier.part(area, 0)?;
        (-REACH..=REACH)
            .filter_map(|shift| Some((shift, correlation(&pattern, &self.part(area, shift)?))))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(shift, alike)| *alike >= ALIKE && shift.abs() < REACH)
            .map(|(shift, _)| shift)
    }

    /// The area, moved to the right, with its mean taken off.
    fn part(&self, (left, right, top, bottom): Area, shift: i32) -> Option<Vec<f32>> {
        let left = left.checked_add_signed(shift as isize)?;
        let right = right.checked_add_signed(shift as isize)?;
        let rows = self.0.chunks_exact(SIZE.width as usize);
        let mut part = Vec::with_capacity((right - left) * (bottom - top));
        for row in rows.skip(top).take(bottom - top) {
            part.extend(row.get(left..right)?.iter().map(|&g| f32::from(g)));
        }
        let mean = part.iter().sum::<f32>() / part.len() as f32;
        for value in &mut part {
            *value -= mean;
        }
        Some(part)
    }
}

fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(f32::EPSILON)
}
