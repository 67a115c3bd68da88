//! A backup takes the warehouse's place.

use ombor_core::invariant::Facts;
use ombor_core::schema;
use ombor_vault::{Cancel, Phase, Restored};

use crate::house::House;

impl House {
    async fn restore(&self, backup: &ombor_vault::Backup) -> Restored {
        let (vault, cancel) = (self.vault(), Cancel::new());
        let restored = vault.restore(&self.settings, backup, &|_| (), &cancel);
        restored.await.expect("restored")
    }

    async fn facts(&self) -> Facts {
        let mut owner = self.connect(schema::MIGRATE_ROLE).await;
        Facts::of(&mut owner).await.expect("facts")
    }
}

#[tokio::test]
async fn a_restore_loses_exactly_what_it_said_and_its_safety_backup_brings_it_back() {
    let house = House::open().await;
    house.post(2).await;
    let backup = house.take().await;
    house.post(3).await;

    let weighed = house.vault().weigh(&backup).await.unwrap();
    assert_eq!((weighed.loss.documents, weighed.loss.movements), (3, 3));
    let restored = house.restore(&backup).await;
    assert_eq!(restored.loss, weighed.loss);
    let now = house.facts().await;
    assert_eq!((now.documents, now.epoch), (2, 2));
    assert_eq!(house.vault().suspect(&house.settings).await.unwrap(), None);

    // What is posted on the branch is what the way back loses, although the safety backup holds more.
    house.post(1).await;
    let weighed = house.vault().weigh(&restored.safety).await.unwrap();
    assert_eq!(weighed.loss.documents, 1);
    let back = house.restore(&restored.safety).await;
    assert_eq!((back.loss.documents, back.loss.movements), (1, 1));
    let now = house.facts().await;
    assert_eq!((now.documents, now.epoch), (5, 3));
    let mut owner = house.connect(schema::MIGRATE_ROLE).await;
    let faults = ombor_core::invariant::faults(&mut owner).await.unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn another_warehouses_backup_is_refused_and_an_empty_one_takes_it() {
    let old = House::open().await;
    old.post(4).await;
    let backup = old.take().await;

    let busy = House::open().await;
    let refusal = busy.vault().weigh(&backup).await.unwrap_err();
    assert_eq!(refusal.code(), "backupOfOther");
    let (vault, cancel) = (busy.vault(), Cancel::new());
    let restored = vault.restore(&busy.settings, &backup, &|_| (), &cancel);
    assert_eq!(restored.await.unwrap_err().code(), "backupOfOther");
    assert_eq!(busy.list().await.len(), 0, "nothing was begun");

    let new = House::empty().await;
    assert_eq!(new.restore(&backup).await.loss.documents, 0);
    let (then, now) = (old.facts().await, new.facts().await);
    assert_eq!((now.documents, now.lineage), (4, then.lineage));
    assert!(now.epoch > then.epoch);
}

#[tokio::test]
async fn a_restore_that_is_broken_off_leaves_the_warehouse_as_it_is() {
    let house = House::open().await;
    house.post(1).await;
    let backup = house.take().await;
    house.post(1).await;
    let before = house.facts().await;
    let (vault, cancel) = (house.vault(), Cancel::new());
    let told = |phase| {
        if matches!(phase, Phase::Bringing(_)) {
            cancel.ask();
        }
    };
    let refusal = vault
        .restore(&house.settings, &backup, &told, &cancel)
        .await;
    assert!(refusal.unwrap_err().is_cancelled());
    let after = house.facts().await;
    assert_eq!(
        (after.documents, after.epoch),
        (before.documents, before.epoch)
    );
    assert_eq!(house.beside().await, Vec::<String>::new());
}
