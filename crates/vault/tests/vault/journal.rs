//! The journal: back to any moment, and back from a disk that failed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use ombor_core::invariant::Facts;
use ombor_core::schema;
use ombor_vault::{Backup, Cancel, Error, Journal};

use crate::house::House;

impl House {
    /// Switches the journal on, on a disk beside the data.
    async fn with_journal(&self) -> Journal {
        let disk = self.made("disk");
        let begun = self
            .vault()
            .keep_journal(&disk, &|_| (), &Cancel::new())
            .await;
        let journal = begun.expect("a journal");
        assert!(journal.is_well(), "{journal:?}");
        journal
    }

    /// Now, by the database's clock.
    async fn now(&self) -> DateTime<Utc> {
        sqlx::query_scalar("select clock_timestamp()")
            .fetch_one(&mut self.connect(schema::APP_ROLE).await)
            .await
            .expect("the time")
    }

    async fn bring(
        &self,
        journal: Option<&Path>,
        at: Option<DateTime<Utc>>,
    ) -> Result<Backup, Error> {
        let (vault, cancel) = (self.vault(), Cancel::new());
        let brought = vault.bring_moment(&self.settings, journal, at, &|_| (), &cancel);
        brought.await
    }
}

fn documents(backup: &Backup) -> i64 {
    let manifest = &backup.manifest;
    assert_eq!(manifest.faults, Vec::<String>::new());
    let facts = Facts::read(&manifest.evidence.facts).expect("a warehouse");
    facts.documents
}

/// The pieces of the log in a journal, in their order.
fn pieces(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let is_piece = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "gz");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_piece).collect();
    found.retain(|path| path.file_name().is_some_and(|name| name.len() == 27));
    found.sort();
    found
}

#[tokio::test]
async fn a_moment_between_two_documents_comes_back_with_the_first_and_without_the_second() {
    let house = House::open().await;
    let refusal = house.bring(None, None).await.unwrap_err();
    assert_eq!(refusal.code(), "noJournal");
    assert_eq!(house.vault().journal().await.unwrap(), None);

    let asked = Cancel::new();
    asked.ask();
    let stopped = house
        .vault()
        .keep_journal(&house.made("disk"), &|_| (), &asked)
        .await;
    assert!(stopped.unwrap_err().is_cancelled());
    assert_eq!(house.vault().journal().await.unwrap(), None);

    let before = house.now().await;
    house.with_journal().await;
    let refusal = house.vault().weigh_moment(Some(before)).await.unwrap_err();
    assert_eq!(refusal.code(), "momentUnreachable");
    house.post(2).await;
    let moment = house.now().await;
    house.post(3).await;
    let weighed = house.vault().weigh_moment(Some(moment)).await.unwrap();
    assert_eq!((weighed.documents, weighed.movements), (3, 3));
    let weighed = house.vault().weigh_moment(None).await.unwrap();
    assert_eq!(weighed.documents, 0, "the last moment is now");
    let brought = house.bring(None, Some(moment)).await.unwrap();
    assert_eq!(documents(&brought), 2);
    assert_eq!(brought.manifest.taken_at, moment);
    let live = house.vault().weigh(&brought).await.unwrap();
    assert_eq!((live.live.documents, live.loss.documents), (5, 3));

    let (vault, cancel) = (house.vault(), Cancel::new());
    let restored = vault.restore(&house.settings, &brought, &|_| (), &cancel);
    let restored = restored.await.unwrap();
    assert_eq!((restored.loss.documents, restored.epoch), (3, 2));
    let mut owner = house.connect(schema::MIGRATE_ROLE).await;
    let now = Facts::of(&mut owner).await.unwrap();
    assert_eq!((now.documents, now.epoch), (2, 2));

    // The journal goes on through the restore: what was lost by it can be brought back, too.
    house.post(1).await;
    let after = house.bring(None, None).await.unwrap();
    assert_eq!(documents(&after), 3);
    assert!(house.vault().journal().await.unwrap().unwrap().is_well());
    assert!(!house.data().join("moment").join("cluster").exists());
}

#[tokio::test]
async fn a_warehouse_whose_disk_failed_comes_back_from_the_journal() {
    let old = House::open().await;
    let journal = old.with_journal().await;
    old.post(2).await;
    old.vault().flush_journal().await.unwrap();
    old.post(1).await;
    kill_everything(&old.data());
    std::fs::rename(old.data(), old.folder.path().join("lost")).unwrap();

    let new = House::empty().await;
    for spoil in [spoil_a_copy, spoil_the_last_piece] {
        let (spoilt, whole) = spoil(&journal.folder);
        let refusal = new.bring(Some(&journal.folder), None).await.unwrap_err();
        assert_eq!(refusal.code(), "backupDamaged", "{}", spoilt.display());
        std::fs::write(spoilt, whole).unwrap();
    }
    let brought = new.bring(Some(&journal.folder), None).await.unwrap();
    let found = documents(&brought);
    // What came after the last piece is there only if the minute was over by then.
    assert!((2..=3).contains(&found), "{found}");
    let (vault, cancel) = (new.vault(), Cancel::new());
    let restored = vault.restore(&new.settings, &brought, &|_| (), &cancel);
    assert_eq!(restored.await.unwrap().loss.documents, 0);
}

/// Flips a bit of a file in the copy of the cluster; answers the file and its whole content.
fn spoil_a_copy(journal: &Path) -> (PathBuf, Vec<u8>) {
    let entries = std::fs::read_dir(journal).expect("a folder").flatten();
    let mut copies = entries.map(|entry| entry.path().join("global").join("pg_filenode.map"));
    spoil(copies.find(|file| file.is_file()).expect("a copy"))
}

/// The same in the last piece of the log that was kept.
fn spoil_the_last_piece(journal: &Path) -> (PathBuf, Vec<u8>) {
    spoil(pieces(journal).pop().expect("a piece"))
}

fn spoil(file: PathBuf) -> (PathBuf, Vec<u8>) {
    let whole = std::fs::read(&file).expect("a file");
    let mut spoilt = whole.clone();
    // Of a packed piece this is the checksum: a bit elsewhere may be one of many ways to write the same zeros.
    let checksum = spoilt.len() - 6;
    spoilt[checksum] ^= 1;
    std::fs::write(&file, spoilt).expect("written");
    (file, whole)
}

/// The helper and every process of the server.
fn kill_everything(data: &Path) {
    let number = |file: PathBuf| {
        let text = std::fs::read_to_string(file).expect("a file");
        text.lines().next().expect("a line").trim().to_owned()
    };
    let server = number(data.join("cluster").join("postmaster.pid"));
    let children = PathBuf::from(format!("/proc/{server}/task/{server}/children"));
    let children = std::fs::read_to_string(children).expect("a list");
    let kill = |processes: &mut dyn Iterator<Item = &str>| {
        let killed = std::process::Command::new("kill")
            .arg("-9")
            .args(processes)
            .status();
        killed.expect("a try").success()
    };
    let helper = number(data.join("server.lock"));
    assert!(kill(&mut [helper.as_str(), server.as_str()].into_iter()));
    // One of them may have ended by itself since.
    let _ = kill(&mut children.split_whitespace());
}

#[tokio::test]
async fn a_missing_piece_is_told_with_the_moment_until_which_the_journal_reaches() {
    let house = House::open().await;
    let journal = house.with_journal().await;
    let vault = house.vault();
    house.post(1).await;
    let early = house.now().await;
    for _ in 0..3 {
        vault.flush_journal().await.unwrap();
        house.post(1).await;
    }
    let late = house.now().await;
    vault.flush_journal().await.unwrap();
    let pieces = pieces(&journal.folder);
    std::fs::remove_file(&pieces[pieces.len() - 2]).unwrap();

    let state = vault.journal().await.unwrap().unwrap();
    assert!(
        !state.is_well() && state.reach.unwrap().has_gap,
        "{state:?}"
    );
    // A moment that is later by more than the second that a piece is dated with.
    let far = late + chrono::Duration::minutes(1);
    let refusal = house.bring(None, Some(far)).await.unwrap_err();
    assert_eq!(refusal.code(), "momentUnreachable");
    assert!(
        refusal.to_string().contains("the journal reaches until"),
        "{refusal}"
    );
    let before_the_gap = house.bring(None, Some(early)).await.unwrap();
    assert_eq!(documents(&before_the_gap), 1);

    assert!(vault.renew_copy().await.unwrap(), "a gap asks for a copy");
    assert!(vault.journal().await.unwrap().unwrap().is_well());
    assert!(!vault.renew_copy().await.unwrap(), "a fresh copy is enough");
    let copied_at = vault.journal().await.unwrap().unwrap().copied_at;
    let told = AtomicU64::new(0);
    let tell = |bytes| told.store(bytes, Ordering::Relaxed);
    vault.copy_now(&tell, &Cancel::new()).await.unwrap();
    assert!(told.into_inner() > 0, "it tells how far it has come");
    assert!(vault.journal().await.unwrap().unwrap().copied_at > copied_at);
}

#[tokio::test]
async fn a_disk_that_was_taken_away_stops_the_journal_and_is_noticed() {
    let house = House::open().await;
    let refusal = house
        .vault()
        .keep_journal(
            &house.folder.path().join("nowhere"),
            &|_| (),
            &Cancel::new(),
        )
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "backupFolder");

    let journal = house.with_journal().await;
    let vault = house.vault();
    house.post(1).await;
    std::fs::remove_dir_all(journal.folder.parent().unwrap()).unwrap();
    let refusal = vault.flush_journal().await.unwrap_err();
    assert_eq!(refusal.code(), "journalStopped");
    let state = vault.journal().await.unwrap().unwrap();
    assert!(state.is_stopped && state.reach.is_none(), "{state:?}");
    // The warehouse works on meanwhile, and a journal that is off asks for nothing.
    house.post(1).await;
    vault.leave_journal().unwrap();
    assert_eq!(vault.journal().await.unwrap(), None);
}
