//! A power cut: what was synced is there, everything else is gone.
//!
//! The data lie on a file system of their own inside an image file. What the server has written but not synced stands
//! in memory and has not reached the image, so a copy of the image, taken while the server stands still, is the disk as
//! a power cut leaves it. The control runs on a disk that lies: syncing does nothing there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use ombor_postgres::Limits;
use rand::{Rng, rngs::StdRng};
use rustix::process::Signal;
use serde::Serialize;

use super::app::{App, Plan};
use super::ground::Ground;
use super::round::at_work;
use super::strike::{self, Aim, signal_server};
use super::trial::{preload_library, with_preload};
use super::verdict::Verdict;
use crate::until::pass;

const IMAGE_BYTES: u64 = 512 * 1024 * 1024;

/// How a power cut went.
#[derive(Debug, Clone, Serialize)]
pub struct Cut {
    /// Documents acknowledged before the light went out.
    pub acknowledged: usize,
    /// What was found wrong when it was on again.
    pub verdict: Verdict,
}

/// A disk image that is mounted as long as this lives.
struct Image {
    file: PathBuf,
    at: PathBuf,
}

impl Image {
    /// `None` where no file system can be made.
    fn make(file: &Path, at: &Path) -> Result<Option<Self>> {
        std::fs::File::create(file)?.set_len(IMAGE_BYTES)?;
        let made = run(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(file));
        if made.is_err() {
            return Ok(None);
        }
        Self::mount(file, at)
    }

    /// `None` where nothing may be mounted.
    fn mount(file: &Path, at: &Path) -> Result<Option<Self>> {
        std::fs::create_dir_all(at)?;
        let mounted = run(Command::new("mount").args(["-o", "loop"]).arg(file).arg(at));
        Ok(mounted.is_ok().then(|| Self {
            file: file.to_owned(),
            at: at.to_owned(),
        }))
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        // A mount that stays is one of a test's own folder.
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).status();
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "{}: {}",
        command.get_program().display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Whether a disk keeps what it was asked to sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It does.
    Honest,
    /// It says so and does not.
    Lying,
}

/// Cuts the power once while eight writers post. `None` where disks cannot be made or made to lie.
pub async fn cut(
    program: &Path,
    folder: &Path,
    disk: Disk,
    dice: &mut StdRng,
) -> Result<Option<Cut>> {
    let (file, at) = (folder.join("disk"), folder.join("mounted"));
    let Some(image) = Image::make(&file, &at)? else {
        return Ok(None);
    };
    let limits = Limits {
        warn_bytes: IMAGE_BYTES / 8,
        read_only_bytes: IMAGE_BYTES / 16,
        start_bytes: IMAGE_BYTES / 16,
        ..Ground::limits()
    };
    let ground = Ground::lay_out(&image.at, limits).await?;
    // The cluster itself is on the disk; what is posted from here on is at stake.
    run(Command::new("sync").arg("--file-system").arg(&image.at))?;
    let mut struck = ground.clone();
    if disk == Disk::Lying {
        let Some(library) = preload_library("libeatmydata.so") else {
            return Ok(None);
        };
        let bin_dir = &ground.options.bin_dir;
        struck.options.bin_dir = with_preload(folder, bin_dir, &library, &[])?;
        deserted(&ground).await?;
    }
    let app = App::start(program, &Plan::usual(&struck, dice.random()))?;
    at_work(&app).await?;
    pass(Duration::from_millis(dice.random_range(20..800))).await;
    signal_server(&ground.cluster(), Signal::STOP)?;
    let copy = folder.join("disk-after");
    run(Command::new("cp")
        .arg("--sparse=always")
        .arg(&image.file)
        .arg(&copy))?;
    strike::kill(&ground, Aim::Everything, dice)?;
    let heard = app.kill().close();
    drop(image);
    let Some(_after) = Image::mount(&copy, &at)? else {
        return Ok(None);
    };
    let attached = ground.attach().await?;
    Ok(Some(Cut {
        acknowledged: heard.acknowledged.len(),
        verdict: Verdict::reach(&attached, &heard).await?,
    }))
}

/// Waits until no server runs on the ground.
pub async fn deserted(ground: &Ground) -> Result<()> {
    let lock = std::fs::File::open(ground.options.data_dir.join("server.lock"))?;
    tokio::task::spawn_blocking(move || lock.lock()).await??;
    Ok(())
}
