//! Where the eyes are: three cascades, of which each misses one person in three with glasses, and their mean.

use super::{FaceBox, Point, Search};
use crate::Error;
use crate::cascade::{Cascade, Detection, EYE, EYE_GLASSES, LEFT_EYE, RIGHT_EYE};
use crate::liveness::EyeSight;
use crate::quality::EyeGeometry;
use opencv::core::{self, Mat, MatTraitConst, Rect, Size};
use opencv::imgproc;

/// Where the eyes lie in a box of the frontal cascade, in shares of its width.
const EXPECTED_LEFT: (f32, f32) = (0.300, 0.385);
/// See [`EXPECTED_LEFT`].
const EXPECTED_RIGHT: (f32, f32) = (0.690, 0.385);
/// Parts of the box that are searched for one eye: x from, x to. They overlap, since a head may be turned a little.
const LEFT_PART: (f32, f32) = (0.06, 0.54);
/// See [`LEFT_PART`].
const RIGHT_PART: (f32, f32) = (0.46, 0.94);
/// y from, y to.
const PART_HEIGHT: (f32, f32) = (0.15, 0.58);
/// Smallest and largest eye, in shares of the box.
const EYE_SIZES: (f32, f32) = (0.14, 0.42);
/// An answer farther from the expected place is a nostril or a brow.
const FARTHEST: f32 = 0.13;
/// The 2splits cascades answer that much too high.
const SPLITS_TOO_HIGH: f32 = 0.038;
/// Distances of two eyes that can be one face's, in shares of the box.
const DISTANCES: (f32, f32) = (0.26, 0.55);
/// A turn beyond this is a false answer, degrees.
const STEEPEST: f32 = 18.0;
/// Trust in the found eyes against the expected places. 0.3 / 0.5 / 0.7 / 0.85: 21.2 / 18.7 / 19.9 / 19.1 %; box alone 25.5.
const TRUST: f32 = 0.6;

/// Both eyes, left and right in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Eyes {
    pub left: Point,
    pub right: Point,
}

impl Eyes {
    /// The places that the crop is aligned by: found eyes drawn towards the expected ones, or those alone.
    pub fn settled(found: Option<Self>, face: &FaceBox) -> Self {
        let expected = Self::expected(face);
        let blend = |a: Point, b: Point| Point {
            x: TRUST * a.x + (1.0 - TRUST) * b.x,
            y: TRUST * a.y + (1.0 - TRUST) * b.y,
        };
        found.map_or(expected, |eyes| Self {
            left: blend(eyes.left, expected.left),
            right: blend(eyes.right, expected.right),
        })
    }

    fn expected(face: &FaceBox) -> Self {
        Self {
            left: face.at(EXPECTED_LEFT.0, EXPECTED_LEFT.1),
            right: face.at(EXPECTED_RIGHT.0, EXPECTED_RIGHT.1),
        }
    }

    /// The eyes in a picture whose origin lies elsewhere.
    pub fn moved(&self, x: f32, y: f32) -> Self {
        let by = |p: Point| Point {
            x: p.x + x,
            y: p.y + y,
        };
        Self {
            left: by(self.left),
            right: by(self.right),
        }
    }

    /// The eyes in a picture of another size.
    pub fn scaled(&self, by: f32) -> Self {
        let scaled = |p: Point| Point {
            x: p.x * by,
            y: p.y * by,
        };
        Self {
            left: scaled(self.left),
            right: scaled(self.right),
        }
    }

    /// Distance, middle and turn against the box.
    pub fn geometry(&self, face: &FaceBox) -> EyeGeometry {
        let (across, down) = (self.right.x - self.left.x, self.right.y - self.left.y);
        EyeGeometry {
            distance: across.hypot(down) / face.width,
            middle: (f32::midpoint(self.left.x, self.right.x) - face.x) / face.width,
            roll_degrees: down.atan2(across).to_degrees(),
        }
    }

    fn plausible(&self, face: &FaceBox) -> bool {
        let geometry = self.geometry(face);
        (DISTANCES.0..DISTANCES.1).contains(&geometry.distance)
            && geometry.roll_degrees.abs() < STEEPEST
    }
}

/// Half the width and half the height of the patch whose grey tells a lid from an iris, in shares of the box.
const LID_PATCH: (f32, f32) = (0.08, 0.04);

/// A cascade and how much its answers lie too high, in shares of the box.
struct Detector(Cascade, f32);

/// Searches the box of a face for its eyes.
pub(super) struct EyeFinder {
    left: [Detector; 3],
    right: [Detector; 3],
    /// The box is brought to this width, pixels.
    width: f32,
    /// Step between searched sizes.
    step: f64,
}

impl EyeFinder {
    pub fn new(search: Search) -> Result<Self, Error> {
        // In the picture's left half lies the person's right eye.
        let side = |splits| -> Result<[Detector; 3], Error> {
            Ok([
                Detector(Cascade::load(EYE)?, 0.0),
                Detector(Cascade::load(EYE_GLASSES)?, 0.0),
                Detector(Cascade::load(splits)?, SPLITS_TOO_HIGH),
            ])
        };
        let (width, step) = match search {
            Search::Careful => (240.0, 1.05),
            Search::Quick => (160.0, 1.1),
        };
        Ok(Self {
            left: side(RIGHT_EYE)?,
            right: side(LEFT_EYE)?,
            width,
            step,
        })
    }

    /// Both eyes, or nothing when one is missing or they cannot be one face's; and what is seen of the lids.
    pub fn find(&mut self, grey: &Mat, face: &FaceBox) -> Result<(Option<Eyes>, EyeSight), Error> {
        let place = face.within(grey);
        let (width, step) = (self.width, self.step);
        let height = width * place.height as f32 / place.width as f32;
        let mut sized = Mat::default();
        let size = Size::new(width as i32, height.round() as i32);
        imgproc::resize(
            &grey.roi(place)?,
            &mut sized,
            size,
            0.0,
            0.0,
            imgproc::INTER_AREA,
        )?;
        let mut strong = Mat::default();
        imgproc::equalize_hist(&sized, &mut strong)?;
        let picture = FacePicture {
            grey: &strong,
            width,
            step,
        };
        let left = picture.eye(&mut self.left, LEFT_PART, EXPECTED_LEFT)?;
        let right = picture.eye(&mut self.right, RIGHT_PART, EXPECTED_RIGHT)?;
        let eyes = left.centre.zip(right.centre).map(|(left, right)| Eyes {
            left: face.at(left.x, left.y),
            right: face.at(right.x, right.y),
        });
        let sight = EyeSight {
            seen: left.split && right.split,
            open: [left.open, right.open],
            brightness: [
                lid_grey(&sized, EXPECTED_LEFT)?,
                lid_grey(&sized, EXPECTED_RIGHT)?,
            ],
        };
        Ok((eyes.filter(|eyes| eyes.plausible(face)), sight))
    }
}

/// Mean grey around the place where an eye is expected in the box brought to size. The place is the same in every frame, or
/// the grey would change with the cascades' answers.
fn lid_grey(sized: &Mat, (x, y): (f32, f32)) -> Result<f32, Error> {
    let width = sized.cols() as f32;
    let patch = crate::align::rect(
        (x - LID_PATCH.0) * width,
        (y - LID_PATCH.1) * width,
        2.0 * LID_PATCH.0 * width,
        2.0 * LID_PATCH.1 * width,
    );
    let patch = patch & Rect::new(0, 0, sized.cols(), sized.rows());
    Ok(core::mean_def(&sized.roi(patch)?)?[0] as f32)
}

/// The box of a face at the size in which eyes are searched.
struct FacePicture<'a> {
    grey: &'a Mat,
    width: f32,
    step: f64,
}

/// What the cascades answer for one eye, places in shares of the box.
struct OneEye {
    /// The mean of the answers.
    centre: Option<Point>,
    /// Whether one of the cascades that see only open eyes answered.
    open: bool,
    /// Whether the one that sees them open or shut did.
    split: bool,
}

impl FacePicture<'_> {
    /// The cascades' answers near the expected place.
    fn eye(
        &self,
        detectors: &mut [Detector; 3],
        (from, to): (f32, f32),
        expected: (f32, f32),
    ) -> Result<OneEye, Error> {
        let width = self.width;
        let part = crate::align::rect(
            from * width,
            PART_HEIGHT.0 * width,
            (to - from) * width,
            (PART_HEIGHT.1 - PART_HEIGHT.0) * width,
        );
        let part = part & Rect::new(0, 0, self.grey.cols(), self.grey.rows());
        let half = self.grey.roi(part)?;
        let wanted = Detection {
            scale: self.step,
            min: EYE_SIZES.0 * width,
            max: EYE_SIZES.1 * width,
        };
        let mut answers = [None; 3];
        for (Detector(cascade, too_high), answer) in detectors.iter_mut().zip(&mut answers) {
            let boxes = cascade.detect(&half, &wanted)?;
            let centre = |b: &Rect| Point {
                x: (part.x as f32 + b.x as f32 + b.width as f32 / 2.0) / width,
                y: (part.y as f32 + b.y as f32 + b.height as f32 / 2.0) / width + *too_high,
            };
            let way = |p: &Point| (p.x - expected.0).hypot(p.y - expected.1);
            let nearest = boxes
                .iter()
                .map(centre)
                .min_by(|a, b| way(a).total_cmp(&way(b)));
            *answer = nearest.filter(|p| way(p) < FARTHEST);
        }
        let kept: Vec<Point> = answers.into_iter().flatten().collect();
        let count = kept.len() as f32;
        let centre = (!kept.is_empty()).then(|| Point {
            x: kept.iter().map(|p| p.x).sum::<f32>() / count,
            y: kept.iter().map(|p| p.y).sum::<f32>() / count,
        });
        let [open, open_behind_glasses, split] = answers.map(|answer| answer.is_some());
        Ok(OneEye {
            centre,
            open: open || open_behind_glasses,
            split,
        })
    }
}
