//! A blink: for a moment neither cascade that sees open eyes finds one, on either side, while the face stays where it is.
//!
//! Each of the two loses open eyes without a blink in about 30 % of frames (glasses, light). That is why both must, why
//! the face must stand still, and why the grey about both eyes must change with it: a lid is not an iris. No public video
//! was at hand: how often a real blink is seen is not measured.

use super::Done;
use crate::{FaceBox, Observation};
use std::collections::VecDeque;
use std::time::Duration;

/// Frames with open eyes before and after.
const OPEN_FRAMES: usize = 3;
/// Frames without, at most.
const SHUT_FRAMES: usize = 6;
/// How long the eyes are shut, from the first frame without to the first with again.
const SHUT_FOR: (Duration, Duration) = (Duration::from_millis(60), Duration::from_millis(400));
/// So little may the box move or grow meanwhile, in its widths.
const MOVED: f32 = 0.05;
/// So much the grey about both eyes changes against the face, at least. The noise of a still picture changes it by less
/// than a hundredth.
const GREY_CHANGE: f32 = 0.03;

/// What the cascades say of both eyes in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EyeSight {
    /// Whether both are seen by the cascade that knows open and shut eyes.
    pub seen: bool,
    /// Which is seen open by either cascade that knows only open ones: left and right in the picture.
    pub open: [bool; 2],
    /// Mean grey about each, over the mean grey of the face.
    pub brightness: [f32; 2],
}

impl EyeSight {
    /// The same with the grey about the eyes over that of the whole face.
    pub(crate) fn over(self, face: f32) -> Self {
        Self {
            brightness: self.brightness.map(|grey| grey / face.max(1.0)),
            ..self
        }
    }
}

/// Watches for a blink.
#[derive(Default)]
pub(crate) struct BlinkWatch {
    /// The latest frames without one that has no face.
    frames: VecDeque<Look>,
}

struct Look {
    at: Duration,
    face: FaceBox,
    sight: EyeSight,
}

impl Look {
    fn open(&self) -> bool {
        self.sight.seen && self.sight.open == [true; 2]
    }

    fn shut(&self) -> bool {
        self.sight.open == [false; 2]
    }
}

impl BlinkWatch {
    pub fn push(&mut self, observation: &Observation) -> Option<Done> {
        let face = observation.face.as_ref();
        let Some((face, sight)) = face.and_then(|face| Some((face, face.sight?))) else {
            self.frames.clear();
            return None;
        };
        if self.frames.len() == 2 * OPEN_FRAMES + SHUT_FRAMES {
            self.frames.pop_front();
        }
        self.frames.push_back(Look {
            at: observation.at,
            face: face.face_box,
            sight,
        });
        self.blink()
    }

    /// Whether the latest frame shows the face as it is compared: not with shut eyes.
    pub fn is_ahead(&self) -> bool {
        self.frames.back().is_none_or(|look| !look.shut())
    }

    /// The blink that the latest frame completes.
    fn blink(&self) -> Option<Done> {
        let frames: Vec<&Look> = self.frames.iter().rev().collect();
        let after = frames.iter().take_while(|look| look.open()).count();
        if after < OPEN_FRAMES {
            return None;
        }
        let lost = frames[after..]
            .iter()
            .take_while(|look| !look.open())
            .count();
        let before = frames[after + lost..]
            .iter()
            .take_while(|look| look.open())
            .count();
        if !(1..=SHUT_FRAMES).contains(&lost) || before < OPEN_FRAMES {
            return None;
        }
        let (from, to) = (frames[after + lost - 1].at, frames[after - 1].at);
        let length = to.saturating_sub(from);
        let run = &frames[..after + lost + OPEN_FRAMES];
        let quick = (SHUT_FOR.0..=SHUT_FOR.1).contains(&length);
        (quick && stood_still(run) && lids_fell(run)).then_some(Done { from, to })
    }
}

fn stood_still(run: &[&Look]) -> bool {
    let Some(first) = run.first().map(|look| look.face) else {
        return false;
    };
    let limit = MOVED * first.width;
    run.iter().all(|look| {
        let (here, there) = (look.face.at(0.5, 0.5), first.at(0.5, 0.5));
        (here.x - there.x).hypot(here.y - there.y) < limit
            && (look.face.width - first.width).abs() < limit
    })
}

/// Whether the grey about both eyes rose, or fell, in the frames in which both were lost.
fn lids_fell(run: &[&Look]) -> bool {
    let mean = |eye: usize, which: fn(&Look) -> bool| {
        let values: Vec<f32> = run
            .iter()
            .filter(|look| which(look))
            .map(|look| look.sight.brightness[eye])
            .collect();
        values.iter().sum::<f32>() / values.len() as f32
    };
    // Without a frame in which both are lost, the means are no numbers and nothing is above the limit.
    let change = [0, 1].map(|eye| mean(eye, Look::shut) / mean(eye, Look::open) - 1.0);
    change.iter().all(|c| *c >= GREY_CHANGE) || change.iter().all(|c| *c <= -GREY_CHANGE)
}
