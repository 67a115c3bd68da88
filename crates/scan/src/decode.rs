//! A burst of keystrokes to the text of the label.

use crate::aim;
use crate::check_digit::has_valid_check_digit;
use crate::gtin::Gtin;
use crate::keystroke::KeyStroke;
use crate::layout::{LAYOUTS, Layout};
use crate::origin::{Origin, origin};
use crate::profile::Profile;
use crate::us_keyboard;

/// The longest code that is read, in bytes.
pub const MAX_CODE_BYTES: usize = 512;

/// The most keystrokes that one code can take: five for a character typed as Alt and four digits.
const MAX_STROKES: usize = MAX_CODE_BYTES * 5 + 8;

/// What a scanner typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The code, without terminator and AIM identifier. The group separator stands as 0x1D.
    pub text: String,
    /// The AIM symbology identifier (`]C1`, `]E0`, …), when the scanner sent one.
    pub aim: Option<String>,
    /// How the keys were read.
    pub reading: Reading,
    /// The scanner ended the code with a terminator.
    pub terminated: bool,
}

/// How keystrokes became characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// By physical key, as a US keyboard.
    Physical,
    /// By what the computer's layout made of the keys: the scanner types in that same layout. Only taken when a check
    /// digit proves it and disproves the physical reading.
    Typed,
    /// Some physical keys were lost; the named layout read backwards gave a code that a check digit proves.
    Layout(&'static str),
}

/// Why a burst of keystrokes is no scan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// No character was typed.
    #[error("no character was typed")]
    Empty,
    /// More than [`MAX_CODE_BYTES`].
    #[error("the code is longer than {MAX_CODE_BYTES} bytes")]
    TooLong,
    /// A person typed this.
    #[error("typed by a person, not by a scanner")]
    TypedByHand,
    /// A terminator stands between two characters.
    #[error("two scans in one burst")]
    TwoScans,
    /// A key that stands for no character of a code.
    #[error("the key {code} stands for no character of a code")]
    UnsupportedKey {
        /// The physical key, or what the layout made of it.
        code: String,
    },
    /// Physical keys were lost and nothing proves a guess: scan again.
    #[error("some keys were lost on the way")]
    KeysLost,
}

/// Reads a burst of keystrokes, terminator included, as the text of the label.
///
/// Keys are read by their physical position, so the computer's layout and Caps Lock do not matter. Where the position
/// was lost, the known layouts are tried, and the result is taken only if a check digit proves it.
pub fn decode(strokes: &[KeyStroke], profile: &Profile) -> Result<Decoded, DecodeError> {
    if strokes.len() > MAX_STROKES {
        return Err(DecodeError::TooLong);
    }
    let end = strokes
        .iter()
        .rposition(|stroke| !stroke.is_modifier() && !profile.ends_with(stroke))
        .ok_or(DecodeError::Empty)?;
    let (body, tail) = strokes.split_at(end + 1);
    let terminated = tail.iter().any(|stroke| profile.ends_with(stroke));
    if body.iter().any(|stroke| profile.ends_with(stroke)) {
        return Err(DecodeError::TwoScans);
    }
    if origin(strokes, profile) == Origin::Person {
        return Err(DecodeError::TypedByHand);
    }
    let (typed, reading) = read(body)?;
    let typed = typed.trim_end_matches(['\r', '\n', '\t']);
    let (aim, text) = aim::split(typed);
    if text.is_empty() {
        return Err(DecodeError::Empty);
    }
    if text.len() > MAX_CODE_BYTES {
        return Err(DecodeError::TooLong);
    }
    Ok(Decoded {
        text: text.to_owned(),
        aim: aim.map(str::to_owned),
        reading,
        terminated,
    })
}

fn read(body: &[KeyStroke]) -> Result<(String, Reading), DecodeError> {
    let was_lost = |stroke: &KeyStroke| stroke.is_unidentified() && !stroke.is_modifier();
    if body.iter().any(was_lost) {
        return by_layouts(body).ok_or(DecodeError::KeysLost);
    }
    let physical = by_physical_keys(body);
    if physical.as_deref().is_ok_and(is_proved) {
        return physical.map(|text| (text, Reading::Physical));
    }
    match as_typed(body) {
        Some(typed) if is_proved(&typed) => Ok((typed, Reading::Typed)),
        _ => physical.map(|text| (text, Reading::Physical)),
    }
}

fn by_physical_keys(body: &[KeyStroke]) -> Result<String, DecodeError> {
    let mut text = String::with_capacity(body.len());
    let mut keypad = KeypadCode::default();
    for stroke in body {
        if let Some(digit) = alt_digit(stroke) {
            keypad.digits.push(digit);
            continue;
        }
        keypad.finish(&mut text)?;
        if !stroke.is_modifier() {
            text.push(physical_character(stroke).ok_or_else(|| unsupported(stroke))?);
        }
    }
    keypad.finish(&mut text)?;
    Ok(text)
}

/// The character that one key stands for by its position.
fn physical_character(stroke: &KeyStroke) -> Option<char> {
    match (stroke.ctrl, stroke.alt, stroke.alt_graph) {
        (false, false, false) => us_keyboard::character(&stroke.code, stroke.shift),
        (true, false, false) => us_keyboard::control_character(&stroke.code, stroke.shift),
        _ => None,
    }
}

fn unsupported(stroke: &KeyStroke) -> DecodeError {
    let name = if stroke.is_unidentified() {
        &stroke.key
    } else {
        &stroke.code
    };
    DecodeError::UnsupportedKey { code: name.clone() }
}

/// Digits typed on the keypad while Alt is held: a character by its number.
#[derive(Default)]
struct KeypadCode {
    digits: Vec<u8>,
}

impl KeypadCode {
    /// Appends the characters that the digits stand for and begins anew. Each takes three digits, or four of which
    /// the first is 0; the release of Alt between two characters may have gone unseen.
    fn finish(&mut self, text: &mut String) -> Result<(), DecodeError> {
        let digits = std::mem::take(&mut self.digits);
        let has_four_each =
            digits.len().is_multiple_of(4) && digits.chunks(4).all(|number| number[0] == 0);
        let width = if has_four_each { 4 } else { 3 };
        for number in digits.chunks(width) {
            let value = number
                .iter()
                .fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
            let ascii = u8::try_from(value)
                .ok()
                .filter(|byte| (1..=127).contains(byte));
            match ascii {
                Some(byte) if number.len() == width => text.push(char::from(byte)),
                _ => {
                    return Err(DecodeError::UnsupportedKey {
                        code: format!("Alt+{value}"),
                    });
                }
            }
        }
        Ok(())
    }
}

fn alt_digit(stroke: &KeyStroke) -> Option<u8> {
    (stroke.alt && !stroke.ctrl && !stroke.alt_graph)
        .then(|| us_keyboard::numpad_digit(&stroke.code))
        .flatten()
}

/// What the computer's own layout made of the keys, if it made one character of each.
fn as_typed(body: &[KeyStroke]) -> Option<String> {
    body.iter()
        .filter(|stroke| !stroke.is_modifier())
        .map(|stroke| {
            let is_plain = !stroke.ctrl && !stroke.alt;
            if is_plain {
                stroke.key_char()
            } else {
                physical_character(stroke)
            }
        })
        .collect()
}

/// The one text that a known layout, read backwards, gives and a check digit proves.
fn by_layouts(body: &[KeyStroke]) -> Option<(String, Reading)> {
    let mut found: Option<(String, Reading)> = None;
    for layout in &LAYOUTS {
        let Some(text) = by_layout(body, layout).filter(|text| is_proved(text)) else {
            continue;
        };
        match &found {
            None => found = Some((text, Reading::Layout(layout.name))),
            Some((known, _)) if *known != text => return None,
            Some(_) => {}
        }
    }
    found
}

fn by_layout(body: &[KeyStroke], layout: &Layout) -> Option<String> {
    body.iter()
        .filter(|stroke| !stroke.is_modifier())
        .map(|stroke| {
            if !stroke.is_unidentified() {
                return physical_character(stroke);
            }
            let is_plain = !stroke.ctrl && !stroke.alt;
            let seen = stroke.key_char().filter(|_| is_plain)?;
            layout.us_character(seen, stroke.shift)
        })
        .collect()
}

/// True when a check digit proves the text: a retail or own number, or a GS1 string that begins with one.
fn is_proved(text: &str) -> bool {
    let (identifier, code) = aim::split(text.trim_end_matches(['\r', '\n', '\t']));
    let begins_with_gtin = || {
        let code = code.strip_prefix('\u{1d}').unwrap_or(code);
        code.is_ascii()
            && code.starts_with("01")
            && code.get(2..16).is_some_and(has_valid_check_digit)
    };
    match identifier {
        Some(identifier) if aim::is_gs1(identifier) => begins_with_gtin(),
        _ => Gtin::parse(code).is_some() || begins_with_gtin(),
    }
}
