//! How a command ends: what it prints, where, and the exit code.

use std::{io::Write, process::ExitCode};

use serde::Serialize;
use serde_json::json;

use crate::error::Error;

/// The command was called wrongly.
pub const USAGE: u8 = 64;
/// What was asked for was looked at, and is not well; or it could not be done.
pub const FAILED: u8 = 1;
/// The file was read and is no catalogue.
pub const NOT_CATALOGUE: u8 = 2;
/// The file could not be read.
pub const UNREADABLE: u8 = 3;
/// The database cannot be reached.
pub const UNAVAILABLE: u8 = 69;
/// Stopped by Ctrl-C; nothing was changed.
pub const CANCELLED: u8 = 130;

/// The end of a command.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For standard output.
    pub answer: String,
    /// For standard error.
    pub complaint: String,
    /// 0 if all went well.
    pub code: u8,
}

impl Outcome {
    /// The answer to a command that went well: for a program, or in words.
    pub fn of(value: &impl Serialize, words: impl FnOnce() -> String, in_json: bool) -> Self {
        Self {
            answer: if in_json {
                json!(value).to_string()
            } else {
                words()
            },
            ..Self::default()
        }
    }

    /// The same with another exit code.
    #[must_use]
    pub fn with_code(self, code: u8) -> Self {
        Self { code, ..self }
    }

    /// The end of a command that could not be done.
    pub fn failed(error: &Error, in_json: bool) -> Self {
        Self {
            answer: if in_json {
                json!({ "error": error.code(), "message": error.to_string() }).to_string()
            } else {
                String::new()
            },
            complaint: error.to_string(),
            code: error.exit_code(),
        }
    }

    /// Prints what is to be said. A reader that went away early does not change the exit code.
    pub fn tell(self) -> ExitCode {
        if !self.answer.is_empty() {
            let _ = writeln!(std::io::stdout().lock(), "{}", self.answer);
        }
        if !self.complaint.is_empty() {
            let _ = writeln!(std::io::stderr().lock(), "{}", self.complaint);
        }
        ExitCode::from(self.code)
    }
}
