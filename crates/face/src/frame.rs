//! One picture of a source, in memory.

use crate::Error;
use opencv::core::{Mat, MatTraitConst, Vec3b};
use opencv::imgproc;

/// More than an 8K frame (7680 x 4320): past that it is not a camera's.
const MAX_PIXELS: u64 = 40_000_000;

/// Order of the bytes of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelFormat {
    /// One byte a pixel.
    Grey,
    /// Blue, green, red: what OpenCV captures.
    Bgr,
    /// Red, green, blue: what picture files decode to.
    Rgb,
}

impl PixelFormat {
    /// Bytes of one pixel.
    #[must_use]
    pub fn bytes_per_pixel(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Bgr | Self::Rgb => 3,
        }
    }
}

/// A picture: rows from the top, without padding. Never written to a disk by this crate.
#[derive(Clone)]
pub struct Frame {
    width: u32,
    height: u32,
    format: PixelFormat,
    pixels: Vec<u8>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Frame({} x {}, {:?})",
            self.width, self.height, self.format
        )
    }
}

impl Frame {
    /// Takes `width * height` pixels.
    ///
    /// # Errors
    /// [`Error::FrameEmpty`] without a pixel, [`Error::FrameTooLarge`] past 8K, [`Error::FrameLayout`] when the bytes
    /// are not as many as the size says.
    pub fn new(
        width: u32,
        height: u32,
        format: PixelFormat,
        pixels: Vec<u8>,
    ) -> Result<Self, Error> {
        let expected = Self::bytes(width, height, format)?;
        if pixels.len() != expected {
            return Err(Error::FrameLayout {
                expected,
                actual: pixels.len(),
            });
        }
        Ok(Self {
            width,
            height,
            format,
            pixels,
        })
    }

    /// Bytes that a frame of this size has.
    ///
    /// # Errors
    /// [`Error::FrameEmpty`] and [`Error::FrameTooLarge`] as in [`Frame::new`].
    pub fn bytes(width: u32, height: u32, format: PixelFormat) -> Result<usize, Error> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(Error::FrameEmpty { width, height });
        }
        if pixels > MAX_PIXELS {
            return Err(Error::FrameTooLarge { width, height });
        }
        Ok(pixels as usize * format.bytes_per_pixel())
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Order of the bytes.
    #[must_use]
    pub fn format(&self) -> PixelFormat {
        self.format
    }

    /// The bytes, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The frame in grey, as OpenCV takes it.
    pub(crate) fn to_grey(&self) -> Result<Mat, Error> {
        let (rows, cols) = (self.height as i32, self.width as i32);
        if self.format == PixelFormat::Grey {
            return Ok(Mat::new_rows_cols_with_bytes::<u8>(rows, cols, &self.pixels)?.try_clone()?);
        }
        let code = match self.format {
            PixelFormat::Rgb => imgproc::COLOR_RGB2GRAY,
            PixelFormat::Bgr | PixelFormat::Grey => imgproc::COLOR_BGR2GRAY,
        };
        let colour = Mat::new_rows_cols_with_bytes::<Vec3b>(rows, cols, &self.pixels)?;
        let mut grey = Mat::default();
        imgproc::cvt_color_def(&colour, &mut grey, code)?;
        Ok(grey)
    }
}
