//! A face turned and scaled so that its eyes always lie at the same two places.

use crate::finder::{Eyes, FaceBox, Point};
use crate::{Error, Frame, light};
use opencv::core::{self, Mat, MatTraitConst, MatTraitConstManual, Rect, Scalar, Size};
use opencv::imgproc;

/// Side of the crop in pixels. With a 10 x 10 grid and radius 4 each cell has 11 x 11 pixels, so that a bin is a whole
/// number of 121ths and fits a byte.
pub(crate) const SIDE: usize = 120;
/// Where the eyes come to lie: 0.40 of the width apart, at 0.35 of the height. Tighter crops lose 5–9 points.
const LEFT_EYE: Point = Point {
    x: 0.30 * SIDE as f32,
    y: 0.35 * SIDE as f32,
};
const RIGHT_EYE: Point = Point {
    x: 0.70 * SIDE as f32,
    y: 0.35 * SIDE as f32,
};
/// Below this scale the bilinear samples would skip pixels of the frame, so it is blurred first.
const BLUR_BELOW_SCALE: f32 = 0.5;
/// Sigma of that blur at scale 1, in pixels of the crop.
const BLUR_SIGMA: f32 = 0.4;
/// How far around the box the crop may reach, in widths of the box: only that part of the frame is blurred.
const MARGIN: f32 = 0.5;

/// An aligned face in even light: what LBPH sees. It lives in memory only.
#[derive(Clone)]
pub struct Crop(Vec<u8>);

impl std::fmt::Debug for Crop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Crop({SIDE} x {SIDE})")
    }
}

impl Crop {
    /// Side in pixels; the crop is a square.
    pub const SIDE: usize = SIDE;

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.0
    }

    /// The crop of a face whose eyes are known (left and right in the picture), for measuring on sets that come with
    /// them.
    ///
    /// # Errors
    /// [`Error::OpenCv`] when the eyes lie in one place or outside the frame.
    pub fn at_eyes(frame: &Frame, left: Point, right: Point) -> Result<Self, Error> {
        let apart = right.x - left.x;
        let face = FaceBox {
            x: left.x - apart,
            y: left.y - apart,
            width: 3.0 * apart,
        };
        crop(&frame.to_grey()?, &face, &Eyes { left, right })
    }

    pub(crate) fn to_mat(&self) -> Result<Mat, Error> {
        Ok(Mat::new_rows_cols_with_bytes::<u8>(SIDE as i32, SIDE as i32, &self.0)?.try_clone()?)
    }
}

/// Cuts the face out of the frame by its eyes and evens its light.
pub(crate) fn crop(grey: &Mat, face: &FaceBox, eyes: &Eyes) -> Result<Crop, Error> {
    let side = Size::new(SIDE as i32, SIDE as i32);
    let aligned = warped(grey, face, eyes, (LEFT_EYE, RIGHT_EYE), side)?;
    let even = light::even(&aligned)?;
    Ok(Crop(even))
}

/// The part of the frame about a face, turned and scaled so that the eyes come to lie at `places`.
pub(crate) fn warped(
    grey: &Mat,
    face: &FaceBox,
    eyes: &Eyes,
    places: (Point, Point),
    size: Size,
) -> Result<Mat, Error> {
    let near = face.grown(MARGIN).within(grey);
    let (scale, matrix) = similarity(&eyes.moved(-near.x as f32, -near.y as f32), places);
    let part = grey.roi(near)?;
    let mut soft = Mat::default();
    if scale < BLUR_BELOW_SCALE {
        let sigma = f64::from(BLUR_SIGMA / scale);
        imgproc::gaussian_blur_def(&part, &mut soft, Size::new(0, 0), sigma)?;
    } else {
        part.copy_to(&mut soft)?;
    }
    let matrix = Mat::new_rows_cols_with_data::<f64>(2, 3, &matrix)?;
    let mut aligned = Mat::default();
    imgproc::warp_affine(
        &soft,
        &mut aligned,
        &matrix,
        size,
        imgproc::INTER_LINEAR,
        core::BORDER_REPLICATE,
        Scalar::default(),
    )?;
    Ok(aligned)
}

/// Scale, and the 2 x 3 matrix of the similarity that takes the eyes to their places, which lie level.
fn similarity(eyes: &Eyes, (left, right): (Point, Point)) -> (f32, [f64; 6]) {
    let from = (eyes.right.x - eyes.left.x, eyes.right.y - eyes.left.y);
    let wanted = right.x - left.x;
    let length = from.0.hypot(from.1);
    let scale = wanted / length;
    // Rotation by minus the eyes' angle, times the scale.
    let (a, b) = (
        f64::from(scale * from.0 / length),
        f64::from(scale * from.1 / length),
    );
    let (x, y) = (f64::from(eyes.left.x), f64::from(eyes.left.y));
    let (to_x, to_y) = (f64::from(left.x), f64::from(left.y));
    (
        scale,
        [a, b, to_x - a * x - b * y, -b, a, to_y + b * x - a * y],
    )
}

/// The pixels of a continuous or cut-out grey picture.
pub(crate) fn grey_pixels(mat: &impl MatTraitConst) -> Result<Vec<u8>, Error> {
    let mut pixels = Vec::with_capacity((mat.rows() * mat.cols()).max(0) as usize);
    for row in 0..mat.rows() {
        pixels.extend_from_slice(mat.at_row::<u8>(row)?);
    }
    Ok(pixels)
}

/// A rectangle with whole pixels.
pub(crate) fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect::new(
        x.round() as i32,
        y.round() as i32,
        width.round() as i32,
        height.round() as i32,
    )
}
