//! The small picture that the window shows while a face is looked for.

use crate::{Error, Frame, PixelFormat};
use image::codecs::jpeg::JpegEncoder;
use opencv::core::{Mat, MatTraitConst, MatTraitConstManual, Rect, Size, Vec3b};
use opencv::imgproc;

/// Enough for a picture of a hand's width; a frame is some 40 kB.
const JPEG_QUALITY: u8 = 75;

/// The middle of the frame, cut to the proportions of `width` x `height` and brought to that size, as JPEG in memory.
///
/// # Errors
/// [`Error::FrameEmpty`] when the wanted size has no pixel.
pub fn preview_jpeg(frame: &Frame, width: u32, height: u32) -> Result<Vec<u8>, Error> {
    let bytes = Frame::bytes(width, height, PixelFormat::Rgb)?;
    let (rows, cols) = (frame.height() as i32, frame.width() as i32);
    let source = match frame.format() {
        PixelFormat::Grey => Mat::new_rows_cols_with_bytes::<u8>(rows, cols, frame.pixels())?,
        PixelFormat::Bgr | PixelFormat::Rgb => {
            Mat::new_rows_cols_with_bytes::<Vec3b>(rows, cols, frame.pixels())?
        }
    };
    let mut small = Mat::default();
    let size = Size::new(width as i32, height as i32);
    let middle = source.roi(middle(frame, width, height))?;
    imgproc::resize(&middle, &mut small, size, 0.0, 0.0, imgproc::INTER_AREA)?;
    let to_rgb = match frame.format() {
        PixelFormat::Grey => Some(imgproc::COLOR_GRAY2RGB),
        PixelFormat::Bgr => Some(imgproc::COLOR_BGR2RGB),
        PixelFormat::Rgb => None,
    };
    if let Some(code) = to_rgb {
        let mut rgb = Mat::default();
        imgproc::cvt_color_def(&small, &mut rgb, code)?;
        small = rgb;
    }
    let mut jpeg = Vec::with_capacity(bytes / 16);
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY)
        .encode(
            small.data_bytes()?,
            width,
            height,
            image::ExtendedColorType::Rgb8,
        )
        .map_err(Error::Preview)?;
    Ok(jpeg)
}

/// The largest part of the frame's middle with the wanted proportions.
fn middle(frame: &Frame, width: u32, height: u32) -> Rect {
    let (have_w, have_h) = (u64::from(frame.width()), u64::from(frame.height()));
    let (want_w, want_h) = (u64::from(width), u64::from(height));
    let cut_w = (have_h * want_w / want_h).clamp(1, have_w);
    let cut_h = (have_w * want_h / want_w).clamp(1, have_h);
    Rect::new(
        ((have_w - cut_w) / 2) as i32,
        ((have_h - cut_h) / 2) as i32,
        cut_w as i32,
        cut_h as i32,
    )
}
