//! From a frame to an aligned face that may vote, or to what the person should do.

mod blind;
mod boxes;
mod eyes;
mod nose;

use crate::liveness::EyeSight;
use crate::quality::{Gates, Quality};
use crate::{Crop, Error, Frame, align};
use blind::BlindWatch;
use boxes::{FaceTracker, Found};
use eyes::EyeFinder;
use opencv::core::{Mat, MatTraitConst, Rect};
use std::time::Duration;

pub(crate) use eyes::Eyes;
pub use nose::FaceEdges;

/// A face that is not seen for longer has left; who comes back may be somebody else.
const LONGEST_GAP: Duration = Duration::from_millis(500);

/// A place in a frame, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// The square around a face, in pixels of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceBox {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Side.
    pub width: f32,
}

impl FaceBox {
    /// The place at these shares of the box.
    pub(crate) fn at(&self, x: f32, y: f32) -> Point {
        Point {
            x: self.x + x * self.width,
            y: self.y + y * self.width,
        }
    }

    /// The box with `share` of its width added on every side.
    pub(crate) fn grown(&self, share: f32) -> Self {
        let by = share * self.width;
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
        }
    }

    /// The whole pixels of the box that lie in a picture.
    pub(crate) fn within(&self, picture: &Mat) -> Rect {
        let wanted = align::rect(self.x, self.y, self.width, self.width);
        wanted & Rect::new(0, 0, picture.cols(), picture.rows())
    }

    /// Whether this can be the face that was at `earlier` one frame ago.
    fn continues(&self, earlier: &Self) -> bool {
        let (here, there) = (self.at(0.5, 0.5), earlier.at(0.5, 0.5));
        let way = (here.x - there.x).hypot(here.y - there.y);
        let growth = self.width / earlier.width;
        way < 0.5 * earlier.width
            && (boxes::NEARBY_SIZES.0..=boxes::NEARBY_SIZES.1).contains(&growth)
    }
}

/// A face and, when both were seen, its eyes (left and right in the picture).
#[derive(Debug, Clone, PartialEq)]
pub struct TrackedFace {
    /// Where the face is.
    pub face_box: FaceBox,
    /// Where the eyes are.
    pub eyes: Option<(Point, Point)>,
    /// What the cascades say of the eyes' lids.
    pub sight: Option<EyeSight>,
    /// What the nose's place against the eyes is read from.
    pub edges: FaceEdges,
}

/// What the person should do for the next frame to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hint {
    /// Nobody is in view.
    NoFace,
    /// Two faces of like size: nobody can say whose the verdict would be.
    TwoFaces,
    /// The face is too small.
    Closer,
    /// The face fills the frame.
    Farther,
    /// Too dark, too flat, or lit from one side.
    MoreLight,
    /// Too bright, or burnt out.
    LessLight,
    /// Turned aside or tilted, or the eyes are not seen.
    LookHere,
    /// The face is blurred.
    HoldStill,
    /// A face is found only in the picture turned by 180 degrees: the camera hangs upside down.
    UpsideDown,
    /// The picture has been black for more than a second: the camera is covered.
    Black,
    /// The frame counts.
    Good,
}

/// What one frame showed.
#[derive(Debug, Clone)]
pub struct Observation {
    /// When the frame was seen, on the clock of whoever feeds the frames.
    pub at: Duration,
    /// Number of the unbroken track of the face: another number may be another person.
    pub track: u64,
    /// The face, even when its frame does not count.
    pub face: Option<TrackedFace>,
    /// Its measures.
    pub quality: Option<Quality>,
    /// The aligned face, present exactly when the frame counts.
    pub crop: Option<Crop>,
    /// [`Hint::Good`] when the frame counts.
    pub hint: Hint,
}

/// How much work goes into the eyes of one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Full size, small steps: for enrolment, and at the desk while there is time.
    Careful,
    /// Smaller and in larger steps: about a third of the time; across sessions 34 instead of 23 % are refused.
    Quick,
}

/// Finds and follows one face through the frames of one source.
pub struct FaceFinder {
    tracker: FaceTracker,
    eyes: EyeFinder,
    blind: BlindWatch,
    gates: Gates,
    track: u64,
    last: Option<(FaceBox, Duration)>,
}

impl FaceFinder {
    /// A finder for frames that must pass `gates`.
    ///
    /// # Errors
    /// [`Error::Cascade`] when a compiled-in cascade does not load.
    pub fn new(gates: Gates, search: Search) -> Result<Self, Error> {
        Ok(Self {
            tracker: FaceTracker::new(search)?,
            eyes: EyeFinder::new(search)?,
            blind: BlindWatch::default(),
            gates,
            track: 0,
            last: None,
        })
    }

    /// For a worker before the desk.
    pub fn for_desk(search: Search) -> Result<Self, Error> {
        Self::new(Gates::DESK, search)
    }

    /// For templates.
    pub fn for_enrolment() -> Result<Self, Error> {
        Self::new(Gates::ENROLMENT, Search::Careful)
    }

    /// Forgets the face that was followed: the next frame is searched whole and begins a new track.
    pub fn forget(&mut self) {
        self.tracker.forget();
        self.last = None;
    }

    /// Looks at the next frame, seen at `at`; times must not go back.
    pub fn observe(&mut self, frame: &Frame, at: Duration) -> Result<Observation, Error> {
        let grey = frame.to_grey()?;
        let nothing = |finder: &Self, hint| Observation {
            at,
            track: finder.track,
            face: None,
            quality: None,
            crop: None,
            hint,
        };
        let face = match self.tracker.find(&grey)? {
            Found::Nobody => {
                let hint = self.blind.look(&grey, at, &mut self.tracker)?;
                return Ok(nothing(self, hint));
            }
            Found::Two(_, second) if self.eyes.find(&grey, &second)?.0.is_some() => {
                self.forget();
                return Ok(nothing(self, Hint::TwoFaces));
            }
            // A second box without eyes is a pattern on a wall.
            Found::One(face) | Found::Two(face, _) => face,
        };
        self.blind.clear();
        self.follow(face, at);
        let (eyes, sight) = self.eyes.find(&grey, &face)?;
        let edges = FaceEdges::cut(&grey, &face, eyes.as_ref())?;
        let quality = Quality::measure(&grey, &face, eyes.as_ref())?;
        let hint = self.gates.judge(&quality);
        let crop = if hint == Hint::Good {
            Some(align::crop(&grey, &face, &Eyes::settled(eyes, &face))?)
        } else {
            None
        };
        Ok(Observation {
            at,
            track: self.track,
            face: Some(TrackedFace {
                face_box: face,
                eyes: eyes.map(|eyes| (eyes.left, eyes.right)),
                sight: Some(sight.over(quality.brightness)),
                edges,
            }),
            quality: Some(quality),
            crop,
            hint,
        })
    }

    /// Begins a new track unless this face continues the last one.
    fn follow(&mut self, face: FaceBox, at: Duration) {
        let continues = self.last.is_some_and(|(earlier, seen)| {
            at.saturating_sub(seen) <= LONGEST_GAP && face.continues(&earlier)
        });
        if !continues {
            self.track += 1;
        }
        self.last = Some((face, at));
    }
}
