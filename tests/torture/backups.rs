//! The warehouse's own backups: whole, killed in the middle, restored.

use std::path::Path;

use ombor_core::{invariant::Facts, lineage::Inheritance, schema};
use ombor_postgres::{ConnectInfo, backup};
use ombor_testkit::{Server, TestDatabase};
use ombor_tests::torture::app::{App, Plan};
use ombor_tests::torture::backups::{Cellar, kill_backups};
use ombor_tests::torture::ground::{Ground, connect};
use ombor_tests::torture::restores::{Point, kill_restores};
use ombor_tests::torture::round::at_work;
use ombor_vault::{Cancel, Occasion, Settings, Vault};
use sqlx::{ConnectOptions, Executor, PgConnection};

use crate::kills::{dice, ground, program};

/// Lets eight writers post for a moment.
async fn post_a_little(ground: &Ground) {
    let app = App::start(program(), &Plan::usual(ground, 1)).unwrap();
    at_work(&app).await.unwrap();
    drop(app.kill().close());
}

async fn last_number(connection: &mut PgConnection) -> i64 {
    let last = "select pg_sequence_last_value('ombor.document_number_seq')";
    sqlx::query_scalar(last)
        .fetch_one(connection)
        .await
        .unwrap()
}

/// T21 and T30: what comes back is what was saved, under a higher epoch, and no number is given out twice.
#[tokio::test]
async fn t21_a_warehouse_comes_back_under_a_higher_epoch_and_repeats_no_number() {
    let (folder, ground) = ground().await;
    post_a_little(&ground).await;
    let cellar = Cellar::open(&ground.options, folder.path().join("backups"))
        .await
        .unwrap();
    let saved = cellar.take().await.unwrap().backup;
    let backup = Facts::read(&saved.manifest.evidence.facts).unwrap();
    assert_eq!(saved.manifest.faults, Vec::<String>::new());
    post_a_little(&ground).await;

    let mut live = connect(&cellar.attached, schema::MIGRATE_ROLE)
        .await
        .unwrap();
    let before = Facts::of(&mut live).await.unwrap();
    let last = last_number(&mut live).await;
    let vault = cellar.vault().unwrap();
    let weighed = vault.weigh(&saved).await.unwrap();
    assert!(weighed.loss.documents > 0);

    let restored = vault
        .restore(&cellar.settings, &saved, &|_| (), &Cancel::new())
        .await
        .unwrap();
    assert_eq!(restored.loss, weighed.loss);
    let mut live = connect(&cellar.attached, schema::MIGRATE_ROLE)
        .await
        .unwrap();
    let after = Facts::of(&mut live).await.unwrap();
    assert_eq!(after.documents, backup.documents);
    assert_eq!(
        (after.epoch, restored.epoch),
        (before.epoch + 1, before.epoch + 1)
    );
    assert_eq!(last_number(&mut live).await, last);
    let open: i64 = sqlx::query_scalar("select count(*) from ombor.session where ended_at is null")
        .fetch_one(&mut live)
        .await
        .unwrap();
    assert_eq!(open, 0);

    post_a_little(&ground).await;
    let faults = ombor_core::invariant::faults(&mut live).await.unwrap();
    assert_eq!(faults, Vec::<String>::new());
    let taken = cellar.take().await.unwrap().backup;
    assert!(taken.manifest.evidence.tables["ombor.document"].rows > backup.documents);
}

#[tokio::test]
async fn another_warehouses_backup_is_told_from_our_own() {
    let (_folder, ground) = ground().await;
    let attached = ground.attach().await.unwrap();
    let mut live = connect(&attached, schema::MIGRATE_ROLE).await.unwrap();
    let mut backup = Facts::of(&mut live).await.unwrap();
    let inheritance = Inheritance::of(&mut live).await.unwrap();
    assert!(inheritance.takes(&backup));
    backup.lineage = uuid::Uuid::new_v4();
    assert!(!inheritance.takes(&backup));
}

#[tokio::test]
async fn t22_a_program_killed_in_its_backups_leaves_no_half_that_looks_whole() {
    let (folder, ground) = ground().await;
    post_a_little(&ground).await;
    let backups = folder.path().join("backups");
    let found = kill_backups(program(), &ground, &backups, 5, &mut dice())
        .await
        .unwrap();
    println!("{found:?}");
    assert_eq!(found.halves, Vec::<String>::new());
    check_all(&backups).await;
}

/// T22: wherever a restore is killed, the old warehouse or the new one is there, whole, and the next restore goes through.
#[tokio::test]
async fn t22_a_restore_killed_anywhere_leaves_the_old_or_the_new_warehouse() {
    let (folder, ground) = ground().await;
    post_a_little(&ground).await;
    let points = [
        Point::Safety,
        Point::Restoring,
        Point::Comparing,
        Point::Exchanging,
        Point::Exchanging,
    ];
    let backups = folder.path().join("backups");
    let found = kill_restores(program(), &ground, &backups, points, &mut dice())
        .await
        .unwrap();
    println!("{found:?}");
    assert!(found.is_clean(), "{found:?}");
    post_a_little(&ground).await;
}

async fn check_all(folder: &Path) {
    for whole in backup::list(folder) {
        backup::check(&whole).await.unwrap();
    }
}

/// A database of its own on Debian's server, reached as `DATABASE_URL` would reach it; dropped with the server.
async fn on_the_oldest_server() -> Option<ConnectInfo> {
    if !Server::all().contains(&Server::Oldest) {
        return None;
    }
    let lender = TestDatabase::empty(Server::Oldest).await.unwrap();
    let database = format!("ombor_{}", std::process::id());
    let info = lender.superuser_info().in_database(&database);
    let create = sqlx::AssertSqlSafe(format!("create database {}", info.database));
    lender
        .superuser()
        .await
        .unwrap()
        .execute(create)
        .await
        .unwrap();
    let mut owner = info.connect_options().connect().await.unwrap();
    schema::prepare_roles(&mut owner).await.unwrap();
    schema::migrate(&mut owner).await.unwrap();
    Some(info)
}

/// The server that `DATABASE_URL` names, of an older major version, with the tools of that version.
#[tokio::test]
async fn another_server_is_backed_up_and_restored_by_the_tools_of_its_own_version() {
    let Some(info) = on_the_oldest_server().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::elsewhere(info.clone(), folder.path(), None)
        .await
        .unwrap()
        .leaving_free(0);
    let settings = Settings::default();
    let (cancel, silent) = (Cancel::new(), |_| ());
    let taken = vault
        .take(&settings, Occasion::Asked, &silent, &cancel)
        .await
        .unwrap();
    assert_eq!(taken.backup.manifest.server_major, 15);
    assert_eq!(taken.backup.manifest.faults, Vec::<String>::new());

    let before = Facts::read(&taken.backup.manifest.evidence.facts).unwrap();
    let restored = vault
        .restore(&settings, &taken.backup, &|_| (), &cancel)
        .await
        .unwrap();
    let mut live = info.connect_options().connect().await.unwrap();
    let after = Facts::of(&mut live).await.unwrap();
    assert_eq!(restored.loss.documents, 0);
    assert_eq!(after.epoch, before.epoch + 1);
    assert_eq!(
        (after.lineage, after.documents),
        (before.lineage, before.documents)
    );

    // The bundled 18 is refused: what it writes, an older server does not take.
    let mut subject = vault.subject();
    let bundled = ombor_postgres::bundle::find(None).unwrap();
    subject.bin_dir = &bundled;
    let shelf = backup::Shelf {
        folder: settings.folder_in(folder.path()).unwrap(),
        second: None,
        keep: backup::Keep::ALL,
        zone: chrono::Utc::now().fixed_offset().timezone(),
        leave_free_bytes: 0,
        unless_since: None,
    };
    let pending = std::future::pending::<()>();
    let refusal = backup::take(&subject, &shelf, &silent, pending)
        .await
        .unwrap_err();
    let wrong = ombor_postgres::Error::ToolMajor {
        tool: 18,
        server: 15,
    };
    assert_eq!(refusal, wrong);
}
