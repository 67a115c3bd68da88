//! `omborctl import FILE…`: what an old program kept, shown with `--dry-run`, else taken over.

use std::{
    fmt::Write as _,
    io::{IsTerminal, Write as _},
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use clap::Args;
use ombor_core::takeover::{Step, TakenOver, take_over};
use ombor_import::{Correction, Plan, Refusal, Report, lexicon::Field, read};
use serde::Serialize;
use serde_json::json;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::Outcome,
};

/// How many of the rows that were not taken are named in words; `--json` names all.
const NAMED: usize = 20;

/// Files of an old program.
#[derive(Args)]
pub struct ImportArguments {
    /// Files or folders; all of them are one import, as `import.xml` with its `offers.xml`.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only show what would be taken; no database is needed or started.
    #[arg(long)]
    dry_run: bool,
    /// What a column holds, where the program mistakes it: `Column=field` or `Sheet/Column=field`.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = correction)]
    map: Vec<Correction>,
    /// The old program's name, where the files do not tell it from another one: a second import under the same name
    /// finds its products again.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
}

/// What was read, and what became of it.
#[derive(Serialize)]
struct Done<'a> {
    #[serde(flatten)]
    read: &'a Report<'a>,
    taken_over: &'a TakenOver,
}

/// Reads the files and, unless it is a dry run, writes what is in them into the warehouse. Exit code 0 if they were read, 2
/// if they hold no catalogue, 3 if they cannot be read.
pub async fn run(
    arguments: &ImportArguments,
    in_json: bool,
    folder: impl FnOnce() -> Result<DataDir, Error>,
) -> Result<Outcome, Error> {
    let stopped = Arc::new(AtomicBool::new(false));
    tokio::spawn({
        let stopped = Arc::clone(&stopped);
        async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    });
    let go_on = || {
        if stopped.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let mut plan = match read(&arguments.files, &arguments.map, &mut |_| go_on()) {
        Ok(plan) => plan,
        Err(error) => return Ok(refused(error, in_json)),
    };
    if let Some(source) = &arguments.source {
        source.clone_into(&mut plan.source);
    }
    let report = Report::from(&plan);
    if arguments.dry_run {
        return Ok(Outcome::of(&report, || in_words(&report), in_json));
    }
    let house = House::open(&folder()?).await?;
    let taken_over = write(&house, &plan, go_on).await?;
    let done = Done {
        read: &report,
        taken_over: &taken_over,
    };
    let words = || format!("{}\n{}", in_words(&report), written_in_words(&taken_over));
    Ok(Outcome::of(&done, words, in_json))
}

async fn write(
    house: &House,
    plan: &Plan,
    go_on: impl Fn() -> ControlFlow<()> + Send + Sync,
) -> Result<TakenOver, Error> {
    let old = plan.old_warehouse();
    let is_watched = std::io::stderr().is_terminal();
    let mut progress = |step: Step| {
        if is_watched && step.of > 0 {
            // Nobody has to see it.
            let _ = write!(std::io::stderr(), "\r{:3} %", step.done * 100 / step.of);
        }
        go_on()
    };
    let outcome = house
        .as_owner(async |connection, actor| {
            Ok(take_over(connection, actor, &old, &mut progress).await?)
        })
        .await;
    if is_watched {
        let _ = writeln!(std::io::stderr());
    }
    outcome
}

fn refused(error: ombor_import::Error, in_json: bool) -> Outcome {
    let refusal = in_json.then(|| json!(Refusal::from(&error)).to_string());
    let outcome = Outcome::failed(&Error::OldFiles(error), false);
    Outcome {
        answer: refusal.unwrap_or_default(),
        ..outcome
    }
}

// Writing into a string cannot fail.
fn in_words(report: &Report<'_>) -> String {
    let mut text = format!(
        "{}: {} records read\n{} products, {} variants, {} groups, {} codes, {} balances, {} pictures, {} users, {} old movements",
        report.format,
        report.read,
        report.products,
        report.variants,
        report.categories,
        report.codes,
        report.stock,
        report.pictures,
        report.users,
        report.movements
    );
    for noted in report.notes {
        let _ = write!(text, "\n  {}: {}", noted.origin, noted.note);
    }
    for disagreement in report.disagreements.iter().take(NAMED) {
        let _ = write!(
            text,
            "\n  {}: stock {} is taken, the movements add up to {}",
            disagreement.product, disagreement.stock, disagreement.movements
        );
    }
    let _ = write!(text, "\nnot taken: {}", report.skipped.len());
    for skipped in report.skipped.iter().take(NAMED) {
        let _ = write!(text, "\n  {}: {}", skipped.origin, skipped.reason);
    }
    text
}

fn written_in_words(taken: &TakenOver) -> String {
    let mut text = format!(
        "written: {} new products, {} brought up to date, {} as they were, {} codes, {} opening balances in {} documents, \
         {} pictures, {} old movements",
        taken.products,
        taken.changed,
        taken.unchanged,
        taken.codes,
        taken.balances,
        taken.documents.len(),
        taken.pictures,
        taken.movements
    );
    if !taken.users.is_empty() {
        let _ = write!(
            text,
            "\nnew users, each without a password (omborctl users password LOGIN): {}",
            taken.users.join(", ")
        );
    }
    for left in taken.left.iter().take(NAMED) {
        let _ = write!(text, "\n  {}: {}", left.origin, left.reason);
    }
    if !taken.differences.is_empty() {
        let _ = write!(
            text,
            "\nthe old stock differs from the ledger, which stays as it is: {}",
            taken.differences.len()
        );
    }
    for difference in taken.differences.iter().take(NAMED) {
        let _ = write!(
            text,
            "\n  {}: the old program says {}, the ledger {}",
            difference.product, difference.old, difference.on_hand
        );
    }
    text
}

/// `Column=field` or `Sheet/Column=field`.
fn correction(text: &str) -> Result<Correction, String> {
    let (column, field) = text.rsplit_once('=').ok_or("Column=field is expected")?;
    let field = Field::from_word(field).ok_or_else(|| {
        let words: Vec<&str> = Field::ALL.iter().map(|(_, word)| *word).collect();
        format!("no such field; there are {}", words.join(", "))
    })?;
    let (part, column) = match column.rsplit_once('/') {
        Some((part, column)) => (Some(part.to_owned()), column),
        None => (None, column),
    };
    Ok(Correction {
        part,
        column: column.to_owned(),
        field,
    })
}
