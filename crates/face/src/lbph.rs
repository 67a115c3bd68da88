//! The feature: OpenCV's LBPH histogram of an aligned crop, kept as byte counts.

use crate::{Crop, Error};
use opencv::core::{Mat, Ptr, Vector};
use opencv::face::LBPHFaceRecognizer;
use opencv::prelude::*;

/// Radius of the pattern in pixels. Radius 1 / 2 / 3 / 4 / 5 on aligned faces: r4 is best over all sets (17.2 against
/// 18.8 for r3 and 21.5 for r2).
pub(crate) const RADIUS: i32 = 4;
/// Points on the circle. 4 / 6 / 8 / 10: 30 / 24 / 20 / 20 %, and 10 makes files four times as large.
pub(crate) const NEIGHBOURS: i32 = 8;
/// Cells a side. 5 / 6 / 8 / 10 / 12: 26 / 21 / 20 / 18 / 24 %.
pub(crate) const GRID: i32 = 10;
/// Patterns of one cell.
pub(crate) const PATTERNS: usize = 1 << NEIGHBOURS;
/// Bins of a template.
pub(crate) const BINS: usize = (GRID * GRID) as usize * PATTERNS;
/// Pixels of one cell: a bin of OpenCV's histogram is a count divided by this.
pub(crate) const CELL_PIXELS: u32 = {
    let side = (Crop::SIDE - 2 * RADIUS as usize) / GRID as usize;
    (side * side) as u32
};

/// The counts of one LBPH histogram: what is stored of a face. A picture cannot be made from it, but it identifies a
/// person and is to be kept like a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Counts(Vec<u8>);

impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Counts({} bins)", self.0.len())
    }
}

impl Counts {
    /// Takes stored bytes.
    ///
    /// # Errors
    /// [`Error::TemplateInvalid`] when the length or the sum of any cell is not this pipeline's.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.len() != BINS {
            return Err(Error::TemplateInvalid {
                reason: "wrong number of bins",
            });
        }
        let whole = |cell: &[u8]| cell.iter().map(|&n| u32::from(n)).sum::<u32>() == CELL_PIXELS;
        if !bytes.chunks_exact(PATTERNS).all(whole) {
            return Err(Error::TemplateInvalid {
                reason: "a cell does not count its pixels",
            });
        }
        Ok(Self(bytes))
    }

    /// Counts that were checked when they were packed.
    pub(crate) fn from_packed(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Where a face's counts come from. The product has one, [`Lbph`]; a test puts another in its place to show that the
/// verdict hangs on it.
pub trait Histogram: Send {
    /// Counts of one crop.
    fn counts(&mut self, crop: &Crop) -> Result<Counts, Error>;
}

/// OpenCV's LBPH: the histogram that `LBPHFaceRecognizer` would train with, bit for bit.
pub struct Lbph(Ptr<LBPHFaceRecognizer>);

impl Lbph {
    /// A recogniser that only serves to make histograms.
    pub fn new() -> Result<Self, Error> {
        Ok(Self(LBPHFaceRecognizer::create(
            RADIUS,
            NEIGHBOURS,
            GRID,
            GRID,
            f64::MAX,
        )?))
    }
}

impl Histogram for Lbph {
    fn counts(&mut self, crop: &Crop) -> Result<Counts, Error> {
        let mut crops = Vector::<Mat>::new();
        crops.push(crop.to_mat()?);
        self.0.train(&crops, &Vector::<i32>::from_slice(&[0]))?;
        let histogram = self.0.get_histograms()?.get(0)?;
        let counts = histogram
            .data_typed::<f32>()?
            .iter()
            .map(|share| (share * CELL_PIXELS as f32).round() as u8)
            .collect();
        Counts::parse(counts)
    }
}
