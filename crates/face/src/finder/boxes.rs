//! Where the face is: a search of the whole frame, then of the neighbourhood of the last place.

use super::FaceBox;
use crate::Error;
use crate::cascade::{Cascade, Detection, FACE};
use opencv::core::{Mat, MatTraitConst, Rect, Size};
use opencv::imgproc;

/// The search runs on a copy this wide: 25 ms instead of 27 at full size, with the same hits. 320 px would take 15 ms and
/// lose one frame in a hundred.
const SEARCH_WIDTH: f32 = 480.0;
/// Step between searched sizes.
const SCALE_STEP: f64 = 1.1;
/// Smallest face in the whole-frame search, in pixels of the copy: 128 px of a 1280 px frame, the desk's own gate.
const SMALLEST: f32 = 48.0;
/// A second face at least this large beside the first makes the frame useless.
const SECOND_FACE: f32 = 0.6;
/// The neighbourhood reaches half a box beyond the last place on each side…
const NEARBY: f32 = 0.5;
/// …and expects these sizes of it.
pub(super) const NEARBY_SIZES: (f32, f32) = (0.7, 1.4);
/// The whole frame is searched again after so many frames, or a second person would never be noticed.
const WHOLE_EVERY: u32 = 10;

/// What a frame holds.
pub(super) enum Found {
    Nobody,
    One(FaceBox),
    Several,
}

/// Finds the largest face; 40 ms over the whole frame, 8 ms around the last place (busy machine).
pub(super) struct FaceTracker {
    cascade: Cascade,
    last: Option<FaceBox>,
    since_whole: u32,
}

impl FaceTracker {
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            cascade: Cascade::load(FACE)?,
            last: None,
            since_whole: 0,
        })
    }

    pub fn find(&mut self, grey: &Mat) -> Result<Found, Error> {
        if let Some(last) = self.last.filter(|_| self.since_whole < WHOLE_EVERY) {
            self.since_whole += 1;
            if let Some(face) = self.near(grey, &last)? {
                self.last = Some(face);
                return Ok(Found::One(face));
            }
        }
        self.since_whole = 0;
        let found = self.anywhere(grey)?;
        self.last = if let Found::One(face) = found {
            Some(face)
        } else {
            None
        };
        Ok(found)
    }

    fn anywhere(&mut self, grey: &Mat) -> Result<Found, Error> {
        let whole = Rect::new(0, 0, grey.cols(), grey.rows());
        let longest = grey.cols().max(grey.rows()) as f32;
        let faces = self.search(grey, whole, SMALLEST / scale_of(grey), longest)?;
        Ok(match faces.as_slice() {
            [] => Found::Nobody,
            [_, second, ..] if second.width > SECOND_FACE * faces[0].width => Found::Several,
            [first, ..] => Found::One(*first),
        })
    }

    fn near(&mut self, grey: &Mat, last: &FaceBox) -> Result<Option<FaceBox>, Error> {
        let (smallest, largest) = (NEARBY_SIZES.0 * last.width, NEARBY_SIZES.1 * last.width);
        let faces = self.search(grey, last.grown(NEARBY).within(grey), smallest, largest)?;
        Ok(faces.first().copied())
    }

    /// Faces within `part` of the frame, the largest first; sizes are in pixels of the frame.
    fn search(
        &mut self,
        grey: &Mat,
        part: Rect,
        min: f32,
        max: f32,
    ) -> Result<Vec<FaceBox>, Error> {
        let scale = scale_of(grey);
        let size = Size::new(
            ((part.width as f32 * scale).round() as i32).max(1),
            ((part.height as f32 * scale).round() as i32).max(1),
        );
        let mut small = Mat::default();
        imgproc::resize(
            &grey.roi(part)?,
            &mut small,
            size,
            0.0,
            0.0,
            imgproc::INTER_AREA,
        )?;
        let wanted = Detection {
            scale: SCALE_STEP,
            min: min * scale,
            max: max * scale,
        };
        let boxes = self.cascade.detect(&small, &wanted)?;
        let to_frame = |b: &Rect| FaceBox {
            x: part.x as f32 + b.x as f32 / scale,
            y: part.y as f32 + b.y as f32 / scale,
            width: b.width as f32 / scale,
        };
        Ok(boxes.iter().map(to_frame).collect())
    }
}

/// Pixels of the copy for one pixel of the frame.
fn scale_of(grey: &Mat) -> f32 {
    (SEARCH_WIDTH / grey.cols() as f32).min(1.0)
}
