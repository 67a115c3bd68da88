//! A full disk, a frozen server, a socket that vanished, a clock that goes back: the application goes on by itself.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use ombor_postgres::Limits;
use rustix::fs::FallocateFlags;
use rustix::process::Signal;
use serde::Serialize;

use super::app::{App, Plan};
use super::ground::Ground;
use super::round::{PATIENCE, at_work, goes_on};
use super::strike::{server_pid, signal_server};
use super::verdict::Verdict;
use crate::until::{pass, until};

const MEBIBYTE: u64 = 1024 * 1024;

/// How one adversity went.
#[derive(Debug, Clone, Serialize)]
pub struct Trial {
    /// Which.
    pub name: String,
    /// Documents acknowledged before, during and after.
    pub acknowledged: usize,
    /// Documents that stood although the first answer was lost.
    pub ambiguous: usize,
    /// Milliseconds from the end of the adversity to the first document that was begun after it.
    pub back_ms: u64,
    /// What was found wrong.
    pub verdict: Verdict,
}

impl Trial {
    /// The end of a trial: the application posts again, is killed, and the books are read.
    pub(super) async fn conclude(
        name: &str,
        app: App,
        over: Instant,
        ground: &Ground,
    ) -> Result<Self> {
        let back = goes_on(&app, over).await?;
        let heard = app.kill().close();
        let attached = ground.attach().await?;
        Ok(Self {
            name: name.to_owned(),
            acknowledged: heard.acknowledged.len(),
            ambiguous: heard.ambiguous.len(),
            back_ms: u64::try_from(back.as_millis())?,
            verdict: Verdict::reach(&attached, &heard).await?,
        })
    }
}

/// The server stands still for longer than the writers' patience, with what they sent in its hands.
pub async fn frozen_server(program: &Path, ground: &Ground, seed: u64) -> Result<Trial> {
    let mut plan = Plan::usual(ground, seed);
    plan.patience_ms = 2_000;
    let app = App::start(program, &plan)?;
    at_work(&app).await?;
    signal_server(&ground.cluster(), Signal::STOP)?;
    pass(Duration::from_secs(3)).await;
    signal_server(&ground.cluster(), Signal::CONT)?;
    Trial::conclude("frozen server", app, Instant::now(), ground).await
}

/// The folder of the sockets is swept away, as some systems do at the end of a session.
pub async fn broken_socket(program: &Path, ground: &Ground, seed: u64) -> Result<Trial> {
    let app = App::start(program, &Plan::usual(ground, seed))?;
    at_work(&app).await?;
    let attached = ground.attach().await?;
    let info = attached.connect_info(ombor_core::schema::APP_ROLE)?;
    drop(attached);
    let before = server_pid(&ground.cluster())?;
    if let ombor_postgres::Place::Socket(folder) = &info.place {
        std::fs::remove_dir_all(folder)?;
    }
    // The helper notices at its next look and stops the server; whoever comes next starts a new one.
    until("another server", PATIENCE, async || {
        let now = server_pid(&ground.cluster());
        Ok(now.is_ok_and(|now| now != before).then_some(()))
    })
    .await?;
    Trial::conclude("broken socket", app, Instant::now(), ground).await
}

/// A small disk in memory, gone with this.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where nothing may be mounted.
    pub fn mount(at: &Path, bytes: u64) -> Result<Option<Self>> {
        std::fs::create_dir_all(at)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])
            .arg(at)
            .output();
        let is_mounted = mounted.is_ok_and(|mounted| mounted.status.success());
        Ok(is_mounted.then(|| Self(at.to_owned())))
    }

    /// Fills it up to the last byte but `left`; a second time, what has become free since.
    fn fill(&self, left: u64) -> Result<PathBuf> {
        let path = self.0.join("filler");
        let file = File::options().create(true).append(true).open(&path)?;
        let figures = rustix::fs::statvfs(&self.0)?;
        let room = (figures.f_bavail * figures.f_frsize).saturating_sub(left);
        if room > 0 {
            let filled = file.metadata()?.len();
            rustix::fs::fallocate(&file, FallocateFlags::empty(), filled, room)?;
        }
        Ok(path)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A mount that stays is one of a test's own folder.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// The disk fills up to a few megabytes while the writers post: writing ends before the server panics, and goes on by
/// itself once there is room. `None` where no disk can be made for it.
pub async fn full_disk(program: &Path, folder: &Path, seed: u64) -> Result<Option<Trial>> {
    let Some(disk) = SmallDisk::mount(folder, 400 * MEBIBYTE)? else {
        return Ok(None);
    };
    let limits = Limits {
        warn_bytes: 150 * MEBIBYTE,
        read_only_bytes: 100 * MEBIBYTE,
        start_bytes: 40 * MEBIBYTE,
        watch_interval_ms: 20,
        ..Ground::limits()
    };
    let ground = Ground::lay_out(folder, limits).await?;
    let app = App::start(program, &Plan::usual(&ground, seed))?;
    at_work(&app).await?;
    let filler = until("the end of writing", PATIENCE, async || {
        // The server gives segments of its log back; then there is room again, and writing rightly goes on.
        let filler = disk.fill(60 * MEBIBYTE)?;
        let before = app.journal.heard().acknowledged.len();
        pass(Duration::from_secs(1)).await;
        let after = app.journal.heard().acknowledged.len();
        Ok((before == after).then_some(filler))
    })
    .await?;
    std::fs::remove_file(filler)?;
    let trial = Trial::conclude("full disk", app, Instant::now(), &ground).await?;
    let log = std::fs::read_to_string(ground.options.data_dir.join("logs/postgresql.log"))?;
    ensure!(!log.contains("PANIC"), "the server panicked on a full disk");
    Ok(Some(trial))
}

/// The clock of the server goes back by a day while the writers post. `None` without libfaketime.
pub async fn clock_back(program: &Path, ground: &Ground, seed: u64) -> Result<Option<Trial>> {
    let Some(library) = preload_library("faketime/libfaketime.so.1") else {
        return Ok(None);
    };
    let folder = tempfile::tempdir()?;
    let clock = folder.path().join("clock");
    std::fs::write(&clock, "+0")?;
    let mut ground = ground.clone();
    ground.options.bin_dir = with_preload(
        folder.path(),
        &ground.options.bin_dir,
        &library,
        &[
            ("FAKETIME_TIMESTAMP_FILE", &clock.to_string_lossy()),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ],
    )?;
    let app = App::start(program, &Plan::usual(&ground, seed))?;
    at_work(&app).await?;
    std::fs::write(&clock, "-1d")?;
    Trial::conclude("clock a day back", app, Instant::now(), &ground)
        .await
        .map(Some)
}

/// Where Debian keeps a library that is loaded before all others; `None` when it is not installed.
pub(super) fn preload_library(name: &str) -> Option<PathBuf> {
    let path = Path::new("/usr/lib/x86_64-linux-gnu").join(name);
    path.is_file().then_some(path)
}

/// A folder of the same programs, in which the server alone runs with a library before all others.
pub(super) fn with_preload(
    folder: &Path,
    bin_dir: &Path,
    library: &Path,
    variables: &[(&str, &str)],
) -> Result<PathBuf> {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let wrapped = folder.join("bin");
    std::fs::create_dir(&wrapped)?;
    for entry in std::fs::read_dir(bin_dir)? {
        let entry = entry?;
        if entry.file_name() != "postgres" {
            symlink(entry.path(), wrapped.join(entry.file_name()))?;
        }
    }
    let exports = variables
        .iter()
        .fold(String::new(), |exports, (name, value)| {
            exports + format!("export {name}='{value}'\n").as_str()
        });
    let script = format!(
        "#!/bin/sh\n{exports}export LD_PRELOAD='{}'\nexec '{}' \"$@\"\n",
        library.display(),
        bin_dir.join("postgres").display()
    );
    let server = wrapped.join("postgres");
    std::fs::write(&server, script)?;
    std::fs::set_permissions(&server, std::fs::Permissions::from_mode(0o755))?;
    Ok(wrapped)
}
