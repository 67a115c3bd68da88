//! The US keyboard: which character each physical key stands for.
//!
//! Scanners type as a US keyboard unless told otherwise, so this table reads them whatever layout the computer has.

/// The physical keys of the typing block, in the order of [`UNSHIFTED`].
pub(crate) const TYPING_KEYS: [&str; 47] = [
    "Backquote",
    "Digit1",
    "Digit2",
    "Digit3",
    "Digit4",
    "Digit5",
    "Digit6",
    "Digit7",
    "Digit8",
    "Digit9",
    "Digit0",
    "Minus",
    "Equal",
    "KeyQ",
    "KeyW",
    "KeyE",
    "KeyR",
    "KeyT",
    "KeyY",
    "KeyU",
    "KeyI",
    "KeyO",
    "KeyP",
    "BracketLeft",
    "BracketRight",
    "Backslash",
    "KeyA",
    "KeyS",
    "KeyD",
    "KeyF",
    "KeyG",
    "KeyH",
    "KeyJ",
    "KeyK",
    "KeyL",
    "Semicolon",
    "Quote",
    "KeyZ",
    "KeyX",
    "KeyC",
    "KeyV",
    "KeyB",
    "KeyN",
    "KeyM",
    "Comma",
    "Period",
    "Slash",
];

/// What the keys of [`TYPING_KEYS`] type without Shift.
pub(crate) const UNSHIFTED: &str = r"`1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./";

/// What the keys of [`TYPING_KEYS`] type with Shift.
pub(crate) const SHIFTED: &str = r#"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?"#;

/// The character that a physical key types on a US keyboard, Caps Lock being off.
pub(crate) fn character(code: &str, shift: bool) -> Option<char> {
    if let Some(index) = TYPING_KEYS.iter().position(|key| *key == code) {
        return typed_at(index, shift);
    }
    match code {
        "Space" => Some(' '),
        "NumpadDecimal" => Some('.'),
        "NumpadComma" => Some(','),
        "NumpadAdd" => Some('+'),
        "NumpadSubtract" => Some('-'),
        "NumpadMultiply" => Some('*'),
        "NumpadDivide" => Some('/'),
        _ => numpad_digit(code).map(|digit| char::from(b'0' + digit)),
    }
}

/// The character that the key at `index` of [`TYPING_KEYS`] types.
pub(crate) fn typed_at(index: usize, shift: bool) -> Option<char> {
    let row = if shift { SHIFTED } else { UNSHIFTED };
    row.as_bytes().get(index).copied().map(char::from)
}

/// The digit of a keypad key.
pub(crate) fn numpad_digit(code: &str) -> Option<u8> {
    match code.strip_prefix("Numpad")?.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The control character that Ctrl and a physical key make (`Ctrl+]` is the group separator).
pub(crate) fn control_character(code: &str, shift: bool) -> Option<char> {
    let typed = character(code, shift)?.to_ascii_uppercase();
    match typed {
        'A'..='Z' | '[' | '\\' | ']' | '^' | '_' => {
            u8::try_from(typed).ok().map(|byte| char::from(byte & 0x1f))
        }
        '}' => Some('\u{1d}'),
        '6' => Some('\u{1e}'),
        '-' => Some('\u{1f}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printable_ascii_character_has_a_key() {
        let typed: Vec<char> = TYPING_KEYS
            .iter()
            .chain(&["Space"])
            .flat_map(|code| [false, true].map(|shift| character(code, shift)))
            .flatten()
            .collect();
        assert!((' '..='~').all(|wanted| typed.contains(&wanted)));
    }

    #[test]
    fn control_and_a_bracket_is_the_group_separator() {
        assert_eq!(control_character("BracketRight", false), Some('\u{1d}'));
        assert_eq!(control_character("KeyD", false), Some('\u{4}'));
        assert_eq!(control_character("Digit1", false), None);
    }
}
