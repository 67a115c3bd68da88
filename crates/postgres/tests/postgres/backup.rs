//! Backups that were restored before they are called backups.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use ombor_postgres::backup::{self, Backup, Stage};
use ombor_postgres::{Error, bundle};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sqlx::Executor;

use crate::kept::Kept;
use crate::places::fake_program;
use crate::stand::connect;

/// T21.
#[tokio::test]
async fn t21_a_backup_is_restored_and_compared_before_it_has_its_name() {
    let kept = Kept::open().await;
    let stages = Mutex::new(Vec::new());
    let told = |stage| stages.lock().unwrap().push(stage);
    let taken = backup::take(&kept.subject(), &kept.shelf, &told, std::future::pending())
        .await
        .unwrap();

    let manifest = &taken.backup.manifest;
    assert_eq!(manifest.evidence.tables["ledger.movement"].rows, 2000);
    assert_eq!(manifest.evidence.facts["sum"], 500_250.0);
    assert_eq!(manifest.faults, Vec::<String>::new());
    assert_eq!((manifest.server_major, manifest.serial), (18, 1));
    backup::check(&taken.backup).await.unwrap();
    assert_eq!(
        backup::newest(&kept.shelf.folder).as_ref(),
        Some(&taken.backup)
    );
    let name = &taken.backup.name;
    assert_eq!(
        kept.files(),
        [".dump", ".json", ".sql"].map(|ending| format!("{name}{ending}"))
    );
    assert_eq!(kept.databases().await, Vec::<String>::new());
    let stages = stages.into_inner().unwrap();
    assert!(stages.contains(&Stage::Restoring) && stages.contains(&Stage::Comparing));
    let sql = std::fs::read_to_string(taken.backup.plain()).unwrap();
    assert!(sql.starts_with("-- Roles") && sql.contains("CREATE ROLE \"ombor_owner\" NOLOGIN"));
    assert!(sql.contains("Ўсимлик ёғи №7"));
}

#[tokio::test]
async fn data_that_are_wrong_in_themselves_are_saved_and_said_to_be_wrong() {
    let kept = Kept::open().await;
    let harm = "UPDATE ledger.balance SET amount = amount + 1";
    connect(&kept.attached).await.execute(harm).await.unwrap();
    let taken = kept.take().await.unwrap();
    assert_eq!(taken.backup.manifest.faults, ["the balance is wrong"]);
}

/// A tool that brings back less than it was given is found out, and nothing has a backup's name.
#[tokio::test]
async fn a_copy_that_lacks_a_row_is_no_backup() {
    let kept = Kept::open().await;
    let real = kept.attached.bin_dir();
    let bin_dir = kept.stand.options.data_dir.join("forgetful");
    std::fs::create_dir(&bin_dir).unwrap();
    std::os::unix::fs::symlink(real.join("pg_dump"), bin_dir.join("pg_dump")).unwrap();
    // Restores everything and then loses one row, as a broken disk or a tool of another version might.
    let script = format!(
        "case \"$*\" in *--dbname*) '{0}/pg_restore' \"$@\" || exit 1; db=; while [ $# -gt 0 ]; do \
         case $1 in --dbname) db=$2;; --host) host=$2;; --username) user=$2;; esac; shift; done; \
         '{0}/psql' -q -h \"$host\" -U \"$user\" -d \"$db\" -c 'SET ROLE ombor_owner' \
         -c 'ALTER TABLE ledger.movement DISABLE TRIGGER ALL' -c 'DELETE FROM ledger.movement WHERE id = 7' \
         -c 'ALTER TABLE ledger.movement ENABLE TRIGGER ALL';; *) '{0}/pg_restore' \"$@\";; esac",
        real.display()
    );
    fake_program(&bin_dir.join("pg_restore"), &script);
    let mut subject = kept.subject();
    subject.bin_dir = &bin_dir;
    let refusal = backup::take(&subject, &kept.shelf, &|_| {}, std::future::pending())
        .await
        .unwrap_err();
    assert!(
        matches!(&refusal, Error::BackupDiffers { difference } if difference.contains("1999 rows")),
        "{refusal}"
    );
    assert_eq!(kept.files(), Vec::<String>::new());
    assert_eq!(kept.databases().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_cancelled_backup_leaves_nothing_and_the_next_one_stands() {
    let kept = Kept::open().await;
    let (say, mut heard) = tokio::sync::watch::channel(false);
    let told = |stage| {
        if stage == Stage::Restoring {
            say.send_replace(true);
        }
    };
    let cancelled = async { drop(heard.wait_for(|said| *said).await.map(|_| ())) };
    let refusal = backup::take(&kept.subject(), &kept.shelf, &told, cancelled)
        .await
        .unwrap_err();
    assert_eq!(refusal, Error::Cancelled);
    assert_eq!(kept.files(), Vec::<String>::new());
    assert_eq!(kept.databases().await, Vec::<String>::new());
    kept.take().await.unwrap();
}

#[tokio::test]
async fn what_a_killed_program_left_is_swept_and_older_backups_stay() {
    let kept = Kept::open().await;
    let first = kept.take().await.unwrap().backup;
    let left = kept
        .shelf
        .folder
        .join("ombor-2026-01-01_00-00-00.dump.partial");
    std::fs::write(&left, "half").unwrap();
    let second = kept.take().await.unwrap().backup;
    assert!(!left.exists());
    assert_eq!(second.manifest.serial, 2);
    let names: Vec<String> = backup::list(&kept.shelf.folder)
        .into_iter()
        .map(|backup| backup.name)
        .collect();
    assert_eq!(names, [second.name, first.name]);
}

#[tokio::test]
async fn two_programs_never_write_into_one_folder_at_once() {
    let kept = Kept::open().await;
    let lock = std::fs::File::create(kept.shelf.folder.join("backup.lock")).unwrap();
    lock.lock().unwrap();
    let folder = kept.shelf.folder.clone();
    assert_eq!(
        kept.take().await.unwrap_err(),
        Error::BackupBusy { path: folder }
    );
    lock.unlock().unwrap();
    kept.take().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_vanished_and_a_disk_without_room_are_told_apart() {
    let mut kept = Kept::open().await;
    kept.shelf.leave_free_bytes = u64::MAX / 2;
    let full = kept.take().await.unwrap_err();
    assert!(
        matches!(full, Error::DiskFull { needed, .. } if needed > u64::MAX / 2),
        "{full}"
    );
    assert_eq!(kept.files(), Vec::<String>::new());
    kept.shelf.leave_free_bytes = 0;
    kept.shelf.folder = kept.shelf.folder.join("taken-away");
    let gone = kept.take().await.unwrap_err();
    assert_eq!(gone.code(), "backupFolder");
}

#[tokio::test]
async fn a_second_device_gets_a_copy_and_its_absence_costs_the_backup_nothing() {
    let mut kept = Kept::open().await;
    let device = kept.stand.options.data_dir.join("stick");
    kept.shelf.second = Some(device.clone());
    let without = kept.take().await.unwrap();
    let missing = without.second.unwrap().unwrap_err();
    assert_eq!(missing.code(), "backupFolder");
    std::fs::create_dir(&device).unwrap();
    let with = kept.take().await.unwrap();
    assert_eq!(with.second, Some(Ok(device.clone())));
    let copy = backup::newest(&device).unwrap();
    assert_eq!(copy.manifest, with.backup.manifest);
    backup::check(&copy).await.unwrap();
}

#[tokio::test]
async fn a_server_of_a_version_without_tools_is_told_in_a_sentence() {
    let missing = bundle::find_client(None, 99).await.unwrap_err();
    assert_eq!(missing, Error::ToolMissing { server: 99 });
    assert!(missing.to_string().contains("PostgreSQL 99"), "{missing}");
    assert!(bundle::find_client(None, 18).await.is_ok());
}

/// How a backup is spoilt.
fn spoil(bytes: &mut Vec<u8>, dice: &mut StdRng) {
    let length = bytes.len();
    match dice.random_range(0..3) {
        0 => bytes[dice.random_range(0..length)] ^= 1 << dice.random_range(0..8),
        1 => bytes.truncate(dice.random_range(0..length)),
        _ => {
            let chunk = length / 8;
            let at = dice.random_range(1..7) * chunk;
            let (before, behind) = bytes.split_at_mut(at);
            before[..chunk].swap_with_slice(&mut behind[..chunk]);
        }
    }
}

/// Whether `pg_restore --list` is content with a file.
fn is_listed(bin_dir: &Path, archive: &Path) -> bool {
    let listed = Command::new(bin_dir.join("pg_restore"))
        .arg("--list")
        .arg(archive)
        .output()
        .unwrap();
    listed.status.success()
}

/// T23, with its control: the list of contents alone passes most of them.
#[tokio::test]
async fn t23_spoilt_backups_are_refused_though_their_lists_of_contents_are_fine() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    let whole = std::fs::read(taken.archive()).unwrap();
    let seed = rand::rng().random();
    println!("seed {seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let (mut refused, mut listed) = (0, 0);
    for _ in 0..300 {
        let mut bytes = whole.clone();
        spoil(&mut bytes, &mut dice);
        if bytes == whole {
            refused += 1;
            continue;
        }
        std::fs::write(taken.archive(), &bytes).unwrap();
        listed += u32::from(is_listed(kept.attached.bin_dir(), &taken.archive()));
        let found = backup::open(&taken.paper());
        refused += u32::from(match found {
            Ok(found) => backup::check(&found).await.is_err(),
            Err(_) => true,
        });
    }
    println!("T23: {refused} of 300 refused; pg_restore --list passed {listed}");
    assert_eq!(refused, 300);
    assert!(
        listed > 100,
        "the control must pass many, it passed {listed}"
    );
    std::fs::write(taken.archive(), &whole).unwrap();
    backup::check(&taken).await.unwrap();
}

#[tokio::test]
async fn half_a_backup_is_not_listed() {
    let kept = Kept::open().await;
    let Backup { folder, name, .. } = kept.take().await.unwrap().backup;
    std::fs::remove_file(folder.join(format!("{name}.sql"))).unwrap();
    assert_eq!(backup::list(&folder), []);
    let refusal = backup::open(&folder.join(format!("{name}.dump"))).unwrap_err();
    assert_eq!(refusal.code(), "backupDamaged");
}

/// Two desks look at the clock at once: the one that comes second finds the backup there.
#[tokio::test]
async fn a_backup_that_is_due_is_not_made_twice() {
    let mut kept = Kept::open().await;
    let first = kept.take().await.unwrap().backup;
    kept.shelf.unless_since = Some(first.manifest.taken_at);
    let name = first.name.clone();
    assert_eq!(kept.take().await.unwrap_err(), Error::BackupThere { name });
    kept.shelf.unless_since = Some(first.manifest.taken_at + chrono::Duration::seconds(1));
    kept.take().await.unwrap();
}

/// Two warehouses in one folder: each keeps its own.
#[tokio::test]
async fn another_warehouses_backups_in_the_same_folder_stay() {
    let mut kept = Kept::open().await;
    kept.shelf.keep = backup::Keep {
        newest: 1,
        hourly: 0,
        daily: 0,
        weekly: 0,
        monthly: 0,
    };
    let first = kept.take().await.unwrap().backup;
    let rename = "UPDATE ledger.warehouse SET name = 'another'";
    connect(&kept.attached).await.execute(rename).await.unwrap();
    let second = kept.take().await.unwrap();
    assert_eq!(second.removed, Vec::<String>::new());
    kept.shelf.unless_since = Some(first.manifest.taken_at);
    let name = second.backup.name;
    assert_eq!(
        kept.take().await.unwrap_err(),
        Error::BackupThere { name: name.clone() }
    );
    kept.shelf.unless_since = None;
    assert_eq!(kept.take().await.unwrap().removed, [name]);
    assert!(first.paper().exists());
}
