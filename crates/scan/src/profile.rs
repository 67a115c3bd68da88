//! How the scanner of one station types.

use serde::{Deserialize, Serialize};

use crate::keystroke::KeyStroke;

/// A key that a scanner presses after the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Terminator {
    /// Enter, on either half of the keyboard, and its control characters CR (Ctrl+M) and LF (Ctrl+J).
    Enter,
    /// Tab, and its control character (Ctrl+I).
    Tab,
}

impl Terminator {
    fn of(stroke: &KeyStroke) -> Option<Self> {
        match stroke.code.as_str() {
            "Enter" | "NumpadEnter" => Some(Self::Enter),
            "Tab" => Some(Self::Tab),
            "KeyM" | "KeyJ" if stroke.ctrl => Some(Self::Enter),
            "KeyI" if stroke.ctrl => Some(Self::Tab),
            _ if stroke.is_unidentified() => match stroke.key.as_str() {
                "Enter" => Some(Self::Enter),
                "Tab" => Some(Self::Tab),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How the scanner of one station types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// The longest pause between two keys of one scan, in milliseconds.
    pub max_gap_ms: f64,
    /// The keys that end a scan.
    pub terminators: Vec<Terminator>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            max_gap_ms: 60.0,
            terminators: vec![Terminator::Enter, Terminator::Tab],
        }
    }
}

impl Profile {
    pub(crate) fn ends_with(&self, stroke: &KeyStroke) -> bool {
        Terminator::of(stroke).is_some_and(|terminator| self.terminators.contains(&terminator))
    }
}
