//! Row 18: a disk that fills up.

use std::path::{Path, PathBuf};
use std::process::Command;

use ombor_postgres::{Attached, Error, SpaceLevel};
use sqlx::Executor;

use crate::kept::Kept;
use crate::stand::{Stand, ask, connect, is_root};

const MEBIBYTE: u64 = 1024 * 1024;

/// A small disk for one stand.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where the test may not mount.
    fn mount(at: &Path, size: u64) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        if !is_root() {
            return None;
        }
        let mut mount = Command::new("mount");
        let mounted = mount
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output()
            .unwrap();
        mounted.status.success().then(|| Self(at.to_owned()))
    }

    /// Fills the disk until `left` bytes are free.
    fn fill(&self, left: u64) -> PathBuf {
        let path = self.0.join("filler");
        let free = rustix::fs::statvfs(&self.0).unwrap();
        let room = free.f_bavail * free.f_frsize;
        let file = std::fs::File::create(&path).unwrap();
        let bytes = room.saturating_sub(left);
        rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, bytes).unwrap();
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// A stand whose data directory is a disk of 200 MiB, with bounds to match.
async fn on_a_small_disk() -> Option<(Stand, SmallDisk)> {
    let mut stand = Stand::empty();
    let limits = &mut stand.options.limits;
    limits.warn_bytes = 80 * MEBIBYTE;
    limits.read_only_bytes = 50 * MEBIBYTE;
    limits.start_bytes = 20 * MEBIBYTE;
    limits.ballast_bytes = 25 * MEBIBYTE;
    limits.watch_interval_ms = 20;
    let disk = SmallDisk::mount(&stand.options.data_dir, 200 * MEBIBYTE)?;
    stand.copy_cluster().await;
    Some((stand, disk))
}

async fn write(attached: &Attached) -> Result<(), sqlx::Error> {
    let statement = "CREATE TABLE IF NOT EXISTS written AS SELECT 1";
    connect(attached).await.execute(statement).await.map(drop)
}

async fn wait_for(attached: &Attached, level: SpaceLevel) {
    let mut space = attached.space();
    space
        .wait_for(|space| space.is_some_and(|space| space.level == level))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_start_without_room_is_refused_with_both_figures() {
    let mut stand = Stand::empty();
    stand.options.limits.start_bytes = u64::MAX;
    let refusal = stand.attach().await.unwrap_err();
    assert!(
        matches!(refusal, Error::DiskFull { needed: u64::MAX, free } if free > 0),
        "{refusal}"
    );
    assert_eq!(refusal.code(), "diskFull");
    assert!(!stand.cluster().exists());
}

#[tokio::test]
async fn with_little_room_the_database_is_read_and_not_written() {
    let mut stand = Stand::with_cluster().await;
    stand.options.limits.read_only_bytes = u64::MAX;
    let attached = stand.attach().await.unwrap();
    wait_for(&attached, SpaceLevel::ReadOnly).await;
    let refusal = write(&attached).await.unwrap_err();
    assert_eq!(
        refusal.as_database_error().unwrap().code().unwrap(),
        "25006"
    );
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT 'read'").await,
        "read"
    );
    drop(attached);
    stand.wait_until_deserted().await;

    stand.options.limits.read_only_bytes = 1;
    let attached = stand.attach().await.unwrap();
    write(&attached).await.expect("there is room again");
}

#[tokio::test]
async fn writing_ends_before_the_disk_is_full_and_goes_on_when_there_is_room() {
    let Some((stand, disk)) = on_a_small_disk().await else {
        return;
    };
    let attached = stand.attach().await.unwrap();
    write(&attached).await.unwrap();
    let filler = disk.fill(40 * MEBIBYTE);
    wait_for(&attached, SpaceLevel::ReadOnly).await;
    connect(&attached)
        .await
        .execute("CREATE TABLE more ()")
        .await
        .unwrap_err();
    std::fs::remove_file(filler).unwrap();
    wait_for(&attached, SpaceLevel::Plenty).await;
    connect(&attached)
        .await
        .execute("CREATE TABLE more ()")
        .await
        .unwrap();
}

#[tokio::test]
async fn on_a_full_disk_the_ballast_is_given_up_and_the_server_starts() {
    let Some((stand, disk)) = on_a_small_disk().await else {
        return;
    };
    drop(stand.attach().await.unwrap());
    stand.wait_until_deserted().await;
    let ballast = stand.options.data_dir.join("ballast");
    assert_eq!(ballast.metadata().unwrap().len(), 25 * MEBIBYTE);
    disk.fill(0);
    let attached = stand.attach().await.unwrap();
    assert!(!ballast.exists());
    wait_for(&attached, SpaceLevel::ReadOnly).await;
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT 'read'").await,
        "read"
    );
}

#[tokio::test]
async fn a_cluster_that_does_not_fit_is_refused_as_a_full_disk() {
    let Some((stand, disk)) = on_a_small_disk().await else {
        return;
    };
    std::fs::remove_dir_all(stand.cluster()).unwrap();
    let filler = disk.fill(21 * MEBIBYTE);
    let refusal = stand.attach().await.unwrap_err();
    assert!(matches!(refusal, Error::DiskFull { .. }), "{refusal}");
    stand.wait_until_deserted().await;
    std::fs::remove_file(filler).unwrap();
    stand.attach().await.expect("the next start is clean");
}

#[tokio::test]
async fn a_backup_onto_a_full_disk_is_refused_and_leaves_no_file() {
    let kept = Kept::open().await;
    let Some(disk) = SmallDisk::mount(&kept.shelf.folder, 8 * MEBIBYTE) else {
        return;
    };
    disk.fill(MEBIBYTE);
    let refusal = kept.take().await.unwrap_err();
    assert!(matches!(refusal, Error::DiskFull { .. }), "{refusal}");
    assert_eq!(kept.files(), ["filler"]);
}
