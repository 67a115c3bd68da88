//! How a person stands for the next frame of an enrolment.

use serde::{Deserialize, Serialize};

/// How far the nose moves against the eyes for "a little to the side", in distances between the eyes: past what it moves
/// by itself (0.039 in 95 % of frames), not yet a turn of the head ([`crate::FaceEdges::TURNED`]).
const ASIDE: f32 = 0.05;

/// What the person is asked to do. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pose {
    /// Look into the camera.
    Straight,
    /// Turn a little to the left.
    Left,
    /// Turn a little to the right.
    Right,
    /// Raise the chin a little.
    Up,
    /// Lower it a little.
    Down,
    /// Speak or smile.
    Speak,
}

impl Pose {
    /// What a visit asks for, in this order: three straight, two to each side, up, down, speaking.
    pub(super) const VISIT: [Self; 10] = [
        Self::Straight,
        Self::Straight,
        Self::Left,
        Self::Left,
        Self::Right,
        Self::Right,
        Self::Up,
        Self::Down,
        Self::Speak,
        Self::Straight,
    ];
    /// What a top-up asks for.
    pub(super) const TOP_UP: [Self; 3] = [Self::Straight, Self::Left, Self::Right];

    /// Whether a frame shows the pose, in which the nose stands so far beside where it was in the first one. Nothing
    /// reliable was found for the chin and the mouth, so that up, down and speaking are asked and not checked.
    pub(super) fn is_shown(self, nose: Option<f32>) -> bool {
        match (self, nose) {
            // The person's left is on the right of the picture.
            (Self::Left, Some(nose)) => nose >= ASIDE,
            (Self::Right, Some(nose)) => nose <= -ASIDE,
            (Self::Left | Self::Right, None) => false,
            (Self::Straight | Self::Up | Self::Down | Self::Speak, _) => true,
        }
    }
}
