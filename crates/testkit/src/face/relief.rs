//! The face as a landscape: how far each place stands out, and so which way it looks.

use super::Person;

/// A bell curve of `x` with this width.
pub(super) fn bell(x: f32, width: f32) -> f32 {
    (-(x / width) * (x / width)).exp()
}

/// 0 below `from`, 1 above `to`, smooth between.
pub(super) fn step(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Where the face lies between its middle (0) and its outline (1).
pub(super) fn outwards(person: &Person, x: f32, y: f32) -> f32 {
    let middle = f32::midpoint(person.chin_y, person.hair_y - 0.15);
    let height = person.chin_y - middle;
    let below = step(middle, person.chin_y, y);
    let power = 2.0 + (person.jaw - 2.0) * below;
    let narrow = person.face_width * (1.0 - 0.10 * below);
    (x.abs() / narrow).powf(power) + ((y - middle).abs() / height).powf(2.3)
}

/// How far the face stands out at a place, in distances between the eyes.
pub(super) fn height(person: &Person, x: f32, y: f32, open_mouth: f32) -> f32 {
    let side = x.abs();
    let dome = 0.85 * (1.0 - outwards(person, x, y)).max(0.0).sqrt();
    let socket = person.socket * bell(side - person.eye_x, 0.30) * bell(y, 0.19);
    let ball = 0.06 * bell(side - person.eye_x, 0.18) * bell(y - 0.01, 0.11);
    let ridge = 0.05 * bell(side - person.eye_x, 0.4) * bell(y + person.brow_y, 0.13);
    let along =
        step(-0.35, person.nose_y, y) * (1.0 - step(person.nose_y - 0.02, person.nose_y + 0.16, y));
    let wide =
        person.bridge + (person.nose_width - person.bridge) * 0.6 * step(0.2, person.nose_y, y);
    let nose = person.nose_out * along * bell(x, wide);
    let wings = 0.10 * bell(side - 0.75 * person.nose_width, 0.10) * bell(y - person.nose_y, 0.11);
    let cheeks = 0.09 * bell(side - 0.62, 0.32) * bell(y - 0.62, 0.34);
    let fold_x = person.nose_width + 0.10 + 0.28 * (y - person.nose_y).max(0.0);
    let fold = person.folds * bell(side - fold_x, 0.06) * bell(y - 1.0, 0.26);
    let lower = person.mouth_y + open_mouth;
    let upper_lip = 0.07 * bell(y - (person.mouth_y - 0.6 * person.lips.0), person.lips.0);
    let lower_lip = 0.08 * bell(y - (lower + 0.6 * person.lips.1), person.lips.1);
    let lips = (upper_lip + lower_lip) * bell(x, person.mouth_width);
    let under_lip = 0.06 * bell(y - (lower + 2.2 * person.lips.1), 0.09) * bell(x, 0.35);
    let chin = 0.10 * bell(x, 0.35) * bell(y - (person.chin_y - 0.2), 0.16);
    dome - socket + ball + ridge + nose + wings + cheeks - fold + lips - under_lip + chin
}

/// How far each part stands before the axis about which the head turns, smoothly: the nose moves as one, the eyes by less
/// than half of it, the outline not at all.
pub(super) fn ahead(person: &Person, x: f32, y: f32) -> f32 {
    let front = 0.2 * (1.0 - outwards(person, x, y)).max(0.0);
    let nose = step(0.62, 0.30, x.abs())
        * step(-0.10, 0.25, y)
        * step(person.nose_y + 0.40, person.nose_y + 0.12, y);
    front + (1.0 - front) * nose
}
