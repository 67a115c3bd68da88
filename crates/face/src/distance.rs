//! Chi-square distances, quick because a probe has only some 3200 of 25 600 bins.
//!
//! `Σ (a−b)²/(a+b) = Σa + Σb − 4·Σ ab/(a+b)`, and the last sum needs only the bins where the probe is not zero. The
//! scale is OpenCV's (`HISTCMP_CHISQR_ALT` on shares): 0 for equal faces, 400 for faces without a common bin, 207 for
//! strangers.

use crate::lbph::{BINS, CELL_PIXELS, Counts};

/// OpenCV's factor 2, on shares instead of counts.
const SCALE: f32 = 2.0 / CELL_PIXELS as f32;
/// `Σa + Σb`: every histogram counts the same pixels.
const TOTAL: f32 = 2.0 * (BINS / 256) as f32 * CELL_PIXELS as f32;
/// `1/(a+b)` for all sums of two counts.
const INVERSE: [f32; 2 * CELL_PIXELS as usize + 1] = {
    let mut table = [0.0; 2 * CELL_PIXELS as usize + 1];
    let mut sum = 1;
    while sum < table.len() {
        table[sum] = 1.0 / sum as f32;
        sum += 1;
    }
    table
};

/// A probe, as the list of its bins that are not zero.
pub(crate) struct Probe(Vec<(u16, u8)>);

impl Probe {
    pub fn new(counts: &Counts) -> Self {
        let bins = counts.as_bytes().iter().enumerate();
        Self(
            bins.filter(|(_, n)| **n > 0)
                .map(|(bin, n)| (bin as u16, *n))
                .collect(),
        )
    }

    /// Distance to one template.
    pub fn to_template(&self, template: &Counts) -> f32 {
        let theirs = template.as_bytes();
        let common: f32 = self
            .0
            .iter()
            .map(|&(bin, a)| {
                let b = theirs[usize::from(bin)];
                f32::from(a) * f32::from(b) * INVERSE[usize::from(a) + usize::from(b)]
            })
            .sum();
        SCALE * (TOTAL - 4.0 * common)
    }

    /// Distance to a person's mean template.
    pub fn to_mean(&self, mean: &Mean) -> f32 {
        let common: f32 = self
            .0
            .iter()
            .map(|&(bin, a)| {
                let (a, b) = (f32::from(a), mean.0[usize::from(bin)]);
                a * b / (a + b)
            })
            .sum();
        SCALE * (TOTAL - 4.0 * common)
    }
}

/// The mean of a person's templates, in counts. It is made on load and never stored: in `model.yml` plain OpenCV would
/// answer with it.
pub(crate) struct Mean(Vec<f32>);

impl Mean {
    pub fn of<'a>(templates: impl ExactSizeIterator<Item = &'a Counts>) -> Self {
        let share = 1.0 / templates.len().max(1) as f32;
        let mut mean = vec![0.0; BINS];
        for template in templates {
            for (sum, n) in mean.iter_mut().zip(template.as_bytes()) {
                *sum += f32::from(*n) * share;
            }
        }
        Self(mean)
    }
}

/// The middle value; of an even number the mean of the two in the middle. 0 of nothing.
pub(crate) fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f32::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}
