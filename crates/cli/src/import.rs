//! `omborctl import FILE… --dry-run`.

use std::{fmt::Write as _, ops::ControlFlow, path::PathBuf};

use clap::Args;
use ombor_import::{Correction, Error, Refusal, Report, lexicon::Field, read};
use serde_json::json;

use crate::outcome::{NOT_CATALOGUE, Outcome, UNREADABLE, USAGE};

/// How many of the rows that were not taken are named in words; `--json` names all.
const NAMED: usize = 20;

/// Files of an old program.
#[derive(Args)]
pub struct ImportArguments {
    /// Files or folders; all of them are one import, as `import.xml` with its `offers.xml`.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only show what would be taken.
    #[arg(long, required = true)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// What a column holds, where the program mistakes it: `Column=field` or `Sheet/Column=field`.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = correction)]
    map: Vec<Correction>,
}

/// Reads the files and tells what is in them. Exit code 0 if they were read, 2 if they hold no catalogue, 3 if they cannot
/// be read.
pub fn run(arguments: &ImportArguments) -> Outcome {
    match read(&arguments.files, &arguments.map, &mut |_| {
        ControlFlow::Continue(())
    }) {
        Ok(plan) => {
            let report = Report::from(&plan);
            let answer = if arguments.json {
                json!(report).to_string()
            } else {
                in_words(&report)
            };
            Outcome {
                answer,
                ..Outcome::default()
            }
        }
        Err(error) => refused(&error, arguments.json),
    }
}

fn refused(error: &Error, json: bool) -> Outcome {
    let code = match error {
        error if error.is_not_catalogue() => NOT_CATALOGUE,
        Error::UnknownColumn { .. } => USAGE,
        _ => UNREADABLE,
    };
    Outcome {
        answer: if json {
            json!(Refusal::from(error)).to_string()
        } else {
            String::new()
        },
        complaint: error.to_string(),
        code,
    }
}

fn in_words(report: &Report<'_>) -> String {
    let mut text = format!(
        "{}: {} records read\n{} products, {} variants, {} groups, {} codes, {} balances, {} users, {} old movements",
        report.format,
        report.read,
        report.products,
        report.variants,
        report.categories,
        report.codes,
        report.stock,
        report.users,
        report.movements
    );
    // Writing into a string cannot fail.
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
