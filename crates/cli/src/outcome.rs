//! How a command ends: what it prints, where, and the exit code.

use std::{io::Write, process::ExitCode};

/// The command was called wrongly.
pub const USAGE: u8 = 64;
/// The file was read and is no catalogue.
pub const NOT_CATALOGUE: u8 = 2;
/// The file could not be read.
pub const UNREADABLE: u8 = 3;

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
