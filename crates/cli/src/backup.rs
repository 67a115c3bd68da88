//! `omborctl backup`, `backups` and `restore`.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use clap::Args;
use ombor_core::audit;
use ombor_postgres::ConnectInfo;
use ombor_vault::{
    Backup, Cancel, Kept, Loss, Occasion, Settings, Shelved, Vault, journals_below, open_backup,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::{FAILED, Outcome},
};

/// Where a backup goes.
#[derive(Args)]
pub struct BackupArguments {
    /// Another folder than the one that is set, for this backup alone.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// What is to be brought back.
#[derive(Args)]
pub struct RestoreArguments {
    /// The name of a backup (see `omborctl backups`), or one of its files.
    #[arg(
        value_name = "NAME|FILE",
        required_unless_present = "at",
        conflicts_with = "at"
    )]
    backup: Option<String>,
    /// A moment instead, by the warehouse's own clock: `last`, or a time that the journal reaches.
    #[arg(long, value_name = "YYYY-MM-DD HH:MM[:SS]", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// Another warehouse's journal, of a disk that failed: its folder, or the one in which it lies.
    #[arg(long, value_name = "DIR", requires = "at")]
    journal: Option<PathBuf>,
    /// Do it. Without this, only what would be lost is told.
    #[arg(long)]
    yes: bool,
}

/// To which moment the warehouse goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// The last one that there is.
    Last,
    /// By the warehouse's own clock.
    At(NaiveDateTime),
}

impl Moment {
    fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        if text == "last" {
            return Ok(Self::Last);
        }
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
            .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M"))
            .map(Self::At)
    }

    fn instant(self, zone: FixedOffset) -> Option<DateTime<Utc>> {
        match self {
            Self::Last => None,
            Self::At(local) => {
                let offset = chrono::Duration::seconds(i64::from(zone.local_minus_utc()));
                Some((local - offset).and_utc())
            }
        }
    }
}

/// A backup, for a program.
#[derive(Serialize)]
struct Listed {
    name: String,
    folder: String,
    taken_at: String,
    size_bytes: u64,
    documents: i64,
    movements: i64,
    /// Whether there is a copy on the second device.
    second: bool,
    faults: Vec<String>,
}

impl From<&Kept> for Listed {
    fn from(kept: &Kept) -> Self {
        let manifest = &kept.backup.manifest;
        Self {
            name: kept.backup.name.clone(),
            folder: kept.backup.folder.display().to_string(),
            taken_at: manifest.taken_at.to_rfc3339(),
            size_bytes: kept.size_bytes(),
            documents: kept.facts.documents,
            movements: kept.facts.movements,
            second: kept.shelved != Shelved::Once,
            faults: manifest.faults.clone(),
        }
    }
}

impl Listed {
    fn in_words(&self) -> String {
        format!(
            "{}  {} documents, {} movements, {} KiB{}{}",
            self.name,
            self.documents,
            self.movements,
            self.size_bytes / 1024,
            if self.second {
                ", on the second device too"
            } else {
                ""
            },
            if self.faults.is_empty() {
                ""
            } else {
                ", with faults"
            }
        )
    }
}

/// Stops an act that can still be broken off when Ctrl-C is pressed.
pub(crate) fn stopped_by_ctrl_c() -> Cancel {
    let cancel = Cancel::new();
    let asked = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            asked.ask();
        }
    });
    cancel
}

pub(crate) async fn vault<'h>(house: &'h House, folder: &DataDir) -> Result<Vault<'h>, Error> {
    match (&house.server, folder.elsewhere()?) {
        (Some(server), _) => Ok(Vault::bundled(server, folder.path())?),
        (None, url) => {
            let info = ConnectInfo::from_url(&url.unwrap_or_default())?;
            Ok(Vault::elsewhere(info, folder.path(), None).await?)
        }
    }
}

pub(crate) async fn record(house: &House, action: &str, details: Value) -> Result<(), Error> {
    house
        .as_owner(async |connection, actor| {
            Ok(audit::record(connection, Some(actor), action, "backup", None, &details).await?)
        })
        .await
}

/// Takes a backup and proves it by a scratch restore.
pub async fn take(
    arguments: &BackupArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let house = House::open_existing(folder).await?;
    let vault = vault(&house, folder).await?;
    let mut settings = Settings::load(folder.path());
    if let Some(to) = &arguments.to {
        settings.folder = Some(to.clone());
    }
    let taken = vault
        .take(&settings, Occasion::Asked, &|_| (), &stopped_by_ctrl_c())
        .await;
    let taken = match taken {
        Ok(taken) => taken,
        Err(error) => {
            record(
                &house,
                "backup_failed",
                json!({ "code": error.code(), "automatic": false }),
            )
            .await?;
            return Err(error.into());
        }
    };
    let second = taken.second.as_ref().map(Result::is_ok);
    let copied = second.map(|copied| if copied { "copied" } else { "missing" });
    let kept = vault.find(&settings, &taken.backup.name).await?;
    let details = json!({
        "name": taken.backup.name,
        "size_bytes": kept.size_bytes(),
        "automatic": false,
        "second": copied,
    });
    record(&house, "backup_taken", details).await?;
    let listed = Listed::from(&kept);
    let is_well = second != Some(false) && listed.faults.is_empty();
    let outcome = Outcome::of(
        &listed,
        || format!("{}\n{}", listed.folder, listed.in_words()),
        in_json,
    );
    Ok(outcome.with_code(if is_well { 0 } else { FAILED }))
}

/// Every backup, newest first.
pub async fn list(in_json: bool, folder: &DataDir) -> Result<Outcome, Error> {
    let house = House::open_existing(folder).await?;
    let vault = vault(&house, folder).await?;
    let kept = vault.list(&Settings::load(folder.path())).await?;
    let listed: Vec<Listed> = kept.iter().map(Listed::from).collect();
    let words = || {
        let lines: Vec<String> = listed.iter().map(Listed::in_words).collect();
        if lines.is_empty() {
            "no backup yet".to_owned()
        } else {
            lines.join("\n")
        }
    };
    Ok(Outcome::of(&listed, words, in_json))
}

#[derive(Serialize)]
struct Restoration {
    name: String,
    restored: bool,
    lost: Loss,
    /// The backup that was made of what was there before.
    safety: Option<String>,
    epoch: Option<i32>,
}

impl Restoration {
    fn in_words(&self) -> String {
        let lost = format!(
            "{} documents and {} movements",
            self.lost.documents, self.lost.movements
        );
        match &self.safety {
            Some(safety) => format!(
                "{} was brought back; {lost} were lost. What was there before is the backup {safety}.",
                self.name
            ),
            None => format!(
                "{} would lose {lost}. Say --yes to bring it back.",
                self.name
            ),
        }
    }
}

/// The backup that is meant; a moment of the journal is made one first.
async fn wanted(
    arguments: &RestoreArguments,
    vault: &Vault<'_>,
    settings: &Settings,
    cancel: &Cancel,
) -> Result<Backup, Error> {
    if let Some(moment) = arguments.at {
        let at = moment.instant(vault.moment().await?.zone);
        let journal = arguments.journal.as_deref().map(the_journal).transpose()?;
        let brought = vault.bring_moment(settings, journal.as_deref(), at, &|_| (), cancel);
        return Ok(brought.await?);
    }
    let named = arguments.backup.as_deref().unwrap_or_default();
    if Path::new(named).is_file() {
        Ok(open_backup(Path::new(named))?)
    } else {
        Ok(vault.find(settings, named).await?.backup)
    }
}

/// The journal that a folder is or holds. Of several nobody can tell which one is meant.
fn the_journal(folder: &Path) -> Result<PathBuf, Error> {
    let folder = std::path::absolute(folder)?;
    let mut below = journals_below(&folder);
    match (below.pop(), below.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Error::SeveralJournals(folder.display().to_string())),
        (None, _) => Ok(folder),
    }
}

/// Brings a backup back in place of the warehouse; without `--yes` it only says what would be lost, with exit code 1.
pub async fn restore(
    arguments: &RestoreArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let house = House::open(folder).await?;
    let vault = vault(&house, folder).await?;
    let settings = Settings::load(folder.path());
    let cancel = stopped_by_ctrl_c();
    let backup = wanted(arguments, &vault, &settings, &cancel).await?;
    let weighed = vault.weigh(&backup).await?;
    let mut told = Restoration {
        name: backup.name.clone(),
        restored: false,
        lost: weighed.loss,
        safety: None,
        epoch: None,
    };
    if arguments.yes {
        let restored = vault.restore(&settings, &backup, &|_| (), &cancel).await?;
        told.restored = true;
        told.lost = restored.loss;
        told.safety = Some(restored.safety.name);
        told.epoch = Some(restored.epoch);
        let details = json!({
            "name": backup.name,
            "documents": told.lost.documents,
            "movements": told.lost.movements,
            "by": "omborctl",
        });
        record(&house, "backup_restored", details).await?;
    }
    let outcome = Outcome::of(&told, || told.in_words(), in_json);
    Ok(outcome.with_code(if told.restored { 0 } else { FAILED }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_by_the_warehouses_own_clock() {
        let zone = FixedOffset::east_opt(5 * 3600).expect("a zone");
        let instant = |text: &str| Moment::parse(text).map(|moment| moment.instant(zone));
        let at = instant("2026-11-21 12:04")
            .expect("a moment")
            .expect("an instant");
        assert_eq!(at.to_rfc3339(), "2026-11-21T07:04:00+00:00");
        assert_eq!(instant("last"), Ok(None));
        assert!(instant("12:04").is_err() && instant("").is_err());
    }
}
