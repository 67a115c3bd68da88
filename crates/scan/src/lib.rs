//! From keystrokes to a code, and from a code to what was scanned.
//!
//! A barcode scanner is a keyboard: it types what it read and presses Enter. This crate turns such a burst of
//! [`KeyStroke`]s into the text that stands on the label ([`decode`]), whatever keyboard layout the computer has,
//! says what that text means ([`classify`]) and under which spellings to look it up ([`lookup_forms`]).
//!
//! Everything here is pure: no clock (times come with the strokes), no input or output.

mod aim;
mod bounce;
mod check_digit;
mod decode;
mod gtin;
mod keystroke;
mod layout;
mod meaning;
mod origin;
mod own_code;
mod profile;
mod us_keyboard;

pub use bounce::Bounce;
pub use decode::{DecodeError, Decoded, MAX_CODE_BYTES, Reading, decode};
pub use gtin::{Gtin, lookup_forms};
pub use keystroke::KeyStroke;
pub use meaning::{InvalidReason, ScanMeaning, classify};
pub use own_code::{Command, command_code};
pub use profile::{Profile, Terminator};
