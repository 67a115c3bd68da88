//! `omborctl`: everything an admin does without a window. Each command answers in words, or with `--json` for a program,
//! and by its exit code.

mod backup;
mod doctor;
mod error;
mod export;
mod house;
mod import;
mod journal;
mod lan;
mod outcome;
mod platform;
mod server;
mod upgrade;
mod users;
mod verify;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

use self::{
    error::Error,
    house::DataDir,
    outcome::{Outcome, USAGE},
};

/// Reading an old program's lists is mostly small pieces of text that come and go; the system's allocator took a quarter of
/// that time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Ombor without its window.
#[derive(Parser)]
#[command(name = "omborctl", version)]
struct Arguments {
    /// Another data directory than the user's own.
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Says whether the database server runs, and what is in the database. Starts nothing.
    Status,
    /// Starts the database server and keeps it running without a window.
    Start,
    /// Lets the database server stop when its last window is closed.
    Stop,
    /// Takes over what an old program kept: SQLite, Excel, CSV, CommerceML.
    Import(import::ImportArguments),
    /// Writes all products with codes, groups, prices and stock: a workbook, a CSV or a folder of CommerceML.
    Export(export::ExportArguments),
    /// Lists users, makes one, gives a password, locks or unlocks one.
    #[command(subcommand)]
    Users(users::UsersCommand),
    /// Checks that every balance is what the ledger says and that no record was changed.
    Verify,
    /// Takes a backup and proves it by bringing it back beside the warehouse.
    Backup(backup::BackupArguments),
    /// Lists the backups, newest first.
    Backups,
    /// Keeps every change beside copies of the database, so that any moment can be brought back.
    #[command(subcommand)]
    Journal(journal::JournalCommand),
    /// Brings a backup, or a moment of the journal, back in place of the warehouse, which is backed up first.
    Restore(backup::RestoreArguments),
    /// Brings data of an older PostgreSQL to the one that this Ombor carries, with a way back.
    Upgrade(upgrade::UpgradeArguments),
    /// Opens the server to other desks of the local network, closes it, says how it stands.
    #[command(subcommand)]
    Lan(lan::LanCommand),
    /// Checks this PC and the warehouse, and says how to mend what is wrong.
    Doctor,
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
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Outcome::failed(&Error::Io(error), arguments.json).tell(),
    };
    let json = arguments.json;
    runtime
        .block_on(run(arguments))
        .unwrap_or_else(|error| Outcome::failed(&error, json))
        .tell()
}

async fn run(arguments: Arguments) -> Result<Outcome, Error> {
    let (json, data) = (arguments.json, arguments.data);
    let folder = || DataDir::find(data.clone());
    match arguments.command {
        Command::Import(import) => import::run(&import, json, folder).await,
        Command::Status => server::status(&folder()?, json).await,
        Command::Start => server::start(&folder()?, json).await,
        Command::Stop => server::stop(&folder()?, json).await,
        Command::Export(export) => export::run(&export, json, &folder()?).await,
        Command::Users(users) => users::run(&users, json, &folder()?).await,
        Command::Verify => verify::run(&folder()?, json).await,
        Command::Backup(backup) => backup::take(&backup, json, &folder()?).await,
        Command::Backups => backup::list(json, &folder()?).await,
        Command::Journal(command) => journal::run(&command, json, &folder()?).await,
        Command::Restore(restore) => backup::restore(&restore, json, &folder()?).await,
        Command::Upgrade(upgrade) => upgrade::run(&upgrade, json, &folder()?).await,
        Command::Lan(lan) => lan::run(&lan, json, &folder()?).await,
        Command::Doctor => doctor::run(&folder()?, json).await,
    }
}
