//! `omborctl journal`: what makes it possible to go back to any moment.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ombor_vault::{Journal, Settings};
use serde_json::json;

use crate::{
    backup::{record, stopped_by_ctrl_c, vault},
    error::Error,
    house::{DataDir, House},
    outcome::{FAILED, Outcome},
};

/// What is done with the journal.
#[derive(Subcommand)]
pub enum JournalCommand {
    /// Keeps every change, at most a minute late. The server is started anew for it.
    On(OnArguments),
    /// Keeps nothing more. What was kept stays.
    Off,
    /// Copies the whole database server's data now; without this it is done once a day.
    Copy,
    /// Says between which moments the warehouse can be brought back. Exit code 1 if the journal is off or not well.
    Status,
}

/// Where the journal goes.
#[derive(Args)]
pub struct OnArguments {
    /// The folder, best on another disk. Without it: the second folder of the backups, else their first one.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Does it, and says how the journal is then.
pub async fn run(
    command: &JournalCommand,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let house = House::open_existing(folder).await?;
    let vault = vault(&house, folder).await?;
    let journal = match command {
        JournalCommand::On(arguments) => {
            let settings = Settings::load(folder.path());
            let place = match arguments.folder.clone().or_else(|| settings.second.clone()) {
                Some(place) => std::path::absolute(place)?,
                None => settings.folder_in(folder.path())?,
            };
            let journal = vault
                .keep_journal(&place, &|_| (), &stopped_by_ctrl_c())
                .await?;
            let details = json!({ "folder": journal.folder });
            record(&house, "journal_begun", details).await?;
            Some(journal)
        }
        JournalCommand::Off => {
            vault.leave_journal()?;
            record(&house, "journal_ended", json!({})).await?;
            None
        }
        JournalCommand::Copy => {
            vault.copy_now(&|_| (), &stopped_by_ctrl_c()).await?;
            vault.journal().await?
        }
        JournalCommand::Status => vault.journal().await?,
    };
    let is_well = journal.as_ref().is_some_and(Journal::is_well);
    let is_off = matches!(command, JournalCommand::Off);
    let outcome = Outcome::of(&journal, || in_words(journal.as_ref()), in_json);
    Ok(outcome.with_code(if is_well || is_off { 0 } else { FAILED }))
}

fn in_words(journal: Option<&Journal>) -> String {
    let Some(journal) = journal else {
        return "the journal is off".to_owned();
    };
    let folder = journal.folder.display();
    let reach = match journal.reach {
        None => "no moment can be brought back yet".to_owned(),
        Some(reach) => format!(
            "from {} until {} every moment can be brought back{}",
            reach.since.to_rfc3339(),
            reach.until.to_rfc3339(),
            if reach.has_gap {
                "; there is a gap after that: omborctl journal copy begins anew"
            } else {
                ""
            }
        ),
    };
    let stopped = if journal.is_stopped {
        "\nthe server's changes cannot be kept: look whether the disk is there and has room"
    } else {
        ""
    };
    format!("{folder}: {reach}{stopped}")
}
