//! `omborctl upgrade`: data of an older PostgreSQL come to the bundled one, and go back.

use std::{io::Write, path::PathBuf};

use clap::Args;
use ombor_postgres::upgrade::{Outlook, Stage, Upgraded};
use ombor_vault::{Loss, upgrade};
use serde::Serialize;
use serde_json::json;

use crate::{
    backup::{record, stopped_by_ctrl_c},
    error::Error,
    house::{DataDir, House},
    outcome::{FAILED, Outcome},
};

/// Over, or back.
#[derive(Args)]
pub struct UpgradeArguments {
    /// Where the programs of the older PostgreSQL lie: an installation, its bin folder, or the unpacked package of the Ombor
    /// that was used before. Without it, what this system's packages installed.
    #[arg(long, value_name = "DIR")]
    programs: Option<PathBuf>,
    /// Do it. Without this, only what would be done, or lost, is told.
    #[arg(long)]
    yes: bool,
    /// Removes the old database for good.
    #[arg(long, conflicts_with_all = ["back_out", "programs"])]
    confirm: bool,
    /// Puts the old database back.
    #[arg(long, conflicts_with = "programs")]
    back_out: bool,
}

/// Does one of the three.
pub async fn run(
    arguments: &UpgradeArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    if folder.elsewhere()?.is_some() {
        return Err(Error::ServerElsewhere);
    }
    if !folder.has_warehouse() {
        return Err(Error::NoWarehouse(folder.path().display().to_string()));
    }
    if arguments.confirm {
        confirm(in_json, folder)
    } else if arguments.back_out {
        back_out(arguments.yes, in_json, folder).await
    } else if arguments.yes {
        go_over(arguments, in_json, folder).await
    } else {
        look(arguments, in_json, folder).await
    }
}

/// What an upgrade would do, or did.
#[derive(Serialize)]
struct Told {
    upgraded: bool,
    from: u32,
    to: u32,
    /// The programs that the old server is started with.
    #[serde(skip_serializing_if = "Option::is_none")]
    programs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needed_bytes: Option<u64>,
    /// Where the old database lies now.
    #[serde(skip_serializing_if = "Option::is_none")]
    former: Option<String>,
    /// Tables and rows that were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    tables: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<i64>,
    /// What is wrong in the data themselves, as it was before.
    faults: Vec<String>,
    /// Databases that stay with the old one.
    left_behind: Vec<String>,
}

impl From<Outlook> for Told {
    fn from(outlook: Outlook) -> Self {
        Self {
            upgraded: false,
            from: outlook.from,
            to: outlook.to,
            programs: Some(outlook.programs.display().to_string()),
            needed_bytes: Some(outlook.needed_bytes),
            former: None,
            tables: None,
            rows: None,
            faults: Vec::new(),
            left_behind: Vec::new(),
        }
    }
}

impl From<Upgraded> for Told {
    fn from(upgraded: Upgraded) -> Self {
        let tables = &upgraded.evidence.tables;
        Self {
            upgraded: true,
            from: upgraded.from,
            to: upgraded.to,
            programs: None,
            needed_bytes: None,
            tables: Some(tables.len()),
            rows: Some(tables.values().map(|table| table.rows).sum()),
            former: Some(upgraded.former.display().to_string()),
            faults: upgraded.faults,
            left_behind: upgraded.left_behind,
        }
    }
}

impl Told {
    fn in_words(&self) -> String {
        let (from, to) = (self.from, self.to);
        let Some(former) = &self.former else {
            let programs = self.programs.as_deref().unwrap_or_default();
            let megabytes = self.needed_bytes.unwrap_or(0) / 1_000_000;
            return format!(
                "The data would be brought from PostgreSQL {from} to {to}, read by the programs in {programs}; {megabytes} MB are needed besides. Close every window of Ombor and say --yes."
            );
        };
        let mut lines = vec![
            format!(
                "The data are of PostgreSQL {to} now; {} rows of {} tables are the same as before.",
                self.rows.unwrap_or(0),
                self.tables.unwrap_or(0)
            ),
            format!(
                "What was there before lies in {former} until you say omborctl upgrade --confirm; omborctl upgrade --back-out puts it back."
            ),
        ];
        if !self.left_behind.is_empty() {
            let names = self.left_behind.join(", ");
            lines.push(format!("Other databases stayed there: {names}."));
        }
        lines.extend(self.faults.iter().cloned());
        lines.join("\n")
    }
}

async fn look(
    arguments: &UpgradeArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let options = folder.options()?;
    let told: Told = upgrade::look(&options, arguments.programs.as_deref())
        .await?
        .into();
    Ok(Outcome::of(&told, || told.in_words(), in_json).with_code(FAILED))
}

/// Brings the data over and opens them, so that whatever would keep a desk from starting shows at once.
async fn go_over(
    arguments: &UpgradeArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let options = folder.options()?;
    let programs = arguments.programs.as_deref();
    let cancel = stopped_by_ctrl_c();
    let told: Told = upgrade::run(&options, programs, &say, &cancel)
        .await?
        .into();
    let opened = open(folder, &told).await;
    opened.map_err(|error| Error::UpgradedShut(Box::new(error)))?;
    Ok(Outcome::of(&told, || told.in_words(), in_json))
}

/// Opens the upgraded warehouse as a desk does, and writes down what was done to it.
async fn open(folder: &DataDir, told: &Told) -> Result<(), Error> {
    let house = House::open(folder).await?;
    let details = json!({ "from": told.from, "to": told.to });
    record(&house, "database_upgraded", details).await
}

/// Says how far it has come: a large warehouse takes minutes. Nobody need listen.
fn say(stage: Stage) {
    let words = match stage {
        Stage::Taking => "waiting until no window of Ombor is open",
        Stage::Reading => "reading the old database",
        Stage::Making => "making the new one",
        Stage::Restoring => "filling it",
        Stage::Comparing => "comparing both",
        Stage::Exchanging => "putting it in place",
    };
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}

/// What going back loses, or lost.
#[derive(Serialize)]
struct Retreat {
    back: bool,
    /// Major version of the database that would be, or is, in place.
    to: u32,
    lost: Loss,
    /// Where the newer database was set aside.
    aside: Option<String>,
}

impl Retreat {
    fn in_words(&self) -> String {
        let to = self.to;
        let lost = format!(
            "{} documents and {} movements",
            self.lost.documents, self.lost.movements
        );
        match &self.aside {
            Some(aside) => format!(
                "The database of PostgreSQL {to} is in its place again; {lost} were lost. The newer one lies in {aside}. Install the Ombor that was used before, or upgrade again."
            ),
            None => format!(
                "Going back to PostgreSQL {to} would lose {lost}, and whatever else was done since the upgrade. Say --yes to go back."
            ),
        }
    }
}

/// Goes back at once when nothing was posted since the upgrade, else only with `--yes`; exit code 1 when it did not.
async fn back_out(yes: bool, in_json: bool, folder: &DataDir) -> Result<Outcome, Error> {
    let options = folder.options()?;
    let way = upgrade::WayBack::weigh(&options).await?;
    let mut told = Retreat {
        back: false,
        to: way.from(),
        lost: way.loss(),
        aside: None,
    };
    if yes || (told.lost.documents, told.lost.movements) == (0, 0) {
        told.aside = Some(way.go()?.display().to_string());
        told.back = true;
    }
    let outcome = Outcome::of(&told, || told.in_words(), in_json);
    Ok(outcome.with_code(if told.back { 0 } else { FAILED }))
}

fn confirm(in_json: bool, folder: &DataDir) -> Result<Outcome, Error> {
    let from = upgrade::confirm(&folder.options()?)?;
    let told = json!({ "confirmed": true, "from": from });
    let words = || format!("The old database of PostgreSQL {from} is removed.");
    Ok(Outcome::of(&told, words, in_json))
}
