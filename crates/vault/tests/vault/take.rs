//! Backups taken, listed and proven anew.

use chrono::Duration;
use ombor_vault::{Cancel, Occasion, Shelved, Stage};

use crate::house::{House, entries};

#[tokio::test]
async fn a_vanished_second_disk_costs_the_backup_nothing_and_the_list_says_where_each_lies() {
    let mut house = House::open().await;
    let stick = house.folder.path().join("stick");
    house.settings.second = Some(stick.clone());
    let (vault, cancel) = (house.vault(), Cancel::new());
    let taken = vault.take(&house.settings, Occasion::Asked, &|_| (), &cancel);
    let missing = taken.await.unwrap().second.unwrap().unwrap_err();
    assert_eq!(missing.code(), "backupFolder");
    assert!(
        !stick.exists(),
        "a disk that is away is not replaced by a folder"
    );

    house.made("stick");
    let twice = house.take().await;
    let shelved = |list: Vec<ombor_vault::Kept>| -> Vec<Shelved> {
        list.into_iter().map(|kept| kept.shelved).collect()
    };
    assert_eq!(shelved(house.list().await), [Shelved::Twice, Shelved::Once]);
    for file in [twice.archive(), twice.plain(), twice.paper()] {
        std::fs::remove_file(file).unwrap();
    }
    let list = shelved(house.list().await);
    assert!(
        list.contains(&Shelved::SecondOnly) && list.len() == 2,
        "{list:?}"
    );
}

#[tokio::test]
async fn a_disk_without_room_is_told_and_keeps_nothing_half_made() {
    let house = House::open().await;
    let (vault, cancel) = (house.vault().leaving_free(u64::MAX / 2), Cancel::new());
    let taken = vault.take(&house.settings, Occasion::Asked, &|_| (), &cancel);
    assert_eq!(taken.await.unwrap_err().code(), "diskFull");
    assert_eq!(
        entries(&house.folder.path().join("backups")),
        Vec::<String>::new()
    );
    assert_eq!(house.beside().await, Vec::<String>::new());
}

#[tokio::test]
async fn two_desks_that_look_at_the_clock_at_once_make_one_backup() {
    let house = House::open().await;
    let (one, other) = (house.vault(), house.vault());
    let since = one.moment().await.unwrap().now - Duration::minutes(1);
    let (occasion, cancel) = (Occasion::Due { since }, Cancel::new());
    let silent = |_: Stage| ();
    let (first, second) = tokio::join!(
        one.take(&house.settings, occasion, &silent, &cancel),
        other.take(&house.settings, occasion, &silent, &cancel),
    );
    let refused = first
        .err()
        .or(second.err())
        .expect("one of them is too late");
    assert_eq!(refused.code(), "backupBusy");
    let later = one.take(&house.settings, occasion, &silent, &cancel).await;
    assert_eq!(later.unwrap_err().code(), "backupBusy");
    assert_eq!(house.list().await.len(), 1);
}

#[tokio::test]
async fn an_older_backup_is_proven_anew_and_a_spoilt_one_is_told() {
    let house = House::open().await;
    house.post(3).await;
    let backup = house.take().await;
    house.post(1).await;
    let (vault, cancel) = (house.vault(), Cancel::new());
    vault.verify(&backup, &|_| (), &cancel).await.unwrap();
    assert_eq!(house.beside().await, Vec::<String>::new());

    let mut bytes = std::fs::read(backup.archive()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(backup.archive(), bytes).unwrap();
    let refusal = vault.verify(&backup, &|_| (), &cancel).await.unwrap_err();
    assert_eq!(refusal.code(), "backupDamaged");
}

#[tokio::test]
async fn what_the_schedule_asks_is_answered_by_the_database() {
    let house = House::open().await;
    let before = house.vault().moment().await.unwrap();
    assert_eq!(before.zone.local_minus_utc(), 5 * 3600);
    house.post(1).await;
    let after = house.vault().moment().await.unwrap();
    assert!(after.changed_at > before.changed_at && after.lineage == before.lineage);
}
