//! What makes a drawn person: all lengths in distances between the eyes, the origin midway between them, y down.

use super::Dice;

/// One drawn person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Half the distance between the eyes.
    pub(super) eye_x: f32,
    /// Half the width of an eye.
    pub(super) eye_width: f32,
    /// Half the opening of an eye.
    pub(super) eye_height: f32,
    /// Upward slant of the outer corners.
    pub(super) eye_slant: f32,
    /// Radius of the iris.
    pub(super) iris: f32,
    /// Grey of the iris, 0 to 1.
    pub(super) iris_tone: f32,
    /// Depth of the eye sockets.
    pub(super) socket: f32,
    /// Height of the brows above the eyes.
    pub(super) brow_y: f32,
    /// How much the brows arch.
    pub(super) brow_arch: f32,
    /// How much they fall outwards.
    pub(super) brow_slant: f32,
    /// Half their thickness.
    pub(super) brow_thick: f32,
    /// Half their length.
    pub(super) brow_length: f32,
    /// Width of the bridge of the nose.
    pub(super) bridge: f32,
    /// Half the width of its base.
    pub(super) nose_width: f32,
    /// Where it ends.
    pub(super) nose_y: f32,
    /// How far it stands out.
    pub(super) nose_out: f32,
    /// Half the width of the mouth.
    pub(super) mouth_width: f32,
    /// Where it lies.
    pub(super) mouth_y: f32,
    /// Thickness of the upper and the lower lip.
    pub(super) lips: (f32, f32),
    /// How much its corners rise.
    pub(super) smile: f32,
    /// Half the width of the face.
    pub(super) face_width: f32,
    /// The chin.
    pub(super) chin_y: f32,
    /// How square the jaw is: 2 is an ellipse.
    pub(super) jaw: f32,
    /// The hair line.
    pub(super) hair_y: f32,
    /// How it dips at the temples.
    pub(super) hair_dip: f32,
    /// Grey of hair and brows, 0 to 1.
    pub(super) hair_tone: f32,
    /// Brightness of the skin, 0 to 1.
    pub(super) skin_tone: f32,
    /// How strongly the skin is mottled.
    pub(super) mottle: f32,
    /// How deep the folds beside the nose are.
    pub(super) folds: f32,
    /// How much a beard darkens the chin, 0 to 1.
    pub(super) beard: f32,
    /// Lines of the forehead: place, darkness.
    pub(super) lines: [(f32, f32); 3],
    /// Moles: place, radius, darkness.
    pub(super) moles: Vec<(f32, f32, f32, f32)>,
    /// Seed of skin and hair.
    grain: u64,
}

/// What of a person is uneven in its own way.
#[derive(Clone, Copy)]
pub(super) enum Grain {
    Strands = 3,
    HairLine = 5,
    BrowHairs = 7,
    Cloth = 9,
    Blotches = 11,
    Spots = 12,
    Pores = 13,
    LipCracks = 17,
    LineWave = 19,
    Stubble = 23,
    Aside = 31,
    Down = 37,
}

impl Person {
    /// The seed of one unevenness of this person.
    pub(super) fn grain(&self, of: Grain) -> u64 {
        self.grain ^ of as u64
    }

    /// The person of this seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x000f_ace5);
        let moles = (0..6)
            .map(|_| {
                let (x, y) = (dice.around_zero(0.85), dice.between(-0.75, 1.5));
                (x, y, dice.between(0.02, 0.045), dice.between(0.2, 0.5))
            })
            .collect();
        Self {
            eye_x: dice.between(0.48, 0.52),
            eye_width: dice.between(0.20, 0.26),
            eye_height: dice.between(0.075, 0.115),
            eye_slant: dice.around_zero(0.12),
            iris: dice.between(0.085, 0.105),
            iris_tone: dice.between(0.10, 0.35),
            socket: dice.between(0.10, 0.17),
            brow_y: dice.between(0.30, 0.46),
            brow_arch: dice.between(0.0, 0.12),
            brow_slant: dice.between(-0.14, 0.02),
            brow_thick: dice.between(0.035, 0.09),
            brow_length: dice.between(0.30, 0.40),
            bridge: dice.between(0.11, 0.17),
            nose_width: dice.between(0.22, 0.38),
            nose_y: dice.between(0.68, 0.92),
            nose_out: dice.between(0.24, 0.38),
            mouth_width: dice.between(0.36, 0.50),
            mouth_y: dice.between(1.12, 1.34),
            lips: (dice.between(0.05, 0.10), dice.between(0.07, 0.13)),
            smile: dice.between(0.0, 0.12),
            face_width: dice.between(1.04, 1.18),
            chin_y: dice.between(1.72, 1.92),
            jaw: dice.between(2.0, 2.6),
            hair_y: dice.between(-1.12, -0.88),
            hair_dip: dice.between(0.05, 0.30),
            hair_tone: dice.between(0.06, 0.28),
            skin_tone: dice.between(0.66, 0.78),
            mottle: dice.between(0.25, 0.31),
            folds: dice.between(0.02, 0.12),
            beard: (dice.between(-0.25, 0.45)).max(0.0),
            lines: std::array::from_fn(|_| (dice.between(-0.95, -0.55), dice.between(0.0, 0.16))),
            moles,
            grain: seed.wrapping_mul(0x9e6c_63d0_876a_3f65),
        }
    }
}
