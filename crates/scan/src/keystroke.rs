//! One key pressed, as the web view reports it.

use serde::{Deserialize, Serialize};

/// One key pressed, with what a browser's `keydown` event says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the shape of a browser's keyboard event: each key held is a flag of its own"
)]
pub struct KeyStroke {
    /// The physical key (`KeyboardEvent.code`: `KeyA`, `Digit1`, …), the same under every layout. Empty or
    /// `Unidentified` while an input method composes.
    pub code: String,
    /// What the layout made of the key (`KeyboardEvent.key`).
    pub key: String,
    /// Shift was held.
    pub shift: bool,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// `AltGr` was held.
    pub alt_graph: bool,
    /// When the key went down, in milliseconds from any fixed moment (`event.timeStamp`). Only differences count.
    pub time_ms: f64,
}

impl KeyStroke {
    /// True when the physical key was lost, as happens while an input method composes.
    pub(crate) fn is_unidentified(&self) -> bool {
        self.code.is_empty() || self.code == "Unidentified"
    }

    /// True for a key that only changes the meaning of others.
    pub(crate) fn is_modifier(&self) -> bool {
        matches!(
            self.code.as_str(),
            "ShiftLeft"
                | "ShiftRight"
                | "ControlLeft"
                | "ControlRight"
                | "AltLeft"
                | "AltRight"
                | "MetaLeft"
                | "MetaRight"
                | "CapsLock"
                | "NumLock"
        ) || (self.is_unidentified()
            && matches!(
                self.key.as_str(),
                "Shift"
                    | "Control"
                    | "Alt"
                    | "AltGraph"
                    | "Meta"
                    | "CapsLock"
                    | "NumLock"
                    | "ISO_Level3_Shift"
            ))
    }

    /// The only character of `key`, if it is one character.
    pub(crate) fn key_char(&self) -> Option<char> {
        let mut characters = self.key.chars();
        let first = characters.next()?;
        characters.next().is_none().then_some(first)
    }
}
