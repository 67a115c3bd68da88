//! The window of Ombor.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments
        .next()
        .is_some_and(|first| first == "--export-bindings")
    {
        let Some(path) = arguments.next() else {
            return ExitCode::from(2);
        };
        return match ombor_window::bindings::export(Path::new(&path)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                tracing::error!(%error, "the bindings cannot be written");
                ExitCode::FAILURE
            }
        };
    }
    ombor_window::run()
}
