//! Where the face is: a search of the whole frame, then of the neighbourhood of the last place.

use super::{FaceBox, Search};
use crate::Error;
use crate::cascade::{Cascade, Detection, FACE};
use opencv::core::{Mat, MatTraitConst, Rect, Size};
use opencv::imgproc;

/// The search runs on a copy this wide: 25 ms instead of 27 at full size, with the same hits.
const SEARCH_WIDTH: f32 = 480.0;
/// The quick search of a whole frame: 15 ms, and one frame in a hundred is lost.
const QUICK_WIDTH: f32 = 320.0;
/// Step between searched sizes.
const SCALE_STEP: f64 = 1.1;
/// Smallest face in the whole-frame search, as a share of the frame's width: 128 px of a 1280 px frame, the desk's own
/// gate…
const SMALLEST: f32 = 0.10;
/// …and in pixels of the frame.
const SMALLEST_PIXELS: f32 = 48.0;
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
    /// The largest, and one that is not much smaller.
    Two(FaceBox, FaceBox),
}

/// Finds the largest face; 40 ms over the whole frame, 8 ms around the last place (busy machine).
pub(super) struct FaceTracker {
    cascade: Cascade,
    whole_width: f32,
    last: Option<FaceBox>,
    since_whole: u32,
}

impl FaceTracker {
    pub fn new(search: Search) -> Result<Self, Error> {
        Ok(Self {
            cascade: Cascade::load(FACE)?,
            whole_width: match search {
                Search::Careful => SEARCH_WIDTH,
                Search::Quick => QUICK_WIDTH,
            },
            last: None,
            since_whole: 0,
        })
    }

    /// Searches the whole of the next frame.
    pub fn forget(&mut self) {
        self.last = None;
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
        self.last = match found {
            Found::One(face) | Found::Two(face, _) => Some(face),
            Found::Nobody => None,
        };
        Ok(found)
    }

    /// Searches a whole frame without regard to earlier ones.
    pub fn anywhere(&mut self, grey: &Mat) -> Result<Found, Error> {
        let whole = Rect::new(0, 0, grey.cols(), grey.rows());
        let sizes = (
            SMALLEST_PIXELS.max(SMALLEST * grey.cols() as f32),
            grey.cols().max(grey.rows()) as f32,
        );
        let faces = self.search(grey, whole, sizes, self.whole_width)?;
        Ok(match faces.as_slice() {
            [] => Found::Nobody,
            [first, second, ..] if second.width > SECOND_FACE * first.width => {
                Found::Two(*first, *second)
            }
            [first, ..] => Found::One(*first),
        })
    }

    fn near(&mut self, grey: &Mat, last: &FaceBox) -> Result<Option<FaceBox>, Error> {
        let sizes = (NEARBY_SIZES.0 * last.width, NEARBY_SIZES.1 * last.width);
        let part = last.grown(NEARBY).within(grey);
        let faces = self.search(grey, part, sizes, SEARCH_WIDTH)?;
        Ok(faces.first().copied())
    }

    /// Faces within `part` of the frame, the largest first; sizes are in pixels of the frame, which is brought to
    /// `width`.
    fn search(
        &mut self,
        grey: &Mat,
        part: Rect,
        (min, max): (f32, f32),
        width: f32,
    ) -> Result<Vec<FaceBox>, Error> {
        let scale = (width / grey.cols() as f32).min(1.0);
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
