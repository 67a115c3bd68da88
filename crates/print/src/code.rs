//! The QR code of a label, in whole dots.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::Error;
use crate::raster::{Area, Raster};

/// The white border that a scanner needs around a QR code, in modules.
const QUIET_MODULES: u32 = 4;

/// The smallest module that a desk printer and a cheap scanner agree on, in millimetres.
const MIN_MODULE_MM: f32 = 0.25;

/// Draws the QR code of `text` in the middle of `area`, as large as whole dots allow.
pub fn draw(raster: &mut Raster, text: &str, area: Area, dots_per_mm: f32) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::CodeEmpty);
    }
    let code = strongest(text)?;
    let modules = u32::try_from(code.width()).map_err(|_| Error::CodeTooLong)?;
    let module = area.width.min(area.height) / (modules + 2 * QUIET_MODULES);
    if (module as f32) < (MIN_MODULE_MM * dots_per_mm).round() {
        return Err(Error::CodeTooLong);
    }
    let side = module * modules;
    let left = area.left + (area.width - side) / 2;
    let top = area.top + (area.height - side) / 2;
    for (place, colour) in (0_u32..).zip(code.to_colors()) {
        if colour == Color::Dark {
            let (column, row) = (place % modules, place / modules);
            raster.blacken_square(left + column * module, top + row * module, module);
        }
    }
    Ok(())
}

/// The smallest code that holds `text`, with as much error correction as fits it without growing.
fn strongest(text: &str) -> Result<QrCode, Error> {
    [EcLevel::H, EcLevel::Q, EcLevel::M, EcLevel::L]
        .into_iter()
        .filter_map(|level| QrCode::with_error_correction_level(text, level).ok())
        .min_by_key(QrCode::width)
        .ok_or(Error::CodeTooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirteen_digits_fit_the_smallest_code_with_the_strongest_correction() {
        let code = strongest("2900000000018").unwrap();
        assert_eq!(code.width(), 21);
        assert_eq!(code.error_correction_level(), EcLevel::H);
    }
}
