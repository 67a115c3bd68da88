//! Keys as hardware sends them: by physical key, whatever the layout makes of them.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::screen::Screen;

/// Milliseconds between two keys of a scanner.
pub const SCANNER_GAP_MS: u32 = 4;
/// Milliseconds between two keys of a person who types fast.
pub const HAND_GAP_MS: u32 = 150;

/// X key codes (evdev code + 8) of the keys that are not characters.
pub mod key {
    /// Escape.
    pub const ESCAPE: u8 = 9;
    /// Tabulator.
    pub const TAB: u8 = 23;
    /// Enter of the main block.
    pub const ENTER: u8 = 36;
    /// Left shift.
    pub const SHIFT: u8 = 50;
    /// Caps lock.
    pub const CAPS_LOCK: u8 = 66;
    /// F2, receipt.
    pub const F2: u8 = 68;
    /// F3, issue.
    pub const F3: u8 = 69;
    /// F4, history.
    pub const F4: u8 = 70;
    /// F6, type a code.
    pub const F6: u8 = 72;
    /// F8, look again.
    pub const F8: u8 = 74;
}

/// The printable keys of a US keyboard, row by row, each from its first key code on.
const ROWS: [(u8, &str, &str); 5] = [
    (10, "1234567890-=", "!@#$%^&*()_+"),
    (24, "qwertyuiop[]", "QWERTYUIOP{}"),
    (38, "asdfghjkl;'", "ASDFGHJKL:\""),
    (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (65, " ", " "),
];

/// The physical key and whether shift is held, as a scanner set to a US keyboard types `character`.
fn stroke(character: char) -> Result<(u8, bool)> {
    for (first, plain, shifted) in ROWS {
        for (row, shift) in [(plain, false), (shifted, true)] {
            if let Some(offset) = row.chars().position(|c| c == character) {
                return Ok((first + u8::try_from(offset)?, shift));
            }
        }
    }
    bail!("a scanner's keyboard has no key for {character:?}")
}

/// The keyboard port of a screen; scanners hang on it too.
pub struct Keyboard<'a> {
    screen: &'a Screen,
}

impl<'a> Keyboard<'a> {
    /// The keyboard of this screen.
    pub fn of(screen: &'a Screen) -> Self {
        Self { screen }
    }

    /// Scans a code: its characters in one burst, ended by Enter.
    pub fn scan(&self, code: &str) -> Result<()> {
        self.burst(code, SCANNER_GAP_MS, Some(key::ENTER))
    }

    /// Types digits as a person does.
    pub fn type_slowly(&self, text: &str) -> Result<()> {
        self.burst(text, HAND_GAP_MS, None)
    }

    /// Presses and releases one key.
    pub fn press(&self, code: u8) -> Result<()> {
        self.play(&["key".to_owned(), code.to_string()])
    }

    fn burst(&self, text: &str, gap_ms: u32, terminator: Option<u8>) -> Result<()> {
        let mut actions = Vec::new();
        let mut press = |code: u8| {
            actions.extend([
                "key".into(),
                "--delay".into(),
                gap_ms.to_string(),
                code.to_string(),
            ]);
        };
        let mut shifts = Vec::new();
        for character in text.chars() {
            let (code, shift) = stroke(character)?;
            shifts.push(shift);
            press(code);
        }
        if let Some(code) = terminator {
            press(code);
        }
        if shifts.contains(&true) {
            actions = with_shift(&actions, &shifts);
        }
        self.play(&actions)
    }

    fn play(&self, actions: &[String]) -> Result<()> {
        let mut command = Command::new("xdotool");
        command.args(actions);
        self.screen.run(command).context("the keyboard").map(drop)
    }
}

/// Holds shift down around the strokes that need it.
fn with_shift(actions: &[String], shifts: &[bool]) -> Vec<String> {
    let shift = key::SHIFT.to_string();
    let mut held = Vec::new();
    for (index, stroke) in actions.chunks(4).enumerate() {
        let needs_shift = shifts.get(index).copied().unwrap_or(false);
        if needs_shift {
            held.extend(["keydown".to_owned(), shift.clone()]);
        }
        held.extend_from_slice(stroke);
        if needs_shift {
            held.extend(["keyup".to_owned(), shift.clone()]);
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printable_character_has_one_key() {
        for character in ' '..='~' {
            if matches!(character, '`' | '~') {
                continue; // left of the 1: no code of ours needs it
            }
            assert!(stroke(character).is_ok(), "{character:?}");
        }
    }

    #[test]
    fn shift_is_held_around_the_character_that_needs_it_only() {
        let stroke = |code: &str| ["key", "--delay", "4", code].map(str::to_owned);
        let actions = [stroke("38"), stroke("39")].concat();
        let held = with_shift(&actions, &[true, false]);
        assert_eq!(
            held.join(" "),
            "keydown 50 key --delay 4 38 keyup 50 key --delay 4 39"
        );
    }
}
