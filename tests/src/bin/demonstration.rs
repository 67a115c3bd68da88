//! Plays the demonstration session: `demonstration --pictures DIR [--frames DIR]`.

use std::path::PathBuf;
use std::process::ExitCode;

use ombor_tests::demonstration::play;

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stderr, reason = "this is a program for a terminal")]
async fn main() -> ExitCode {
    let (mut pictures, mut frames) = (PathBuf::from("out"), None);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(option) = arguments.next() {
        match (option.to_str(), arguments.next()) {
            (Some("--pictures"), Some(folder)) => pictures = folder.into(),
            (Some("--frames"), Some(folder)) => frames = Some(PathBuf::from(folder)),
            _ => {
                eprintln!("usage: demonstration [--pictures DIR] [--frames DIR]");
                return ExitCode::from(2);
            }
        }
    }
    match play(&pictures, frames.as_deref()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for (depth, cause) in error.chain().enumerate() {
                eprintln!("{:indent$}{cause}", "", indent = 2 * depth);
            }
            ExitCode::FAILURE
        }
    }
}
