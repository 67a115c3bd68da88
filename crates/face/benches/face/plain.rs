//! Plain OpenCV as tutorials use it: the default cascade's largest box, 100 x 100, LBPH with default parameters, the
//! nearest template.

use anyhow::{Context, Result};
use ombor_face::{Frame, PixelFormat};
use opencv::core::{Mat, Ptr, Rect, Size, Vec3b, Vector};
use opencv::face::LBPHFaceRecognizer;
use opencv::imgproc;
use opencv::objdetect::CascadeClassifier;
use opencv::prelude::*;

/// OpenCV's default frontal cascade, from Debian's `opencv-data`, with its licence at its head. It is here only to be
/// compared with; the product does not use it.
const CASCADE: &str = include_str!("haarcascade_frontalface_default.xml");
/// What the box is brought to.
const SIDE: i32 = 100;
/// The box of a set that says where its eyes are (cropped Extended Yale B).
const KNOWN_BOX: (i32, i32, i32, i32) = (0, 12, 168, 180);

pub struct Plain {
    cascade: CascadeClassifier,
    lbph: Ptr<LBPHFaceRecognizer>,
}

impl Plain {
    pub fn new() -> Result<Self> {
        let storage =
            opencv::core::FileStorage::new_def(CASCADE, opencv::core::FileStorage_MEMORY)?;
        let mut cascade = CascadeClassifier::default()?;
        cascade.read(&storage.get_first_top_level_node()?)?;
        Ok(Self {
            cascade,
            lbph: LBPHFaceRecognizer::create_def()?,
        })
    }

    /// The histogram of the face that the cascade finds.
    pub fn detected(&mut self, frame: &Frame) -> Result<Option<Vec<f32>>> {
        let grey = grey(frame)?;
        let mut found = Vector::<Rect>::new();
        self.cascade.detect_multi_scale_def(&grey, &mut found)?;
        let largest = found
            .iter()
            .max_by_key(|found| (found.width, -found.y, -found.x));
        largest.map(|face| self.histogram(&grey, face)).transpose()
    }

    /// The histogram of the box that the set's crops have.
    pub fn cropped(&mut self, frame: &Frame) -> Result<Option<Vec<f32>>> {
        let grey = grey(frame)?;
        let (x, y, width, height) = KNOWN_BOX;
        let face = Rect::new(x, y, width, height) & Rect::new(0, 0, grey.cols(), grey.rows());
        self.histogram(&grey, face).map(Some)
    }

    fn histogram(&mut self, grey: &Mat, face: Rect) -> Result<Vec<f32>> {
        let mut sized = Mat::default();
        let part = grey.roi(face)?;
        imgproc::resize_def(&part, &mut sized, Size::new(SIDE, SIDE))?;
        let mut pictures = Vector::<Mat>::new();
        pictures.push(sized);
        self.lbph
            .train(&pictures, &Vector::<i32>::from_slice(&[0]))?;
        let histogram = self.lbph.get_histograms()?.get(0)?;
        Ok(histogram.data_typed::<f32>()?.to_vec())
    }
}

fn grey(frame: &Frame) -> Result<Mat> {
    anyhow::ensure!(frame.format() == PixelFormat::Rgb, "files are read as RGB");
    let (rows, cols) = (frame.height() as i32, frame.width() as i32);
    let colour = Mat::new_rows_cols_with_bytes::<Vec3b>(rows, cols, frame.pixels())
        .context("a frame has as many bytes as its size says")?;
    let mut grey = Mat::default();
    imgproc::cvt_color_def(&colour, &mut grey, imgproc::COLOR_RGB2GRAY)?;
    Ok(grey)
}

/// OpenCV's distance of two histograms (`HISTCMP_CHISQR_ALT`).
pub fn distance(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a, b) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            let (difference, both) = (a - b, a + b);
            *sum += difference * difference / both.max(f32::MIN_POSITIVE);
        }
    }
    2.0 * sums.iter().sum::<f32>()
}
