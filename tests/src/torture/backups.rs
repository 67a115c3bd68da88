//! Backups and restores of the warehouse, whole and killed in the middle.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use ombor_postgres::backup;
use ombor_postgres::{Attached, Options};
use ombor_vault::{Backup, Cancel, Keep, Occasion, Settings, Taken, Vault};
use rand::{Rng, rngs::StdRng};
use serde::{Deserialize, Serialize};

use super::ground::Ground;
use crate::until::{pass, until};

/// A warehouse's server, and what is set for its backups.
pub struct Cellar {
    /// Its server.
    pub attached: Attached,
    /// Where its backups are kept.
    pub settings: Settings,
    data: PathBuf,
}

impl Cellar {
    /// Joins the server, with a folder for backups.
    pub async fn open(options: &Options, folder: PathBuf) -> Result<Self> {
        let attached = ombor_postgres::attach(options, |_| ()).await?;
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            attached,
            settings: Settings {
                folder: Some(folder),
                keep: Keep::ALL,
                ..Settings::default()
            },
            data: options.data_dir.clone(),
        })
    }

    /// The warehouse's backups.
    pub fn vault(&self) -> Result<Vault<'_>> {
        Ok(Vault::bundled(&self.attached, &self.data)?.leaving_free(0))
    }

    /// Takes a backup.
    pub async fn take(&self) -> Result<Taken> {
        let (vault, cancel) = (self.vault()?, Cancel::new());
        let taken = vault.take(&self.settings, Occasion::Asked, &|_| (), &cancel);
        Ok(taken.await?)
    }
}

/// What a program that takes one backup after the other is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BackupPlan {
    options: Options,
    folder: PathBuf,
}

impl BackupPlan {
    /// Takes backups until somebody kills the process.
    pub async fn work(self) -> Result<()> {
        let cellar = Cellar::open(&self.options, self.folder).await?;
        loop {
            cellar.take().await?;
        }
    }
}

/// What was left when a program that takes backups was killed again and again (T22).
#[derive(Debug, Clone, Default, Serialize)]
pub struct KilledBackups {
    /// Kills.
    pub kills: usize,
    /// Backups that have their names, and are whole.
    pub whole: usize,
    /// Files without `.partial` that are not part of a whole backup.
    pub halves: Vec<String>,
    /// Milliseconds of a backup that was let alone.
    pub backup_ms: u64,
}

/// Kills a program in the middle of its backups.
pub async fn kill_backups(
    program: &Path,
    ground: &Ground,
    folder: &Path,
    kills: usize,
    dice: &mut StdRng,
) -> Result<KilledBackups> {
    let mut found = KilledBackups {
        kills,
        ..KilledBackups::default()
    };
    let plan = BackupPlan {
        options: ground.options.clone(),
        folder: folder.to_owned(),
    };
    let cellar = Cellar::open(&ground.options, folder.to_owned()).await?;
    let begun = Instant::now();
    cellar.take().await?;
    let usual = begun.elapsed();
    found.backup_ms = u64::try_from(usual.as_millis())?;
    for _ in 0..kills {
        let mut taking = Command::new(program)
            .arg("backups")
            .arg(serde_json::to_string(&plan)?)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let partial = || entries(folder).any(|name| name.ends_with(".partial"));
        until(
            "a backup in the making",
            Duration::from_mins(1),
            async || Ok(partial().then_some(())),
        )
        .await?;
        let longest = u64::try_from(usual.as_millis())?.max(1);
        pass(Duration::from_millis(dice.random_range(0..longest))).await;
        taking.kill()?;
        taking.wait()?;
    }
    found.halves = halves(folder).await?;
    // The tool of a killed program may still hold the lock of nobody: the next backup goes through all the same.
    cellar.take().await?;
    ensure!(
        !entries(folder).any(|name| name.ends_with(".partial")),
        "a half stays"
    );
    found.whole = backup::list(folder).len();
    Ok(found)
}

fn entries(folder: &Path) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned())
}

/// Files that look whole and are not.
async fn halves(folder: &Path) -> Result<Vec<String>> {
    let backups: Vec<Backup> = backup::list(folder);
    for backup in &backups {
        backup::check(backup).await?;
    }
    let is_known = |name: &str| {
        backups.iter().any(|backup| {
            name.strip_prefix(&backup.name)
                .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    // An archive that had its name, but not yet its manifest, had been restored and compared before.
    let is_manifest = |name: &String| {
        Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "json")
    };
    Ok(entries(folder)
        .filter(|name| !is_known(name))
        .filter(is_manifest)
        .collect())
}
