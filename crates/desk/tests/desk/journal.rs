//! The journal from the menu: on, back to a moment between two movements, off; by those who may.

use std::path::Path;

use chrono::Utc;
use ombor_desk::Options;
use ombor_desk::api::backup::{BackupKind, BackupStep};
use ombor_desk::api::health::HealthState;
use ombor_desk::api::journal::{Journal, JournalState};
use ombor_desk::api::movement::MovementQuery;
use ombor_desk::api::restore::MomentOrder;
use ombor_desk::api::session::Role;
use ombor_desk::error::ErrorCode;
use ombor_desk::event::Event;
use ombor_testkit::TestDatabase;

use crate::backup::{has_looked, post_one};
use crate::station::{Desk, PASSWORD};

fn text(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}

fn order(at: Option<&str>, word: &str, password: &str) -> MomentOrder {
    MomentOrder {
        at: at.map(str::to_owned),
        word: word.to_owned(),
        password: password.to_owned(),
    }
}

/// What a desk has kept.
async fn kept(desk: &Desk) -> JournalState {
    match desk.ombor.journal().await.expect("seen") {
        Journal::On { state } => state,
        other => panic!("{other:?}"),
    }
}

/// The documents of the last movements.
async fn documents(desk: &Desk) -> Vec<String> {
    let query = MovementQuery {
        product_id: None,
        employee_id: None,
        user_id: None,
        kind: None,
        text: None,
        from: None,
        to: None,
        after: None,
        limit: 20,
    };
    let page = desk.ombor.list_movements(query).await.expect("the history");
    page.rows.into_iter().map(|row| row.document_id).collect()
}

/// The work that the desk told its window of, until the session ended.
async fn steps(desk: &mut Desk) -> Vec<BackupStep> {
    let mut steps = Vec::new();
    desk.hears(|event| match event {
        Event::BackupChanged(Some(work)) => {
            assert_eq!(work.kind, BackupKind::GoingBack);
            steps.push(work.step);
            None
        }
        Event::SessionEnded => Some(()),
        _ => None,
    })
    .await;
    steps
}

/// What the log says of the last entry of this action.
async fn noted(desk: &Desk, action: &str) -> serde_json::Value {
    let log = desk.ombor.list_audit(None, 50).await.expect("the log");
    let entry = log.rows.into_iter().find(|entry| entry.action == action);
    serde_json::from_str(&entry.expect("an entry").details).expect("particulars")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_between_two_movements_comes_back_from_the_menu_with_the_first_and_without_the_second()
 {
    let (folder, disk) = (tempfile::tempdir(), tempfile::tempdir());
    let (folder, disk) = (folder.expect("a folder"), disk.expect("a disk"));
    let mut desk = Desk::with_demonstration(folder.path()).await;
    has_looked(&mut desk).await;
    let off = desk.ombor.journal().await.expect("seen");
    assert!(matches!(off, Journal::Off { .. }), "{off:?}");
    let away = text(&disk.path().join("away"));
    let refused = desk.ombor.keep_journal(Some(away)).await.expect_err("away");
    assert_eq!(refused.code, ErrorCode::BackupFolder);

    let kept_on = desk.ombor.keep_journal(Some(text(disk.path()))).await;
    kept_on.expect("kept");
    let state = kept(&desk).await;
    assert!(!state.is_stopped && state.copied_at.is_some(), "{state:?}");
    assert!(state.folder.starts_with(&text(disk.path())));
    desk.ombor.keep_backups().await;
    let health = desk.ombor.station_health().await.expect("seen").backup;
    assert_eq!(health.failure, None, "the journal is well");

    let first = post_one(folder.path()).await;
    let moment = Utc::now().to_rfc3339();
    let second = post_one(folder.path()).await;
    let weight = desk.ombor.weigh_moment(Some(moment.clone())).await;
    let weight = weight.expect("weighed");
    assert_eq!((weight.documents, weight.movements), (1, 1));
    let long_ago = Some("2020-01-01T00:00:00Z");
    for (wrong, code) in [
        (
            order(None, "ombor", PASSWORD),
            ErrorCode::RestoreNotConfirmed,
        ),
        (order(None, &weight.word, "olma"), ErrorCode::WrongPassword),
        (
            order(long_ago, &weight.word, PASSWORD),
            ErrorCode::MomentUnreachable,
        ),
        (
            order(Some("tush"), &weight.word, PASSWORD),
            ErrorCode::MomentUnreachable,
        ),
    ] {
        let refused = desk.ombor.restore_moment(wrong).await.expect_err("refused");
        assert_eq!(refused.code, code);
    }

    desk.forget();
    let wanted = order(Some(&moment), &weight.word, PASSWORD);
    let outcome = desk.ombor.restore_moment(wanted).await.expect("restored");
    assert_eq!((outcome.documents, outcome.movements), (1, 1));
    let steps = steps(&mut desk).await;
    assert_eq!(steps.first(), Some(&BackupStep::Recovering));
    assert_eq!(steps.last(), Some(&BackupStep::Exchanging));

    desk.log_in("egasi").await;
    let found = documents(&desk).await;
    assert!(
        found.contains(&first) && !found.contains(&second),
        "{found:?}"
    );
    assert_eq!(noted(&desk, "backup_restored").await["epoch"], 2);
    let overview = desk.ombor.backup_overview().await.expect("seen");
    let brought = overview.backups.iter().filter(|backup| backup.brought_back);
    let brought: Vec<&str> = brought.map(|backup| backup.name.as_str()).collect();
    assert_eq!(brought, [outcome.name.as_str()]);

    // The journal goes on with the warehouse that came back.
    desk.ombor.copy_for_journal().await.expect("copied");
    assert!(kept(&desk).await.copied_at > state.copied_at);
    desk.ombor.leave_journal().await.expect("off");
    let refused = desk.ombor.copy_for_journal().await.expect_err("off");
    assert_eq!(refused.code, ErrorCode::NoJournal);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_whose_disk_was_taken_away_shows_in_the_stations_health_until_it_is_switched_off()
{
    let (folder, disk) = (tempfile::tempdir(), tempfile::tempdir());
    let (folder, disk) = (folder.expect("a folder"), disk.expect("a disk"));
    let mut desk = Desk::with_demonstration(folder.path()).await;
    has_looked(&mut desk).await;
    desk.ombor.take_backup().await.expect("taken");
    let kept_on = desk.ombor.keep_journal(Some(text(disk.path()))).await;
    kept_on.expect("kept");
    desk.ombor.keep_backups().await;
    let backup = async |desk: &Desk| desk.ombor.station_health().await.expect("seen").backup;
    assert_eq!(backup(&desk).await.state, HealthState::Ok);

    std::fs::remove_dir_all(disk.path()).expect("taken away");
    desk.ombor.keep_backups().await;
    let health = backup(&desk).await;
    assert_eq!(health.state, HealthState::Warning);
    assert!(health.failure.is_some());
    let state = kept(&desk).await;
    assert!(state.is_stopped && state.reach.is_none(), "{state:?}");
    let refused = desk.ombor.weigh_moment(None).await.expect_err("nothing");
    assert_eq!(refused.code, ErrorCode::MomentUnreachable);

    desk.ombor.leave_journal().await.expect("off");
    assert_eq!(backup(&desk).await.state, HealthState::Ok);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_admin_keeps_a_journal_and_another_server_keeps_its_own() {
    let (database, folder) = (TestDatabase::create().await, tempfile::tempdir());
    let (database, folder) = (database.expect("a database"), folder.expect("a folder"));
    let desk = Desk::open(Options {
        data: Some(folder.path().to_owned()),
        database: Some(database.superuser_info().clone()),
        ..Options::default()
    })
    .await;
    desk.set_up().await;
    assert_eq!(
        desk.ombor.journal().await.expect("seen"),
        Journal::Elsewhere
    );
    let refused = desk.ombor.keep_journal(None).await.expect_err("elsewhere");
    assert_eq!(refused.code, ErrorCode::JournalElsewhere);
    let refused = desk.ombor.weigh_moment(None).await.expect_err("none");
    assert_eq!(refused.code, ErrorCode::NoJournal);

    for (login, role) in [("ishchi", Role::Operator), ("nazoratchi", Role::Viewer)] {
        desk.log_in_as_new(login, role).await;
        let refused = [
            desk.ombor.journal().await.err(),
            desk.ombor.keep_journal(None).await.err(),
            desk.ombor.leave_journal().await.err(),
            desk.ombor.copy_for_journal().await.err(),
            desk.ombor.weigh_moment(None).await.err(),
            desk.ombor
                .restore_moment(order(None, "Chorsu", PASSWORD))
                .await
                .err(),
        ];
        for error in refused {
            assert_eq!(error.expect("refused").code, ErrorCode::NotPermitted);
        }
        desk.log_in("egasi").await;
    }
    desk.ombor.shut_down().await;
}
