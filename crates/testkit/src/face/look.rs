//! What a person does in a frame, and the round of it that shows every act that may be asked.

/// What a person does. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Looks into the camera, now and then with half-shut eyes.
    Ahead,
    /// Looks into the camera with open eyes.
    Open,
    /// Shuts both eyes.
    Shut,
    /// Turns the head to the left.
    Left,
    /// Turns the head to the right.
    Right,
}

/// How far the nose moves when the head turns, in distances between the eyes: some 25 degrees.
const TURN: f32 = 0.16;
/// Opening of shut eyes: the lids meet.
const SHUT: f32 = 0.0;

impl Look {
    /// How far the nose moves. The person's left is on the right of the picture.
    pub(super) fn turn(self) -> f32 {
        match self {
            Self::Ahead | Self::Open | Self::Shut => 0.0,
            Self::Left => TURN,
            Self::Right => -TURN,
        }
    }

    /// The opening of the eyes, where `relaxed` is what the frame would have of itself.
    pub(super) fn eyes(self, relaxed: f32) -> f32 {
        match self {
            Self::Ahead => relaxed,
            Self::Open | Self::Left | Self::Right => relaxed.max(0.95),
            Self::Shut => SHUT,
        }
    }
}

/// Frames of a round.
const ROUND: u32 = 30;
/// In the first frames of a round the head stands still, or a blink would not be one.
const STILL: u32 = 15;

/// What is done in frame `number` of a visit, and the number of the frame whose pose it has. Whoever looks at a round, or at
/// every second frame of it, sees a blink and a turn to each side, each between frames that look ahead.
pub(super) fn in_round(number: u32) -> (Look, u32) {
    let place = number % ROUND;
    let look = match place {
        0..6 | 9..STILL => Look::Open,
        6..9 => Look::Shut,
        STILL..20 => Look::Left,
        23..28 => Look::Right,
        _ => Look::Ahead,
    };
    let pose = if place < STILL {
        number - place
    } else {
        number
    };
    (look, pose)
}
