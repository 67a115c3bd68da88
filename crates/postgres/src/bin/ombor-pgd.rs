//! The helper process that owns Ombor's PostgreSQL server. It is started by the application, which writes the
//! options to its standard input, and ends when its last client is gone.
//!
//! The server itself starts it too, for one piece of its log at a time: `ombor-pgd keep SETTING PIECE NAME` keeps one that
//! the server hands out, `ombor-pgd bring JOURNAL NAME TARGET` brings one back.

#![expect(
    clippy::print_stderr,
    reason = "what goes to the standard error stands in the server's log"
)]

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use ombor_postgres::journal::{self, Handed};
use ombor_postgres::{Options, supervisor};

/// To a recovering server: stop, this is not the end of the journal.
const STOP: u8 = 200;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [word, setting, piece, name] if word == "keep" => keep(
            Path::new(setting),
            Path::new(piece),
            &name.to_string_lossy(),
        ),
        [word, folder, name, target] if word == "bring" => bring(
            Path::new(folder),
            &name.to_string_lossy(),
            Path::new(target),
        ),
        _ => own_the_server(),
    }
}

/// The server offers the piece again until this succeeds.
fn keep(setting: &Path, piece: &Path, name: &str) -> ExitCode {
    match journal::keep(setting, piece, name) {
        Ok(Handed::Kept | Handed::Unwanted) => ExitCode::SUCCESS,
        Ok(Handed::GivenUp) => {
            eprintln!(
                "the disk is nearly full, and {name} could not be kept: the journal has a gap"
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A piece that is not there is the end of the journal, a damaged one is not.
fn bring(folder: &Path, name: &str, target: &Path) -> ExitCode {
    match journal::bring(folder, name, target) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(STOP)
        }
    }
}

fn own_the_server() -> ExitCode {
    let mut text = Vec::new();
    let options = std::io::stdin()
        .read_to_end(&mut text)
        .map_err(serde_json::Error::io);
    let options: Options = match options.and_then(|_| serde_json::from_slice(&text)) {
        Ok(options) => options,
        Err(_) => return ExitCode::from(2),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime.map(|runtime| runtime.block_on(supervisor::run(options))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(_)) | Err(_) => ExitCode::FAILURE,
    }
}
