//! Plays a day with the program that `OMBOR_BIN` names: `installed first-day|day-after FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;

use ombor_tests::installed::{day_after, first_day};

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stderr, reason = "this is a program for a terminal")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let day = arguments.next();
    let day = day.as_deref().and_then(std::ffi::OsStr::to_str);
    let folder = arguments.next().map(PathBuf::from);
    let played = match (day, folder) {
        (Some("first-day"), Some(folder)) => first_day(&folder).await,
        (Some("day-after"), Some(folder)) => day_after(&folder).await,
        _ => {
            eprintln!("usage: installed first-day|day-after FOLDER");
            return ExitCode::from(2);
        }
    };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for (depth, cause) in error.chain().enumerate() {
                eprintln!("{:indent$}{cause}", "", indent = 2 * depth);
            }
            ExitCode::FAILURE
        }
    }
}
