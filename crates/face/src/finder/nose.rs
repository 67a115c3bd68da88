//! Where the nose stands against the eyes: it tells a turned head from a moved or swung picture.
//!
//! Eyes and nose are looked for again by their pattern and not by the cascades, which lose the eyes of a face that turns: of
//! simulated turns of 25 degrees 33 to 42 % were seen by those, 79 % are by this (24 to each side).

use super::{Eyes, FaceBox, Point};
use crate::Error;
use crate::align::{grey_pixels, warped};
use opencv::core::{Mat, Size};
use opencv::imgproc;

/// Side of the box of a face in which eyes and nose are looked for, pixels: some 37 lie between the eyes.
const SIDE: i32 = 96;
/// Light that changes more slowly than this, in pixels, is taken off: it moves with the lamp and not with the nose. 3 / 4 / 6
/// pixels: 85 / 89 / 89 % of turns move by [`FaceEdges::TURNED`].
const SLOW_LIGHT: f64 = 6.0;
/// What is compared of an eye: so much to each side of its middle, and above and below.
const EYE: (i32, i32) = (11, 9);
/// What is compared of the nose. Wider patterns hold cheeks, which move less: 19 / 25 / 31 pixels wide, half of the turns move
/// it by 0.11 / 0.10 / 0.09.
const NOSE: (i32, i32) = (9, 11);
/// How far below the eyes the pattern of the nose lies, in distances between the eyes. 0.55 / 0.61 / 0.69: nine in ten turns
/// move it by 0.083 / 0.080 / 0.076.
const NOSE_BELOW: f32 = 0.555;
/// How far an eye may have moved in the box, and the nose against the eyes. Farther searches find no more.
const EYE_REACH: (i32, i32) = (10, 6);
/// See [`EYE_REACH`].
const NOSE_REACH: (i32, i32) = (9, 6);
/// How far eyes are looked for a second time, when it is known how narrow the face has become.
const AGAIN_REACH: (i32, i32) = (3, 2);
/// A face narrower by less is compared as it is.
const AS_WIDE: f32 = 0.03;
/// Distances of the eyes against what they were, at which they can be the same two.
const NARROWED: (f32, f32) = (0.7, 1.25);
/// With a correlation below this it is not the same thing any more. 0.3 / 0.4 / 0.5: of the frames of a turn 4 / 7 / 10 % are
/// lost, and the photos' noses move as little.
const ALIKE: f32 = 0.4;

/// The box of a face at one size and without its slow light, with its eyes if they were seen. It lives in memory only.
#[derive(Clone, PartialEq)]
pub struct FaceEdges {
    edges: Vec<f32>,
    eyes: Option<Eyes>,
}

impl std::fmt::Debug for FaceEdges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaceEdges({SIDE} x {SIDE}, {:?})", self.eyes)
    }
}

impl FaceEdges {
    /// So far the nose moves against the eyes when a head turns, in distances between the eyes, at least. Of simulated turns
    /// of 25 degrees nine in ten reach it; no flat picture that was held still (0.02 at most) or swung by 35 degrees (0.075).
    pub const TURNED: f32 = 0.08;

    pub(super) fn cut(grey: &Mat, face: &FaceBox, eyes: Option<&Eyes>) -> Result<Self, Error> {
        let scale = SIDE as f32 / face.width;
        let within = |eyes: &Eyes| eyes.moved(-face.x, -face.y).scaled(scale);
        // The box itself, by the places where its eyes would be.
        let expected = Eyes::settled(None, face);
        let there = within(&expected);
        let size = Size::new(SIDE, SIDE);
        let sized = warped(grey, face, &expected, (there.left, there.right), size)?;
        let mut slow = Mat::default();
        imgproc::gaussian_blur_def(&sized, &mut slow, Size::new(0, 0), SLOW_LIGHT)?;
        let edge = |(grey, slow): (u8, u8)| f32::from(grey) - f32::from(slow);
        let edges = grey_pixels(&sized)?.into_iter().zip(grey_pixels(&slow)?);
        Ok(Self {
            edges: edges.map(edge).collect(),
            eyes: eyes.map(within),
        })
    }

    /// Whether the eyes were seen, so that another frame can be compared with this one.
    #[must_use]
    pub fn shows_eyes(&self) -> bool {
        self.eyes.is_some()
    }

    /// How far the nose has moved against the eyes since `straight`, in distances between the eyes; more is to the right of
    /// the picture. `None` when `straight` does not show the eyes, or when they or the nose are not found again.
    #[must_use]
    pub fn parallax(&self, straight: &Self) -> Option<f32> {
        let before = Places::of(straight.eyes.as_ref()?);
        let apart = before.apart();
        let eyes = |near: [Point; 2], reach, narrowed| {
            let left = self.find(straight, (before.left, EYE), near[0], reach, narrowed)?;
            let right = self.find(straight, (before.right, EYE), near[1], reach, narrowed)?;
            Some([left, right])
        };
        let mut found = eyes([before.left, before.right], EYE_REACH, 1.0)?;
        // A face that turns, and a picture that is swung, becomes narrower, and its patterns with it.
        let [left, right] = found.map(|place| place.at);
        let narrowed = (right.x - left.x).hypot(right.y - left.y) / apart;
        let narrowed = narrowed.clamp(NARROWED.0, NARROWED.1);
        if (narrowed - 1.0).abs() > AS_WIDE {
            found = eyes([left, right], AGAIN_REACH, narrowed)?;
        }
        let [left, right] = found.map(|place| place.at);
        let (here, there) = (middle(left, right), middle(before.left, before.right));
        let expected = Point {
            x: before.nose.x + here.x - there.x,
            y: before.nose.y + here.y - there.y,
        };
        let nose = (before.nose, NOSE);
        let nose = self.find(straight, nose, expected, NOSE_REACH, narrowed)?;
        let now = Places {
            left,
            right,
            nose: nose.at,
        };
        let alike = found.iter().all(|place| place.alike >= ALIKE) && nose.alike >= ALIKE;
        let same = (NARROWED.0..NARROWED.1).contains(&(now.apart() / apart));
        (alike && same).then(|| (now.nose_aside() - before.nose_aside()) / apart)
    }

    /// Where what was at a place of `earlier` lies now, near a place, when the face has become narrower.
    fn find(
        &self,
        earlier: &Self,
        (place, size): (Point, (i32, i32)),
        near: Point,
        (across, down): (i32, i32),
        narrowed: f32,
    ) -> Option<Found> {
        let pattern = Pattern::cut(earlier, place, size, narrowed)?;
        let (x, y) = (near.x.round() as i32, near.y.round() as i32);
        let alike = |dx: i32, dy: i32| pattern.correlation(self, x + dx, y + dy);
        let tried = (-down..=down).flat_map(|dy| (-across..=across).map(move |dx| (dx, dy)));
        let (dx, dy, top) = tried
            .filter_map(|(dx, dy)| Some((dx, dy, alike(dx, dy)?)))
            .max_by(|a, b| a.2.total_cmp(&b.2))?;
        let between = |before: Option<f32>, after: Option<f32>| {
            before.zip(after).map_or(0.0, |(b, a)| summit(b, top, a))
        };
        let at = Point {
            x: (x + dx) as f32 + between(alike(dx - 1, dy), alike(dx + 1, dy)),
            y: (y + dy) as f32 + between(alike(dx, dy - 1), alike(dx, dy + 1)),
        };
        Some(Found { at, alike: top })
    }

    /// Between two pixels of a row; `None` outside.
    fn sample(&self, x: f32, y: i32) -> Option<f32> {
        let row = self
            .edges
            .chunks_exact(SIDE as usize)
            .nth(usize::try_from(y).ok()?)?;
        let left = x.floor();
        let share = x - left;
        let left = usize::try_from(left as i32).ok()?;
        let right = if share > 0.0 { left + 1 } else { left };
        Some(row.get(left)? * (1.0 - share) + row.get(right)? * share)
    }
}

/// Eyes and nose, in pixels of the box.
struct Places {
    left: Point,
    right: Point,
    nose: Point,
}

impl Places {
    /// On whole pixels, where the patterns are cut out.
    fn of(eyes: &Eyes) -> Self {
        let whole = |x: f32, y: f32| Point {
            x: x.round(),
            y: y.round(),
        };
        let (across, down) = (eyes.right.x - eyes.left.x, eyes.right.y - eyes.left.y);
        let between = middle(eyes.left, eyes.right);
        Self {
            left: whole(eyes.left.x, eyes.left.y),
            right: whole(eyes.right.x, eyes.right.y),
            nose: whole(
                between.x - NOSE_BELOW * down,
                between.y + NOSE_BELOW * across,
            ),
        }
    }

    fn apart(&self) -> f32 {
        (self.right.x - self.left.x).hypot(self.right.y - self.left.y)
    }

    /// How far the nose stands beside the middle of the eyes, along the line through them.
    fn nose_aside(&self) -> f32 {
        let (across, down) = (self.right.x - self.left.x, self.right.y - self.left.y);
        let between = middle(self.left, self.right);
        let (aside, below) = (self.nose.x - between.x, self.nose.y - between.y);
        (aside * across + below * down) / self.apart().max(1.0)
    }
}

fn middle(a: Point, b: Point) -> Point {
    Point {
        x: f32::midpoint(a.x, b.x),
        y: f32::midpoint(a.y, b.y),
    }
}

/// A place and how like it is to what was looked for.
#[derive(Clone, Copy)]
struct Found {
    at: Point,
    alike: f32,
}

/// A cut-out with its mean taken off, of length 1.
struct Pattern {
    values: Vec<f32>,
    half: (i32, i32),
}

impl Pattern {
    /// The pattern at a whole pixel, made narrower; `None` past the edges or without any edge in it.
    fn cut(from: &FaceEdges, at: Point, (wide, high): (i32, i32), narrowed: f32) -> Option<Self> {
        let half = ((wide as f32 * narrowed).round() as i32, high);
        let mut values = Vec::with_capacity(((2 * half.0 + 1) * (2 * half.1 + 1)) as usize);
        for dy in -half.1..=half.1 {
            for dx in -half.0..=half.0 {
                let x = (dx as f32 / narrowed).clamp(-wide as f32, wide as f32);
                values.push(from.sample(at.x + x, at.y as i32 + dy)?);
            }
        }
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        for value in &mut values {
            *value -= mean;
        }
        let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        for value in &mut values {
            *value /= length;
        }
        (length > f32::EPSILON).then_some(Self { values, half })
    }

    /// How like the pattern a place is, -1 to 1; `None` past the edges.
    fn correlation(&self, face: &FaceEdges, x: i32, y: i32) -> Option<f32> {
        let (wide, high) = self.half;
        let left = usize::try_from(x - wide).ok()?;
        let top = usize::try_from(y - high).ok()?;
        let (columns, rows) = ((2 * wide + 1) as usize, (2 * high + 1) as usize);
        if top + rows > SIDE as usize {
            return None;
        }
        let (mut product, mut sum, mut squares) = (0.0, 0.0, 0.0);
        let lines = face.edges.chunks_exact(SIDE as usize).skip(top);
        for (own, line) in self.values.chunks_exact(columns).zip(lines) {
            for (a, b) in own.iter().zip(line.get(left..left + columns)?) {
                product += a * b;
                sum += b;
                squares += b * b;
            }
        }
        let spread = squares - sum * sum / (columns * rows) as f32;
        Some(product / spread.max(f32::EPSILON).sqrt())
    }
}

/// Where between its neighbours a parabola through three values is highest, -0.5 to 0.5.
fn summit(before: f32, top: f32, after: f32) -> f32 {
    let bend = before - 2.0 * top + after;
    if bend < -f32::EPSILON {
        (0.5 * (before - after) / bend).clamp(-0.5, 0.5)
    } else {
        0.0
    }
}
