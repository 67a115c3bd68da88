//! Restores: beside, compared, exchanged at one instant.

use ombor_postgres::backup::Stage;
use ombor_postgres::{ConnectInfo, Error, backup, restore};
use rustix::process::Signal;
use sqlx::{ConnectOptions, Executor};

use crate::kept::{Kept, on_any_thread};
use crate::stand::{Process, ask, connect, signal_all};

const COUNT: &str = "SELECT count(*)::text FROM ledger.movement";

async fn ask_at(info: &ConnectInfo, question: &'static str) -> String {
    ask(
        &mut info.connect_options().connect().await.unwrap(),
        question,
    )
    .await
}

#[tokio::test]
async fn a_restore_brings_back_what_was_saved_and_keeps_what_it_replaced() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    let mut busy = connect(&kept.attached).await;
    let later = "INSERT INTO ledger.movement SELECT n, 1 FROM generate_series(3000, 3004) AS n";
    busy.execute(later).await.unwrap();

    let preparing = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending());
    let prepared = on_any_thread(preparing).await.unwrap();
    assert_eq!(ask(&mut busy, COUNT).await, "2005");
    assert_eq!(ask_at(prepared.connect_info(), COUNT).await, "2000");
    let former = on_any_thread(prepared.exchange()).await.unwrap();

    assert!(
        busy.execute("SELECT 1").await.is_err(),
        "who was connected is cut off"
    );
    let mut after = connect(&kept.attached).await;
    assert_eq!(ask(&mut after, COUNT).await, "2000");
    assert_eq!(ask_at(&former, COUNT).await, "2005");
    let grants = "SELECT has_database_privilege('ombor_backup', 'ombor', 'CONNECT')::text
                  || has_database_privilege('ombor_backup', 'ombor', 'TEMPORARY')::text";
    assert_eq!(ask(&mut after, grants).await, "truefalse");
    let owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'movement'";
    assert_eq!(ask(&mut after, owner).await, "ombor_owner");
    kept.take().await.unwrap();
}

#[tokio::test]
async fn of_the_databases_that_restores_replaced_the_last_one_is_kept() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    for _ in 0..2 {
        let prepared = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending());
        prepared.await.unwrap().exchange().await.unwrap();
    }
    assert_eq!(kept.databases().await.len(), 1);
}

#[tokio::test]
async fn a_spoilt_backup_never_comes_near_the_live_database() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    let mut bytes = std::fs::read(taken.archive()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(taken.archive(), bytes).unwrap();
    let refusal = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending())
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "backupDamaged");
    assert_eq!(kept.databases().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_restore_that_is_given_up_leaves_the_live_database_alone() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    let (say, mut heard) = tokio::sync::watch::channel(false);
    let told = |stage| {
        if stage == Stage::Restoring {
            say.send_replace(true);
        }
    };
    let cancelled = async { drop(heard.wait_for(|said| *said).await.map(|_| ())) };
    let refusal = restore::prepare(kept.subject(), &taken, &told, cancelled).await;
    assert_eq!(refusal.unwrap_err(), Error::Cancelled);
    let prepared = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending());
    prepared.await.unwrap().abandon().await;
    assert_eq!(kept.databases().await, Vec::<String>::new());
    assert_eq!(ask(&mut connect(&kept.attached).await, COUNT).await, "2000");
}

/// T22: the server is killed while the names change; one whole database has the application's name.
#[tokio::test]
async fn t22_a_server_killed_during_the_exchange_has_the_old_or_the_new_database() {
    let kept = Kept::open().await;
    let taken = kept.take().await.unwrap().backup;
    let later = "INSERT INTO ledger.movement VALUES (3000, 1)";
    for _ in 0..3 {
        let _ = connect(&kept.attached).await.execute(later).await;
        let before = ask(&mut connect(&kept.attached).await, COUNT).await;
        let prepared = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending())
            .await
            .unwrap();
        let server = kept.stand.server();
        let all: Vec<Process> = server.children().into_iter().chain([server]).collect();
        let exchanging = prepared.exchange();
        let killing = async {
            tokio::task::yield_now().await;
            signal_all(&all, Signal::KILL);
        };
        let (exchanged, ()) = tokio::join!(exchanging, killing);
        let again = kept.stand.attach().await.unwrap();
        let found = ask(&mut connect(&again).await, COUNT).await;
        match exchanged {
            Ok(_) => assert_eq!(found, "2000"),
            Err(_) => assert!(found == "2000" || found == before, "{found}"),
        }
    }
}

#[tokio::test]
async fn a_backup_of_a_newer_server_is_refused_by_its_number() {
    let kept = Kept::open().await;
    let mut taken = kept.take().await.unwrap().backup;
    taken.manifest.server_major = 19;
    let refusal = restore::prepare(kept.subject(), &taken, &|_| {}, std::future::pending()).await;
    assert_eq!(
        refusal.unwrap_err(),
        Error::OtherMajor {
            found: 19,
            bundled: 18
        }
    );
    assert!(backup::newest(&kept.shelf.folder).is_some());
}
