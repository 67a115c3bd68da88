//! Light and colour: from the landscape of a face to the pixels of a frame.

use super::dice::bumps;
use super::person::Grain;
use super::relief::{ahead, bell, height, outwards, step};
use super::{Dice, Look, Person, SIZE, Variation};
use image::{Rgb, RgbImage};

/// Step of the slope, in distances between the eyes.
const SLOPE_STEP: f32 = 0.02;
/// Light that comes from everywhere.
const AMBIENT: f32 = 0.42;
/// What the lamp adds.
const LAMP: f32 = 0.68;
/// Red, green and blue of skin, hair, lips and wall for a grey of 1.
const SKIN: [f32; 3] = [1.14, 0.97, 0.84];
const NEUTRAL: [f32; 3] = [1.04, 1.0, 0.96];
const LIPS: [f32; 3] = [1.25, 0.90, 0.88];
const CLOTH: [f32; 3] = [0.80, 0.95, 1.20];

/// How one face lies in one frame.
struct Pose<'a> {
    person: &'a Person,
    /// Midway between the eyes, pixels.
    centre: (f32, f32),
    /// Distance between the eyes, pixels.
    size: f32,
    /// Cosine and sine of the turn in the picture.
    roll: (f32, f32),
    turn: f32,
    /// How far the head is turned on purpose: what the nose moves.
    aside: f32,
    /// Opening of the eyes, 1 is open.
    eyes: f32,
    /// Opening of the mouth.
    mouth: f32,
    /// Towards the lamp.
    lamp: [f32; 3],
}

/// A grey between 0 and 1 and its tint.
#[derive(Clone, Copy)]
struct Colour(f32, [f32; 3]);

impl Colour {
    fn over(self, below: Self, cover: f32) -> Self {
        let mix = |a: f32, b: f32| a * cover + b * (1.0 - cover);
        let tint = std::array::from_fn(|n| mix(self.1[n], below.1[n]));
        Self(mix(self.0, below.0), tint)
    }

    fn lit(self, light: f32) -> Self {
        Self(self.0 * light, self.1)
    }
}

/// Draws people, each at a share of the frame's width from its middle. The two numbers are the frame's and that of the
/// frame whose pose it has.
pub(super) fn frame(
    people: &[(&Person, f32)],
    variation: &Variation,
    (number, pose): (u32, u32),
    look: Look,
) -> RgbImage {
    let dice = |number: u32| {
        let seed = variation.seed.wrapping_mul(1_000_003);
        Dice::new(seed.wrapping_add(u64::from(number)))
    };
    let mut thrown = dice(pose);
    let poses: Vec<Pose> = people
        .iter()
        .map(|(person, aside)| Pose::thrown(person, *aside, variation, &mut thrown).doing(look))
        .collect();
    // A frame with a pose of its own goes on with its dice; one that repeats a pose throws its own noise.
    let mut dice = if pose == number { thrown } else { dice(number) };
    let exposure = variation.exposure * dice.between(0.97, 1.03);
    RgbImage::from_fn(SIZE.0, SIZE.1, |column, row| {
        let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
        let place = wall(variation, x, y);
        let Colour(grey, tint) = poses
            .iter()
            .fold(place, |below, pose| pose.over(below, x, y));
        let noise = dice.normal(variation.noise);
        Rgb(tint.map(|part| (grey * part * exposure * 255.0 + noise).clamp(0.0, 255.0) as u8))
    })
}

/// A shelf out of focus: broad, soft and without anything like a face.
fn wall(variation: &Variation, x: f32, y: f32) -> Colour {
    let broad = bumps(71, x / 170.0, y / 210.0);
    let fine = bumps(72, x / 9.0, y / 9.0);
    let side = variation.light_from * (x / SIZE.0 as f32 - 0.5);
    Colour(0.52 + 0.08 * broad + 0.012 * fine + 0.10 * side, NEUTRAL)
}

impl<'a> Pose<'a> {
    fn thrown(person: &'a Person, aside: f32, variation: &Variation, dice: &mut Dice) -> Self {
        let (width, height) = (SIZE.0 as f32, SIZE.1 as f32);
        let roll = dice.around_zero(variation.roll_degrees).to_radians();
        let from = variation.light_from + dice.around_zero(0.06);
        let lamp = [0.8 * from, -0.45 + dice.around_zero(0.05), 0.85];
        let length = lamp.iter().map(|part| part * part).sum::<f32>().sqrt();
        let shift = variation.shift * width;
        Self {
            person,
            centre: (
                width * (0.5 + aside) + dice.around_zero(shift),
                height * 0.44 + dice.around_zero(shift),
            ),
            size: variation.eye_distance * (1.0 + dice.around_zero(variation.size)),
            roll: (roll.cos(), roll.sin()),
            turn: dice.around_zero(variation.turn),
            aside: 0.0,
            eyes: if dice.between(0.0, 1.0) < 0.05 {
                0.3
            } else {
                dice.between(0.9, 1.05)
            },
            mouth: dice.between(0.0, 0.025),
            lamp: lamp.map(|part| part / length),
        }
    }

    fn doing(self, look: Look) -> Self {
        Self {
            aside: look.turn(),
            eyes: look.eyes(self.eyes),
            ..self
        }
    }

    /// The pixel with this person before what lies behind.
    fn over(&self, behind: Colour, column: f32, row: f32) -> Colour {
        let (right, down) = (
            (column - self.centre.0) / self.size,
            (row - self.centre.1) / self.size,
        );
        let x = right * self.roll.0 + down * self.roll.1;
        let y = down * self.roll.0 - right * self.roll.1;
        let person = self.person;
        let body = self.body(behind, x, y);
        let skull_y = person.hair_y + 0.75;
        let skull = (x / (person.face_width + 0.16)).powi(2) + ((y - skull_y) / 1.25).powi(2);
        let back_hair = step(1.04, 0.96, skull) * step(0.75, 0.55, y);
        let hair = self.hair(x, y);
        let below = hair.over(body, back_hair);
        let (across, level) = (
            x + self.uneven(Grain::Aside, x, y),
            y + self.uneven(Grain::Down, x, y),
        );
        let edge = outwards(person, across, level);
        if edge > 1.1 {
            return below;
        }
        // What stands out moves farther when the head turns.
        let face = self.face(
            across
                - self.turn * height(person, across, level, self.mouth)
                - self.aside * ahead(person, across, level),
            level,
        );
        let shown = face.over(below, step(1.03, 0.97, edge));
        let line = person.hair_y + person.hair_dip * (x / person.face_width).powi(2) * 2.0;
        let ragged = 0.05 * bumps(person.grain(Grain::HairLine), x * 14.0, y * 5.0);
        hair.over(shown, step(line + 0.05, line - 0.05, y + ragged))
    }

    /// No face is even: how far a place is pushed aside or down from where the plan has it.
    fn uneven(&self, way: Grain, x: f32, y: f32) -> f32 {
        0.065 * bumps(self.person.grain(way), x * 1.9, y * 1.9)
    }

    fn body(&self, behind: Colour, x: f32, y: f32) -> Colour {
        let chin = self.person.chin_y;
        let neck = step(0.66, 0.60, x.abs()) * step(chin - 0.5, chin - 0.4, y);
        let shade = 0.40 + 0.10 * step(chin, chin + 0.5, y);
        let skin = Colour(self.person.skin_tone * (shade + 0.1 * bell(x, 0.5)), SKIN);
        let shoulder = chin + 0.35 + 0.22 * (x.abs() - 0.5).max(0.0);
        let cloth = Colour(
            0.26 + 0.015 * bumps(self.person.grain(Grain::Cloth), x * 20.0, y * 20.0),
            CLOTH,
        );
        let clothed = step(shoulder - 0.02, shoulder + 0.04, y) * step(2.35, 2.2, x.abs());
        cloth.over(skin.over(behind, neck), clothed)
    }

    fn hair(&self, x: f32, y: f32) -> Colour {
        let strands = bumps(self.person.grain(Grain::Strands), x * 26.0, y * 4.0);
        Colour(self.person.hair_tone * (1.0 + 0.35 * strands), NEUTRAL)
    }

    /// Skin with brows, eyes and mouth in the light of the lamp.
    fn face(&self, x: f32, y: f32) -> Colour {
        let light = self.light(x, y);
        let mut colour = Colour(self.person.skin_tone * self.skin(x, y), SKIN).lit(light);
        colour = self
            .mouth(x, y, light)
            .unwrap_or(colour)
            .over(colour, self.mouth_cover(x, y));
        colour = self.nostrils(colour, x, y);
        colour = self.brow(colour, x, y);
        self.eye(colour, x, y, light)
    }

    /// How much of the lamp reaches a place.
    fn light(&self, x: f32, y: f32) -> f32 {
        let at = |x: f32, y: f32| height(self.person, x, y, self.mouth);
        let across = (at(x + SLOPE_STEP, y) - at(x - SLOPE_STEP, y)) / (2.0 * SLOPE_STEP);
        let down = (at(x, y + SLOPE_STEP) - at(x, y - SLOPE_STEP)) / (2.0 * SLOPE_STEP);
        let length = (across * across + down * down + 1.0).sqrt();
        let facing = (-across * self.lamp[0] - down * self.lamp[1] + self.lamp[2]) / length;
        let socket = bell(x.abs() - self.person.eye_x, 0.36) * bell(y + 0.03, 0.17);
        (AMBIENT + LAMP * facing.max(0.0)) * (1.0 - 0.30 * socket)
    }

    /// How bright the skin itself is: mottled at three sizes, with moles, lines and a beard.
    fn skin(&self, x: f32, y: f32) -> f32 {
        let person = self.person;
        let at = |n: Grain, fineness: f32| bumps(person.grain(n), x * fineness, y * fineness);
        let mottle = 0.30 * at(Grain::Blotches, 6.0)
            + 0.40 * at(Grain::Spots, 11.0)
            + 0.30 * at(Grain::Pores, 16.0);
        let moles: f32 = person
            .moles
            .iter()
            .map(|(mx, my, radius, dark)| dark * bell((x - mx).hypot(y - my), *radius))
            .sum();
        let wave = 0.03 * bumps(person.grain(Grain::LineWave), x * 3.0, 0.5);
        let lines: f32 = person
            .lines
            .iter()
            .map(|(at, dark)| dark * bell(y - at - wave, 0.025))
            .sum();
        let stubble = 0.75 + 0.5 * bumps(person.grain(Grain::Stubble), x * 22.0, y * 22.0);
        let jaw = step(
            person.nose_y + 0.1,
            person.mouth_y + 0.1,
            y + 0.25 * (x.abs() - 0.5),
        );
        let beard = person.beard * stubble * jaw;
        (1.0 + person.mottle * mottle) * (1.0 - moles.min(0.6)) * (1.0 - lines) * (1.0 - beard)
    }

    fn brow(&self, below: Colour, x: f32, y: f32) -> Colour {
        let person = self.person;
        let along = (x.abs() - person.eye_x - 0.04) / person.brow_length;
        let middle = -person.brow_y - person.brow_arch * (1.0 - along * along) * 0.6
            + (person.brow_slant + 0.05) * along;
        let thick = person.brow_thick * (1.0 - 0.45 * step(0.0, 1.0, along));
        let hairs = bumps(person.grain(Grain::BrowHairs), x * 30.0, y * 16.0);
        let inside = (y - middle).abs() / thick + 0.25 * hairs;
        let cover = step(1.25, 0.7, inside) * step(1.05, 0.9, along.abs());
        Colour(person.hair_tone * (0.9 + 0.2 * hairs), NEUTRAL).over(below, 0.9 * cover)
    }

    fn eye(&self, below: Colour, x: f32, y: f32, light: f32) -> Colour {
        let person = self.person;
        let (side, from) = (x.signum(), x.abs() - person.eye_x);
        let across = from / person.eye_width;
        let level = y + person.eye_slant * from;
        let arch = (1.0 - across * across).max(0.0);
        let upper = -person.eye_height * self.eyes * arch.sqrt();
        let lower = 0.65 * person.eye_height * arch;
        let inside = step(upper - 0.012, upper + 0.012, level)
            * step(lower + 0.012, lower - 0.012, level)
            * step(1.02, 0.96, across.abs());
        // The gaze follows the head a little.
        let iris_x = side * from - 0.5 * self.turn;
        let iris = iris_x.hypot(level + 0.012);
        let white = Colour(0.74 - 0.18 * across.abs(), NEUTRAL);
        let ring = Colour(person.iris_tone, NEUTRAL)
            .over(white, step(person.iris + 0.012, person.iris - 0.012, iris));
        let pupil = Colour(0.03, NEUTRAL).over(ring, step(0.046, 0.032, iris));
        let glint = (iris_x - 0.03).hypot(level + 0.045);
        let ball =
            Colour(0.95, NEUTRAL).over(pupil.lit(0.55 + 0.45 * light), step(0.022, 0.012, glint));
        let lid = bell(level - upper, 0.022) * step(1.12, 0.95, across.abs());
        let crease = bell(level - upper + 0.085, 0.022) * step(1.1, 0.8, across.abs());
        let rim = bell(level - lower, 0.016) * step(1.0, 0.8, across.abs());
        let shaded = below.lit(1.0 - 0.35 * crease);
        let open = ball.over(shaded, inside).lit(1.0 - 0.35 * rim);
        Colour(0.07, NEUTRAL).over(open, 0.9 * lid)
    }

    fn nostrils(&self, below: Colour, x: f32, y: f32) -> Colour {
        let person = self.person;
        let hole = ((x.abs() - 0.48 * person.nose_width) / 0.065)
            .hypot((y - person.nose_y - 0.07) / 0.038);
        let under = 0.25 * bell(y - person.nose_y - 0.13, 0.05) * bell(x, person.nose_width);
        Colour(0.12, SKIN).over(below.lit(1.0 - under), 0.85 * step(1.2, 0.6, hole))
    }

    fn mouth_cover(&self, x: f32, y: f32) -> f32 {
        let person = self.person;
        let across = x / person.mouth_width;
        let level = y - person.mouth_y + person.smile * across * across;
        let arch = (1.0 - across * across).max(0.0).sqrt();
        let bow = 1.0 - 0.25 * bell(across, 0.18);
        let top = -1.5 * person.lips.0 * arch * bow;
        let bottom = self.mouth + 1.6 * person.lips.1 * arch;
        step(top - 0.02, top + 0.015, level)
            * step(bottom + 0.02, bottom - 0.015, level)
            * step(1.02, 0.9, across.abs())
    }

    fn mouth(&self, x: f32, y: f32, light: f32) -> Option<Colour> {
        let person = self.person;
        let across = x / person.mouth_width;
        let level = y - person.mouth_y + person.smile * across * across;
        let gap = step(-0.018, 0.0, level) * step(self.mouth + 0.018, self.mouth, level);
        let cracks = 1.0 + 0.12 * bumps(person.grain(Grain::LipCracks), x * 24.0, y * 8.0);
        let lips = Colour(0.72 * person.skin_tone * cracks, LIPS).lit(light);
        Some(Colour(0.10, LIPS).over(lips, 0.85 * gap)).filter(|_| across.abs() < 1.05)
    }
}
