//! Labels that can be printed and scanned.
//!
//! A label is a picture of pure black and white dots, one for each dot of the printer, so that no scaling blurs the
//! code. Texts are drawn here and not by the printer: no printer's code page holds the letters of all our languages.

mod code;
mod error;
mod label;
mod raster;
mod text;

pub use error::Error;
pub use label::{Label, label_png};
