//! `omborctl`: everything an admin does without a window. Each command answers in words, or with `--json` for a program,
//! and by its exit code.

mod import;
mod outcome;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use self::outcome::USAGE;

/// Ombor without its window.
#[derive(Parser)]
#[command(name = "omborctl", version)]
struct Arguments {
    /// Another data directory than the user's own.
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows what the files of an old program would bring: SQLite, Excel, CSV, CommerceML.
    Import(import::ImportArguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for; everything else is a wrong call. There is nobody to tell if the terminal is gone.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { 0 });
        }
    };
    let outcome = match &arguments.command {
        Command::Import(import) => import::run(import),
    };
    outcome.tell()
}
