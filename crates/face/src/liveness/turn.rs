//! A turn of the head: the middle between the eyes moves against the box of the face to one side and back.

use super::Done;
use crate::distance::median;
use crate::{Gates, Observation};
use std::collections::VecDeque;
use std::time::Duration;

/// The person's left is on the right of the picture, so that x grows.
pub(super) const LEFT: f32 = 1.0;
/// The person's right.
pub(super) const RIGHT: f32 = -1.0;

/// So far the middle must move, in widths of the box. Straight faces spread by 0.006, 95 % by 0.02.
const FAR: f32 = 0.06;
/// This near to where it was before counts as back.
const NEAR: f32 = 0.03;
/// Frames that must be that far: one alone may be a wrong answer of a cascade.
const FAR_FRAMES: usize = 2;
/// Straight frames that tell where the middle rests.
const REST_FRAMES: usize = 3;
/// At most so many tell it.
const REST_REMEMBERED: usize = 10;
/// Out and back takes no longer.
const LONGEST: Duration = Duration::from_secs(3);

/// Watches for a turn to one side.
pub(crate) struct TurnWatch {
    side: f32,
    /// Middles of the latest straight frames.
    rest: VecDeque<f32>,
    out: Option<Out>,
}

struct Out {
    since: Duration,
    rest: f32,
    frames: usize,
}

impl TurnWatch {
    pub fn towards(side: f32) -> Self {
        Self {
            side,
            rest: VecDeque::with_capacity(REST_REMEMBERED),
            out: None,
        }
    }

    pub fn push(&mut self, observation: &Observation) -> Option<Done> {
        let middle = observation.quality?.eyes?.middle;
        let at = observation.at;
        if let Some(out) = &mut self.out {
            let way = self.side * (middle - out.rest);
            if at.saturating_sub(out.since) > LONGEST {
                self.out = None;
            } else if way >= FAR {
                out.frames += 1;
            } else if way.abs() <= NEAR {
                let done = Done {
                    from: out.since,
                    to: at,
                };
                let turned = out.frames >= FAR_FRAMES;
                self.out = None;
                return turned.then_some(done);
            }
            return None;
        }
        if self.rest.len() >= REST_FRAMES {
            let rest = median(self.rest.make_contiguous());
            if self.side * (middle - rest) >= FAR {
                self.out = Some(Out {
                    since: at,
                    rest,
                    frames: 1,
                });
                return None;
            }
        }
        if (middle - Gates::MIDDLE).abs() <= Gates::DESK.off_middle {
            if self.rest.len() == REST_REMEMBERED {
                self.rest.pop_front();
            }
            self.rest.push_back(middle);
        }
        None
    }
}
