//! A restore that is killed in the middle: the old warehouse or the new one is there, whole, and the next restore works.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ombor_core::{
    invariant::{self, Facts},
    schema,
};
use ombor_postgres::Options;
use ombor_vault::{Cancel, Phase, Stage};
use rand::{Rng, rngs::StdRng};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::app::{App, Plan};
use super::backups::Cellar;
use super::ground::{Ground, connect};
use super::round::{PATIENCE, at_work};
use super::strike;
use crate::until::{pass, until};

/// A blow falls at most so many milliseconds after its point was reached.
const AFTERMATH_MS: u64 = 400;

/// How far a restore has come when it is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    /// What is there is being backed up.
    Safety,
    /// The backup is being restored beside.
    Restoring,
    /// It is being compared.
    Comparing,
    /// The names change.
    Exchanging,
}

impl Point {
    /// In the order in which a restore comes to them.
    pub const ALL: [Self; 4] = [
        Self::Safety,
        Self::Restoring,
        Self::Comparing,
        Self::Exchanging,
    ];

    fn of(phase: Phase) -> Option<Self> {
        match phase {
            Phase::Safety(_) => Some(Self::Safety),
            Phase::Bringing(Stage::Restoring) => Some(Self::Restoring),
            Phase::Bringing(Stage::Comparing) => Some(Self::Comparing),
            Phase::Bringing(_) => None,
            Phase::Exchanging => Some(Self::Exchanging),
        }
    }
}

/// Whom a blow hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Victim {
    /// The program that restores.
    Program,
    /// Every process of the server.
    Server,
}

/// What a program that restores is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RestorePlan {
    options: Options,
    folder: PathBuf,
    name: String,
}

impl RestorePlan {
    /// Restores the backup once, and says how far it has come.
    pub async fn work(self) -> Result<()> {
        let cellar = Cellar::open(&self.options, self.folder).await?;
        let vault = cellar.vault()?;
        let backup = vault.find(&cellar.settings, &self.name).await?.backup;
        let told = |phase| {
            if let Some(point) = Point::of(phase) {
                say(point);
            }
        };
        vault
            .restore(&cellar.settings, &backup, &told, &Cancel::new())
            .await?;
        Ok(())
    }
}

fn say(point: Point) {
    let Ok(line) = serde_json::to_string(&point) else {
        return;
    };
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        // Whoever started the restore is gone.
        std::process::exit(0);
    }
}

/// One restore that was hit.
#[derive(Debug, Clone, Serialize)]
pub struct HitRestore {
    /// Where it was.
    pub point: Point,
    /// Who was hit.
    pub victim: Victim,
    /// Whether the new warehouse was there afterwards, else the old one.
    pub is_new: bool,
}

/// What was left when restores were killed again and again (T22).
#[derive(Debug, Clone, Default, Serialize)]
pub struct KilledRestores {
    /// The blows.
    pub hits: Vec<HitRestore>,
    /// Warehouses that were neither the old nor the new one, or not right in themselves.
    pub halves: Vec<String>,
    /// Databases and files that stayed after the next restore.
    pub left: Vec<String>,
}

impl KilledRestores {
    /// Whether nothing was half and nothing stayed.
    pub fn is_clean(&self) -> bool {
        self.halves.is_empty() && self.left.is_empty()
    }
}

/// Hits one restore of a backup at each of `points`, turn and turn about the program and the server, and lets the next
/// one through.
pub async fn kill_restores(
    program: &Path,
    ground: &Ground,
    folder: &Path,
    points: impl IntoIterator<Item = Point>,
    dice: &mut StdRng,
) -> Result<KilledRestores> {
    let mut found = KilledRestores::default();
    let cellar = Cellar::open(&ground.options, folder.to_owned()).await?;
    let saved = cellar.take().await?.backup;
    drop(cellar);
    let saved_facts = Facts::read(&saved.manifest.evidence.facts)?;
    let plan = RestorePlan {
        options: ground.options.clone(),
        folder: folder.to_owned(),
        name: saved.name.clone(),
    };
    for (number, point) in points.into_iter().enumerate() {
        let victim = [Victim::Program, Victim::Server][number % 2];
        if look(ground).await?.0.documents == saved_facts.documents {
            post_more(program, ground).await?;
        }
        let (before, _) = look(ground).await?;
        let restoring = start(program, &plan)?;
        hit(ground, restoring, point, victim, dice).await?;
        let (after, faults) = look(ground).await?;
        let is_new = after.epoch > before.epoch;
        let expected = if is_new { &saved_facts } else { &before };
        if after.documents != expected.documents || !faults.is_empty() {
            let (found_now, expected) = (after.documents, expected.documents);
            found.halves.push(format!(
                "{point:?} {victim:?}: {found_now} documents instead of {expected}, {faults:?}"
            ));
        }
        found.hits.push(HitRestore {
            point,
            victim,
            is_new,
        });
    }
    let cellar = Cellar::open(&ground.options, folder.to_owned()).await?;
    let next = cellar.vault()?;
    next.restore(&cellar.settings, &saved, &|_| (), &Cancel::new())
        .await?;
    found.left = leftovers(&cellar, folder).await?;
    Ok(found)
}

fn start(program: &Path, plan: &RestorePlan) -> Result<Child> {
    let child = Command::new(program)
        .arg("restores")
        .arg(serde_json::to_string(plan)?)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    Ok(child)
}

/// Posts what the backup does not hold, and waits until nobody is at work any more.
async fn post_more(program: &Path, ground: &Ground) -> Result<()> {
    let app = App::start(program, &Plan::usual(ground, 1))?;
    at_work(&app).await?;
    drop(app.kill().close());
    let attached = ground.attach().await?;
    let mut owner = connect(&attached, schema::MIGRATE_ROLE).await?;
    until("the end of the killed writers", PATIENCE, async || {
        let working: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
        )
        .fetch_one(&mut owner)
        .await?;
        Ok((working == 0).then_some(()))
    })
    .await
}

/// Waits until the restore is at `point`, and a random while longer.
async fn hit(
    ground: &Ground,
    mut restoring: Child,
    point: Point,
    victim: Victim,
    dice: &mut StdRng,
) -> Result<()> {
    let mut said = BufReader::new(restoring.stdout.take().context("a pipe")?).lines();
    loop {
        let line = said.next_line().await?;
        let line = line.with_context(|| format!("the restore ended before {point:?}"))?;
        if serde_json::from_str::<Point>(&line)? == point {
            break;
        }
    }
    pass(Duration::from_millis(dice.random_range(0..AFTERMATH_MS))).await;
    match victim {
        Victim::Program => restoring.kill().await?,
        Victim::Server => {
            strike::signal_server(&ground.cluster(), Signal::KILL)?;
            // It hears that its server is gone, or was faster.
            while said.next_line().await?.is_some() {}
            restoring.wait().await?;
        }
    }
    Ok(())
}

/// The warehouse as it is once its server answers, and what is wrong in it.
async fn look(ground: &Ground) -> Result<(Facts, Vec<String>)> {
    until("an answer of the warehouse", PATIENCE, async || {
        let asked = async {
            let attached = ground.attach().await?;
            let mut owner = connect(&attached, schema::MIGRATE_ROLE).await?;
            let facts = Facts::of(&mut owner).await?;
            anyhow::Ok((facts, invariant::faults(&mut owner).await?))
        };
        Ok(asked.await.ok())
    })
    .await
}

/// What should have gone: every database beside but the one that was replaced last, every unfinished file.
async fn leftovers(cellar: &Cellar, folder: &Path) -> Result<Vec<String>> {
    let mut owner = connect(&cellar.attached, schema::MIGRATE_ROLE).await?;
    let beside: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database where starts_with(datname::text, 'ombor_')",
    )
    .fetch_all(&mut owner)
    .await?;
    let (kept, mut left): (Vec<String>, Vec<String>) = beside
        .into_iter()
        .partition(|name| name.starts_with("ombor_before_"));
    ensure!(kept.len() == 1, "replaced databases: {kept:?}");
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".partial") {
            left.push(name);
        }
    }
    Ok(left)
}
