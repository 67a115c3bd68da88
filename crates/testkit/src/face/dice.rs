//! Numbers that only look random: the same on every run and machine.

/// A sequence that a seed determines (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// From `low` up to `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * share(self.next())
    }

    /// From `-reach` up to `reach`.
    pub fn around_zero(&mut self, reach: f32) -> f32 {
        self.between(-reach, reach)
    }

    /// Normally distributed, nearly: a sum of four.
    pub fn normal(&mut self, deviation: f32) -> f32 {
        let sum: f32 = (0..4).map(|_| share(self.next())).sum();
        (sum - 2.0) * deviation * 1.732
    }
}

fn mixed(seed: u64) -> u64 {
    let a = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

fn share(bits: u64) -> f32 {
    (bits >> 40) as f32 / (1_u32 << 24) as f32
}

/// Smooth noise over the plane, -1 to 1, with bumps about `1 / 1` wide.
pub(super) fn bumps(seed: u64, x: f32, y: f32) -> f32 {
    let corner = |column: i32, row: i32| {
        let place = (u64::from(column as u32) << 32) | u64::from(row as u32);
        2.0 * share(mixed(
            seed ^ mixed(place.wrapping_add(0x632b_e59b_d9b4_e019)),
        )) - 1.0
    };
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (across, down) = (ease(x - left), ease(y - top));
    let (column, row) = (left as i32, top as i32);
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    mix(
        mix(corner(column, row), corner(column + 1, row), across),
        mix(corner(column, row + 1), corner(column + 1, row + 1), across),
        down,
    )
}
