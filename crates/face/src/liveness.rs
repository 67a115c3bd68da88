//! Whether a living person stands there, by the classic means: a blink, or a turn of the head to an asked side.
//!
//! It stops a photo that is held still. It does not stop a video on a telephone, a mask, or a photo with holes for the
//! eyes; `docs/face-gate.md` says so to the owner.

mod blink;
mod turn;

use crate::Observation;
use blink::BlinkWatch;
pub use blink::EyeSight;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use turn::TurnWatch;

/// What is asked of a person, once per confirmation. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// Shut both eyes for a moment.
    Blink,
    /// Turn the head to the person's own left and back.
    TurnLeft,
    /// Turn the head to the person's own right and back.
    TurnRight,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Blink, Self::TurnLeft, Self::TurnRight];

    /// The act that a random number chooses, each as often as the others.
    #[must_use]
    pub fn draw(random: u32) -> Self {
        Self::ALL[random as usize % Self::ALL.len()]
    }

    /// The name that a confirmation records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blink => "blink",
            Self::TurnLeft => "turnLeft",
            Self::TurnRight => "turnRight",
        }
    }
}

/// When an act was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// When it began.
    pub from: Duration,
    /// When the face was as before again.
    pub to: Duration,
}

/// Watches one unbroken track for one act.
pub(crate) enum ActWatch {
    Blink(BlinkWatch),
    Turn(TurnWatch),
}

impl ActWatch {
    pub fn new(act: Act) -> Self {
        match act {
            Act::Blink => Self::Blink(BlinkWatch::default()),
            Act::TurnLeft => Self::Turn(TurnWatch::towards(turn::LEFT)),
            Act::TurnRight => Self::Turn(TurnWatch::towards(turn::RIGHT)),
        }
    }

    /// Whether the latest frame shows the face as it is compared: neither turned aside nor with shut eyes. The others must
    /// not vote, or the act would spoil the recognition.
    pub fn is_ahead(&self) -> bool {
        match self {
            Self::Blink(watch) => watch.is_ahead(),
            Self::Turn(watch) => watch.is_ahead(),
        }
    }

    /// Takes the next frame; answers when it completes the act.
    pub fn push(&mut self, observation: &Observation) -> Option<Done> {
        match self {
            Self::Blink(watch) => watch.push(observation),
            Self::Turn(watch) => watch.push(observation),
        }
    }
}
