//! `omborctl doctor`: looks at this PC and the warehouse, and says how to mend what is wrong. Repairs nothing.

use std::path::Path;

use chrono::{TimeDelta, Utc};
use ombor_core::{invariant::Facts, people::user, schema};
use ombor_postgres::{Limits, bundle};
use ombor_vault::Settings;
use serde::Serialize;
use sqlx::PgConnection;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::{FAILED, Outcome},
    platform,
};

/// A backup that is older asks for attention.
const BACKUP_AGE_HOURS: i64 = 24;

/// How far the PC's clock and the newest document, or the server's clock, may be apart.
const CLOCK_MINUTES: i64 = 2;

/// What the names of scanners have in common: to the PC a scanner is a keyboard.
const SCANNER_WORDS: [&str; 12] = [
    "scan",
    "barcode",
    "honeywell",
    "zebra",
    "symbol",
    "datalogic",
    "newland",
    "netum",
    "mindeo",
    "posiflex",
    "eyoyo",
    "2d reader",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    Warning,
    Failed,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    found: String,
    /// What to do about it; nothing if all is well.
    mend: Option<&'static str>,
}

impl Finding {
    fn well(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            found: found.into(),
            mend: None,
        }
    }

    fn ill(
        check: &'static str,
        state: State,
        found: impl Into<String>,
        mend: &'static str,
    ) -> Self {
        Self {
            check,
            state,
            found: found.into(),
            mend: Some(mend),
        }
    }
}

/// Everything is looked at, whatever was found before. Exit code 1 if something has failed; a warning is none.
pub async fn run(folder: &DataDir, in_json: bool) -> Result<Outcome, Error> {
    let mut findings = vec![
        data_folder(folder.path()),
        disk(folder.path()),
        programs(folder),
        camera(),
        scanner(),
        printer(),
    ];
    match warehouse(folder).await {
        Ok(found) => findings.extend(found),
        Err(error) => findings.push(Finding::ill(
            "server",
            State::Failed,
            error.to_string(),
            "Start the PC anew; if it stays, look into logs/postgresql.log below the data folder.",
        )),
    }
    let has_failed = findings
        .iter()
        .any(|finding| finding.state == State::Failed);
    let outcome = Outcome::of(&findings, || in_words(&findings), in_json);
    Ok(outcome.with_code(if has_failed { FAILED } else { 0 }))
}

fn data_folder(path: &Path) -> Finding {
    let check = "data_folder";
    let shown = path.display().to_string();
    match platform::is_private(path) {
        Ok(true) => Finding::well(check, shown),
        Ok(false) => Finding::ill(
            check,
            State::Warning,
            format!("{shown} can be read by other users of this PC"),
            "Take the rights of others away: chmod go-rwx on the data folder.",
        ),
        Err(error) => Finding::ill(
            check,
            State::Warning,
            format!("{shown}: {error}"),
            "Start Ombor once, or name the right folder with --data DIR.",
        ),
    }
}

fn disk(path: &Path) -> Finding {
    let check = "disk";
    let limits = Limits::default();
    let there = path
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    match fs4::available_space(there) {
        Ok(free) => {
            let said = format!("{} MiB free", free / (1024 * 1024));
            let mend = "Free some space on the disk: below 500 MiB nothing can be saved any more.";
            match free {
                free if free < limits.read_only_bytes => {
                    Finding::ill(check, State::Failed, said, mend)
                }
                free if free < limits.warn_bytes => Finding::ill(check, State::Warning, said, mend),
                _ => Finding::well(check, said),
            }
        }
        Err(error) => Finding::ill(
            check,
            State::Warning,
            error.to_string(),
            "Look whether the disk is there and can be read.",
        ),
    }
}

fn programs(folder: &DataDir) -> Finding {
    let found = bundle::find(None).and_then(|folder| bundle::supervisor().map(|_| folder));
    match found {
        Ok(folder) => Finding::well("programs", folder.display().to_string()),
        Err(_) if matches!(folder.elsewhere(), Ok(Some(_))) => {
            Finding::well("programs", "not needed: another server is named")
        }
        Err(error) => Finding::ill(
            "programs",
            State::Failed,
            error.to_string(),
            "Install Ombor again.",
        ),
    }
}

fn camera() -> Finding {
    match platform::cameras() {
        names if names.is_empty() => Finding::ill(
            "camera",
            State::Warning,
            "no camera is plugged in",
            "Plug the camera in; without one an employee is vouched for by a colleague or an Admin.",
        ),
        names => Finding::well("camera", names.join(", ")),
    }
}

fn scanner() -> Finding {
    let is_scanner = |name: &String| {
        let name = name.to_lowercase();
        SCANNER_WORDS.iter().any(|word| name.contains(word))
    };
    match platform::keyboards()
        .into_iter()
        .filter(is_scanner)
        .collect::<Vec<_>>()
    {
        names if names.is_empty() => Finding::ill(
            "scanner",
            State::Warning,
            "nothing that types is called a scanner",
            "Plug the scanner in and set it to act as a USB keyboard. If it has another name, scan something at the desk.",
        ),
        names => Finding::well("scanner", names.join(", ")),
    }
}

fn printer() -> Finding {
    match platform::printers() {
        None => Finding::ill(
            "printer",
            State::Warning,
            "this PC cannot print",
            "Install cups and cups-client; without them labels are saved as pictures.",
        ),
        Some(names) if names.is_empty() => Finding::ill(
            "printer",
            State::Warning,
            "no printer is set up",
            "Set the label printer up in the system's settings; until then labels are saved as pictures.",
        ),
        Some(names) => Finding::well("printer", names.join(", ")),
    }
}

async fn warehouse(folder: &DataDir) -> Result<Vec<Finding>, Error> {
    if !folder.has_warehouse() {
        return Ok(vec![Finding::ill(
            "server",
            State::Warning,
            "there is no warehouse in this folder yet",
            "Start Ombor once, or name the right folder with --data DIR.",
        )]);
    }
    let house = House::attached(folder).await?;
    let mut connection = house.connection().await?;
    let version: String = sqlx::query_scalar("show server_version")
        .fetch_one(&mut connection)
        .await?;
    let mut findings = vec![Finding::well(
        "server",
        format!("PostgreSQL {version} answers"),
    )];
    let found = schema::database_version(&mut connection).await?;
    findings.push(schema_version(found));
    if found == schema::version() {
        findings.push(admin(&mut connection).await?);
        findings.push(clock(&mut connection).await?);
        findings.push(backup(folder));
    }
    Ok(findings)
}

fn schema_version(found: i64) -> Finding {
    let said = format!(
        "the database has schema {found}, this program knows {}",
        schema::version()
    );
    match found.cmp(&schema::version()) {
        std::cmp::Ordering::Equal => Finding::well("schema", said),
        std::cmp::Ordering::Less => Finding::ill(
            "schema",
            State::Warning,
            said,
            "Start Ombor: it brings the database up to date.",
        ),
        std::cmp::Ordering::Greater => Finding::ill(
            "schema",
            State::Failed,
            said,
            "Install the newer version of Ombor that made the database.",
        ),
    }
}

async fn admin(connection: &mut PgConnection) -> Result<Finding, Error> {
    Ok(if user::is_first_run(connection).await? {
        Finding::ill(
            "admin",
            State::Warning,
            "nobody can log in yet",
            "Start Ombor and choose the first Admin's password, or run omborctl users add LOGIN --role admin.",
        )
    } else {
        Finding::well("admin", "somebody can log in")
    })
}

async fn clock(connection: &mut PgConnection) -> Result<Finding, Error> {
    let server: chrono::DateTime<Utc> = sqlx::query_scalar("select clock_timestamp()")
        .fetch_one(&mut *connection)
        .await?;
    let here = Utc::now();
    let newest = Facts::of(connection).await?.newest_document_at;
    let allowed = TimeDelta::minutes(CLOCK_MINUTES);
    let mend = "Set the PC's clock and switch its synchronisation on: no saved movement lies in the future.";
    Ok(if (server - here).abs() > allowed {
        Finding::ill(
            "clock",
            State::Failed,
            format!("this PC says {here}, the server {server}"),
            mend,
        )
    } else if newest.is_some_and(|newest| newest > here + allowed) {
        Finding::ill(
            "clock",
            State::Failed,
            format!("this PC says {here}, but a document was saved later than that"),
            mend,
        )
    } else {
        Finding::well("clock", here.to_rfc3339())
    })
}

/// The age of the newest backup, by the files alone: a doctor opens no backup.
fn backup(folder: &DataDir) -> Finding {
    let check = "backup";
    let mend = "Take one now: omborctl backup, or Backups in the window.";
    let there = match Settings::load(folder.path()).folder_in(folder.path()) {
        Ok(there) => there,
        Err(error) => return Finding::ill(check, State::Failed, error.to_string(), mend),
    };
    let newest = std::fs::read_dir(&there)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "dump")
        })
        .filter_map(|entry| entry.metadata().ok()?.modified().ok())
        .max();
    let Some(newest) = newest else {
        return Finding::ill(check, State::Warning, "there is no backup yet", mend);
    };
    let hours = (Utc::now() - chrono::DateTime::<Utc>::from(newest)).num_hours();
    let said = format!("the newest backup is {hours} hours old");
    if hours > BACKUP_AGE_HOURS {
        Finding::ill(check, State::Warning, said, mend)
    } else {
        Finding::well(check, said)
    }
}

fn in_words(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let state = match finding.state {
                State::Ok => "ok",
                State::Warning => "!",
                State::Failed => "FAILED",
            };
            let mend = finding
                .mend
                .map_or_else(String::new, |mend| format!("\n{:>24}{mend}", ""));
            format!("{state:<7} {:<15} {}{mend}", finding.check, finding.found)
        })
        .collect();
    lines.join("\n")
}
