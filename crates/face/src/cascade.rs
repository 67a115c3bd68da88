//! OpenCV's cascades, compiled in and loaded from memory: no path is ever given to OpenCV.

use crate::Error;
use opencv::core::{FileStorage, FileStorage_MEMORY, Rect, Size, ToInputArray, Vector};
use opencv::objdetect::CascadeClassifier;
use opencv::prelude::*;

/// A compiled-in cascade: its file's name in `models/` and its text.
pub type CascadeFile = (&'static str, &'static str);

macro_rules! cascade {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../models/", $name, ".xml")),
        )
    };
}

/// Best of five frontal cascades on 1280 x 720 frames: the largest box is the face in 99–100 % of frames, against
/// 73 % for the default one in poor light, and it is the quickest of those that good.
pub(crate) const FACE: CascadeFile = cascade!("haarcascade_frontalface_alt2");
/// Sees an open eye: 68 % of frames have both.
pub(crate) const EYE: CascadeFile = cascade!("haarcascade_eye");
/// Sees an open eye behind glasses: 72 %.
pub(crate) const EYE_GLASSES: CascadeFile = cascade!("haarcascade_eye_tree_eyeglasses");
/// Sees a left eye, open or shut: with its twin 94 %.
pub(crate) const LEFT_EYE: CascadeFile = cascade!("haarcascade_lefteye_2splits");
/// Sees a right eye, open or shut.
pub(crate) const RIGHT_EYE: CascadeFile = cascade!("haarcascade_righteye_2splits");

/// All that is compiled in.
pub const CASCADES: [CascadeFile; 5] = [FACE, EYE, EYE_GLASSES, LEFT_EYE, RIGHT_EYE];

/// What to look for, all sizes in pixels of the searched picture.
pub(crate) struct Detection {
    /// Step between the searched sizes, above 1.
    pub scale: f64,
    /// Smallest side of an answer.
    pub min: f32,
    /// Largest side of an answer.
    pub max: f32,
}

/// Overlapping answers that make one detection. 3 is OpenCV's default and what everything here was measured with.
const MIN_NEIGHBOURS: i32 = 3;

/// One loaded detector.
pub(crate) struct Cascade(CascadeClassifier);

impl Cascade {
    /// Loads a compiled-in cascade.
    pub fn load((name, text): CascadeFile) -> Result<Self, Error> {
        let storage = FileStorage::new_def(text, FileStorage_MEMORY)?;
        let mut classifier = CascadeClassifier::default()?;
        if !classifier.read(&storage.get_first_top_level_node()?)? || classifier.empty()? {
            return Err(Error::Cascade { name });
        }
        Ok(Self(classifier))
    }

    /// All answers, the largest first; the order is the same on every run.
    pub fn detect(
        &mut self,
        grey: &impl ToInputArray,
        wanted: &Detection,
    ) -> Result<Vec<Rect>, Error> {
        let side = |length: f32| Size::new(length.round() as i32, length.round() as i32);
        let mut found = Vector::<Rect>::new();
        self.0.detect_multi_scale(
            grey,
            &mut found,
            wanted.scale,
            MIN_NEIGHBOURS,
            0,
            side(wanted.min),
            side(wanted.max),
        )?;
        let mut boxes = found.to_vec();
        boxes.sort_by_key(|b| (-b.width, b.y, b.x));
        Ok(boxes)
    }
}
