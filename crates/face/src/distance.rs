//! Chi-square distances, quick because a histogram has only some 3200 of 25 600 bins.
//!
//! `Σ (a−b)²/(a+b) = Σa + Σb − 4·Σ ab/(a+b)`, and the last sum needs only the bins where both are not zero. The
//! scale is OpenCV's (`HISTCMP_CHISQR_ALT` on shares): 0 for equal faces, 400 for faces without a common bin, 207 for
//! strangers.

use crate::lbph::{BINS, CELL_PIXELS, Counts, PATTERNS};

/// OpenCV's factor 2, on shares instead of counts.
const SCALE: f64 = 2.0 / CELL_PIXELS as f64;
/// `Σa + Σb`: every histogram counts the same pixels.
const TOTAL: f64 = 2.0 * (BINS / PATTERNS) as f64 * CELL_PIXELS as f64;
/// Ones of the fixed-point numbers below: sums of whole numbers have no order, so that every run gives the same.
const ONE: u64 = 1 << 24;
/// `1/(a+b)` for all sums of two bytes.
const INVERSE: [u64; 2 * u8::MAX as usize + 1] = {
    let mut table = [0; 2 * u8::MAX as usize + 1];
    let mut sum = 1;
    while sum < table.len() {
        table[sum] = ONE / sum as u64;
        sum += 1;
    }
    table
};

/// A template as it is compared and kept in memory: for each cell the patterns that occur and how often. It takes 6.5
/// instead of 25.6 kB.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Packed {
    /// Entries of each cell.
    lengths: Box<[u8]>,
    /// Pattern and count, cell by cell.
    entries: Box<[[u8; 2]]>,
}

impl Packed {
    pub fn of(counts: &Counts) -> Self {
        let mut lengths = Vec::with_capacity(BINS / PATTERNS);
        let mut entries = Vec::with_capacity(BINS / 8);
        for cell in counts.as_bytes().chunks_exact(PATTERNS) {
            let before = entries.len();
            let occurring = (0..=u8::MAX).zip(cell).filter(|(_, n)| **n > 0);
            entries.extend(occurring.map(|(pattern, n)| [pattern, *n]));
            lengths.push((entries.len() - before) as u8);
        }
        Self {
            lengths: lengths.into(),
            entries: entries.into(),
        }
    }

    /// Takes the parts of a packed template; `None` when they are not one of this pipeline.
    pub fn from_parts(lengths: &[u8], entries: &[[u8; 2]]) -> Option<Self> {
        let packed = Self {
            lengths: lengths.into(),
            entries: entries.into(),
        };
        let counted: usize = lengths.iter().map(|&n| usize::from(n)).sum();
        let whole = lengths.len() == BINS / PATTERNS && counted == entries.len();
        let pixels = |cell: &[[u8; 2]]| cell.iter().map(|[_, n]| u32::from(*n)).sum::<u32>();
        let sound = |cell: &[[u8; 2]]| {
            pixels(cell) == CELL_PIXELS
                && cell.is_sorted_by(|a, b| a[0] < b[0])
                && cell.iter().all(|[_, n]| *n > 0)
        };
        (whole && packed.cells().all(sound)).then_some(packed)
    }

    /// Entries of each cell, and all entries.
    pub fn parts(&self) -> (&[u8], &[[u8; 2]]) {
        (&self.lengths, &self.entries)
    }

    /// The counts that were packed.
    pub fn counts(&self) -> Counts {
        let mut bytes = vec![0; BINS];
        for (into, cell) in bytes.chunks_exact_mut(PATTERNS).zip(self.cells()) {
            for [pattern, n] in cell {
                into[usize::from(*pattern)] = *n;
            }
        }
        Counts::from_packed(bytes)
    }

    fn cells(&self) -> impl Iterator<Item = &[[u8; 2]]> {
        let mut rest = &*self.entries;
        self.lengths.iter().map(move |&length| {
            let (cell, others) = rest.split_at(usize::from(length).min(rest.len()));
            rest = others;
            cell
        })
    }
}

/// A probe: all its bins, and those that are not zero.
pub(crate) struct Probe {
    dense: Counts,
    sparse: Vec<(u16, u8)>,
}

impl Probe {
    pub fn new(counts: &Counts) -> Self {
        let bins = counts.as_bytes().iter().enumerate();
        Self {
            dense: counts.clone(),
            sparse: bins
                .filter(|(_, n)| **n > 0)
                .map(|(bin, n)| (bin as u16, *n))
                .collect(),
        }
    }

    /// Distance to one template: 6.6 µs on a busy machine.
    pub fn to_template(&self, template: &Packed) -> f32 {
        let (own_cells, _) = self.dense.as_bytes().as_chunks::<PATTERNS>();
        let mut common = 0;
        for (own, theirs) in own_cells.iter().zip(template.cells()) {
            for &[pattern, b] in theirs {
                let a = own[usize::from(pattern)];
                let product = u64::from(a) * u64::from(b);
                common += product * INVERSE[usize::from(a) + usize::from(b)];
            }
        }
        distance(common as f64 / ONE as f64)
    }

    /// Distance to a person's mean template.
    pub fn to_mean(&self, mean: &Mean) -> f32 {
        let common: f32 = self
            .sparse
            .iter()
            .map(|&(bin, a)| {
                let (a, b) = (f32::from(a), mean.0[usize::from(bin)]);
                a * b / (a + b)
            })
            .sum();
        distance(f64::from(common))
    }
}

fn distance(common: f64) -> f32 {
    (SCALE * (TOTAL - 4.0 * common)) as f32
}

/// The mean of a person's templates, in counts. It is made on load and never stored: in `model.yml` plain OpenCV would
/// answer with it.
pub(crate) struct Mean(Vec<f32>);

impl Mean {
    pub fn of<'a>(templates: impl ExactSizeIterator<Item = &'a Packed>) -> Self {
        let share = 1.0 / templates.len().max(1) as f32;
        let mut mean = vec![0.0; BINS];
        for template in templates {
            for (into, cell) in mean.chunks_exact_mut(PATTERNS).zip(template.cells()) {
                for [pattern, n] in cell {
                    into[usize::from(*pattern)] += f32::from(*n) * share;
                }
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
