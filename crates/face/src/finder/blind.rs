//! Frames without a face: is it the place that is empty, or the camera that does not see?

use super::Hint;
use super::boxes::{FaceTracker, Found};
use crate::Error;
use opencv::core::{self, Mat, Size};
use opencv::imgproc;
use std::time::Duration;

/// A picture darker than this on average, of 255, shows nothing: a covered lens gives 0 to 15, a desk by a night lamp 40.
const BLACK: f64 = 20.0;
/// So long a camera may be black: some open with dark frames.
const BLACK_FOR: Duration = Duration::from_secs(1);
/// The mean is taken of a copy of this size.
const MEASURED: Size = Size {
    width: 64,
    height: 36,
};
/// Every so many faceless frames one is searched upside down, since the search takes 25 ms.
const TURNED_EVERY: u32 = 4;
/// So many of these searches in a row must find a face, or a pattern on a wall would do.
const TURNED_HITS: u32 = 2;

/// Watches the faceless frames of one source.
#[derive(Default)]
pub(super) struct BlindWatch {
    black_since: Option<Duration>,
    faceless: u32,
    turned_hits: u32,
}

impl BlindWatch {
    /// A face was found: the camera sees.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What a frame without a face is.
    pub fn look(
        &mut self,
        grey: &Mat,
        at: Duration,
        tracker: &mut FaceTracker,
    ) -> Result<Hint, Error> {
        if mean(grey)? < BLACK {
            let since = *self.black_since.get_or_insert(at);
            let long = at.saturating_sub(since) > BLACK_FOR;
            return Ok(if long { Hint::Black } else { Hint::NoFace });
        }
        self.black_since = None;
        self.faceless += 1;
        if self.faceless.is_multiple_of(TURNED_EVERY) {
            let mut turned = Mat::default();
            core::rotate(grey, &mut turned, core::ROTATE_180)?;
            let found = matches!(tracker.anywhere(&turned)?, Found::One(_));
            self.turned_hits = if found { self.turned_hits + 1 } else { 0 };
        }
        Ok(if self.turned_hits >= TURNED_HITS {
            Hint::UpsideDown
        } else {
            Hint::NoFace
        })
    }
}

fn mean(grey: &Mat) -> Result<f64, Error> {
    let mut small = Mat::default();
    imgproc::resize(grey, &mut small, MEASURED, 0.0, 0.0, imgproc::INTER_AREA)?;
    Ok(core::mean_def(&small)?[0])
}
