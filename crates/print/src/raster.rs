//! A label as dots.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use crate::error::Error;

const WHITE: Luma<u8> = Luma([255]);
const BLACK: Luma<u8> = Luma([0]);

/// A part of the label, in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// A white sheet on which dots are set.
#[derive(Debug)]
pub struct Raster(GrayImage);

impl Raster {
    /// A white sheet of `width` by `height` dots.
    pub fn new(width: u32, height: u32) -> Self {
        Self(GrayImage::from_pixel(width, height, WHITE))
    }

    /// Blackens one dot; outside the sheet it does nothing.
    pub fn blacken(&mut self, x: u32, y: u32) {
        if let Some(dot) = self.0.get_pixel_mut_checked(x, y) {
            *dot = BLACK;
        }
    }

    /// Blackens a square.
    pub fn blacken_square(&mut self, left: u32, top: u32, side: u32) {
        for y in top..top.saturating_add(side) {
            for x in left..left.saturating_add(side) {
                self.blacken(x, y);
            }
        }
    }

    /// The sheet as a PNG.
    pub fn into_png(self) -> Result<Vec<u8>, Error> {
        let mut png = Cursor::new(Vec::new());
        self.0.write_to(&mut png, ImageFormat::Png)?;
        Ok(png.into_inner())
    }
}
