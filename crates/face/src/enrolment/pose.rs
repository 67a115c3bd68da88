//! How a person stands for the next frame of an enrolment.

use crate::quality::EyeGeometry;
use crate::{Gates, Quality};
use serde::{Deserialize, Serialize};

/// How far the middle of the eyes moves for "a little to the side", in widths of the box: past the spread of straight
/// faces (0.006), far before a profile.
const ASIDE: f32 = 0.012;

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

    /// Whether a frame shows the pose. The eyes' height says nothing reliable of the chin, so that up, down and speaking
    /// are asked and not checked.
    pub(super) fn is_shown(self, quality: &Quality) -> bool {
        let Some(EyeGeometry { middle, .. }) = quality.eyes else {
            return false;
        };
        let aside = middle - Gates::MIDDLE;
        match self {
            // The person's left is on the right of the picture.
            Self::Left => aside >= ASIDE,
            Self::Right => aside <= -ASIDE,
            Self::Straight => aside.abs() <= Gates::ENROLMENT.off_middle,
            Self::Up | Self::Down | Self::Speak => true,
        }
    }
}
