//! A database that is not the one that was here before.

use std::path::Path;

use ombor_core::{lineage::Numbers, schema};
use ombor_vault::anchor::{Anchor, Suspicion};

use crate::house::House;

/// Writes another mark beside the database, as an older copy of the database would find it.
fn change_mark(data: &Path, change: impl FnOnce(&mut Anchor)) {
    let mut anchor = Anchor::read(data).expect("a mark");
    change(&mut anchor);
    let text = serde_json::to_vec(&anchor).expect("a mark");
    std::fs::write(data.join("anchor.json"), text).expect("written");
}

#[tokio::test]
async fn an_older_copy_is_noticed_until_somebody_goes_on_with_it() {
    let house = House::open().await;
    house.post(2).await;
    let vault = house.vault();
    assert_eq!(vault.suspect(&house.settings).await.unwrap(), None);
    vault.drop_anchor().await.unwrap();
    house.post(1).await;
    assert_eq!(vault.suspect(&house.settings).await.unwrap(), None);

    change_mark(&house.data(), |anchor| anchor.documents += 4);
    let found = vault.suspect(&house.settings).await.unwrap();
    assert!(
        matches!(found, Some(Suspicion::Older { documents: 3, .. })),
        "{found:?}"
    );
    let before = vault.moment().await.unwrap().epoch;
    assert_eq!(vault.go_on(&house.settings).await.unwrap(), before + 1);
    assert_eq!(vault.suspect(&house.settings).await.unwrap(), None);
}

#[tokio::test]
async fn a_data_directory_of_another_computer_and_a_newer_backup_are_noticed() {
    let house = House::open().await;
    house.post(1).await;
    let vault = house.vault();
    vault.drop_anchor().await.unwrap();
    change_mark(&house.data(), |anchor| {
        anchor.machine = Some("of another computer".to_owned());
    });
    let found = vault.suspect(&house.settings).await.unwrap();
    let has_identity = Path::new("/etc/machine-id").exists();
    assert_eq!(found, has_identity.then_some(Suspicion::Copied));

    // The mark was copied with the data; the backups on another disk know better.
    vault.drop_anchor().await.unwrap();
    let backup = house.take().await;
    let text = std::fs::read_to_string(backup.paper()).unwrap();
    let newer = text.replace("\"documents\": 1", "\"documents\": 6");
    assert_ne!(newer, text);
    std::fs::write(backup.paper(), newer).unwrap();
    let found = vault.suspect(&house.settings).await.unwrap();
    assert!(
        matches!(found, Some(Suspicion::Older { documents: 5, .. })),
        "{found:?}"
    );
}

/// The number of the newest document.
async fn newest_number(house: &House) -> i64 {
    sqlx::query_scalar("select max(number) from ombor.document")
        .fetch_one(&mut house.connect(schema::MIGRATE_ROLE).await)
        .await
        .expect("a number")
}

#[tokio::test]
async fn a_copy_that_goes_on_gives_out_no_number_that_was_known() {
    let house = House::open().await;
    house.post(2).await;
    let vault = house.vault();
    vault.drop_anchor().await.unwrap();
    change_mark(&house.data(), |anchor| {
        anchor.documents += 4;
        anchor.numbers.know_document(40);
    });
    vault.go_on(&house.settings).await.unwrap();
    house.post(1).await;
    assert_eq!(newest_number(&house).await, 41);

    // The backups on another disk know more than the mark, which was copied with the data.
    let backup = house.take().await;
    let text = std::fs::read_to_string(backup.paper()).unwrap();
    let newer = text.replace("\"newest_document\": 41", "\"newest_document\": 90");
    assert_ne!(newer, text);
    std::fs::write(backup.paper(), newer).unwrap();
    vault.go_on(&house.settings).await.unwrap();
    house.post(1).await;
    assert_eq!(newest_number(&house).await, 91);

    // A mark that knows less takes no number back.
    change_mark(&house.data(), |anchor| anchor.numbers = Numbers::default());
    vault.go_on(&house.settings).await.unwrap();
    house.post(1).await;
    assert_eq!(newest_number(&house).await, 92);
}
