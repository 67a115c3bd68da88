//! A label of 58 × 40 mm, the common size of thermal rolls: a code, what it stands for, and the code in digits.

use crate::code;
use crate::error::Error;
use crate::raster::{Area, Raster};
use crate::text::{Align, Pen};

const MM_PER_INCH: f32 = 25.4;

const WIDTH_MM: f32 = 58.0;
const HEIGHT_MM: f32 = 40.0;

/// The code's square, white border included, at the top left.
const CODE_MM: f32 = 27.0;

/// Free at the right and the bottom, where rolls shift.
const MARGIN_MM: f32 = 2.5;

/// Line heights of the title, the largest first.
const TITLE_MM: [f32; 6] = [9.0, 7.0, 5.6, 4.8, 4.0, 3.4];
const SUBTITLE_MM: [f32; 2] = [3.8, 3.2];
const DIGITS_MM: [f32; 4] = [7.0, 5.5, 4.2, 3.2];

/// What stands on a label: of a product, on an employee's badge, on a control card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// What a scanner reads.
    pub code: &'a str,
    /// What it stands for: the product's or the employee's name, the command.
    pub title: &'a str,
    /// A second, smaller line, such as the SKU; may be empty.
    pub subtitle: &'a str,
}

/// Draws a label as a PNG of pure black and white, one pixel for each dot of a printer of `dpi` dots per inch
/// (100 to 1200; 203 and 300 are common).
pub fn label_png(label: &Label<'_>, dpi: u32) -> Result<Vec<u8>, Error> {
    if !(100..=1200).contains(&dpi) {
        return Err(Error::Resolution(dpi));
    }
    let sheet = Sheet::new(dpi);
    let pen = Pen::new()?;
    let mut raster = Raster::new(sheet.dots(WIDTH_MM), sheet.dots(HEIGHT_MM));
    let square = sheet.area(0.0, 0.0, CODE_MM, CODE_MM);
    code::draw(&mut raster, label.code, square, sheet.dots_per_mm)?;

    let right_mm = WIDTH_MM - CODE_MM - MARGIN_MM;
    let subtitle_mm = if label.subtitle.is_empty() {
        0.0
    } else {
        2.0 * SUBTITLE_MM[1]
    };
    let title_area = sheet.area(
        CODE_MM,
        MARGIN_MM,
        right_mm,
        CODE_MM - MARGIN_MM - subtitle_mm,
    );
    let used = pen.write(
        &mut raster,
        label.title,
        title_area,
        &sheet.heights(&TITLE_MM),
        Align::Left,
    );
    let subtitle_area = Area {
        top: title_area.top + used,
        height: sheet.dots(subtitle_mm),
        ..title_area
    };
    pen.write(
        &mut raster,
        label.subtitle,
        subtitle_area,
        &sheet.heights(&SUBTITLE_MM),
        Align::Left,
    );

    let digits_area = sheet.area(
        MARGIN_MM,
        CODE_MM + 1.5,
        WIDTH_MM - 2.0 * MARGIN_MM,
        HEIGHT_MM - CODE_MM - 1.5 - MARGIN_MM,
    );
    pen.write(
        &mut raster,
        &readable(label.code),
        digits_area,
        &sheet.heights(&DIGITS_MM),
        Align::Centre,
    );
    raster.into_png()
}

/// The code as a person reads it: what cannot be seen shows as a space.
fn readable(code: &str) -> String {
    code.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Millimetres to dots of one printer.
struct Sheet {
    dots_per_mm: f32,
}

impl Sheet {
    fn new(dpi: u32) -> Self {
        Self {
            dots_per_mm: dpi as f32 / MM_PER_INCH,
        }
    }

    fn dots(&self, mm: f32) -> u32 {
        (mm * self.dots_per_mm).round() as u32
    }

    fn area(&self, left: f32, top: f32, width: f32, height: f32) -> Area {
        Area {
            left: self.dots(left),
            top: self.dots(top),
            width: self.dots(width),
            height: self.dots(height),
        }
    }

    fn heights(&self, mm: &[f32]) -> Vec<f32> {
        mm.iter().map(|mm| mm * self.dots_per_mm).collect()
    }
}
