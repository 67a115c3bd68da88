//! Backups and restores from the menu, by those who may.

use std::path::Path;

use ombor_core::id::{DocumentId, MovementId, ProductId};
use ombor_core::people::login;
use ombor_core::quantity::Quantity;
use ombor_core::schema;
use ombor_core::stock::posting::{DocumentKind, Line, PostDocument, post_document};
use ombor_desk::api::backup::{BackupKind, BackupPlace, BackupStep};
use ombor_desk::api::desk::DeskState;
use ombor_desk::api::health::HealthState;
use ombor_desk::api::lineage::LineageNotice;
use ombor_desk::api::restore::RestoreOrder;
use ombor_desk::api::session::Role;
use ombor_desk::api::user::NewUser;
use ombor_desk::change::ChangeTag;
use ombor_desk::error::ErrorCode;
use ombor_desk::event::Event;
use ombor_postgres::{Limits, Options, bundle};
use rust_decimal::Decimal;

use crate::station::{BOTTLE, Desk, PASSWORD};

/// Another program posts one movement past the desk, of a document with this answer as its id: opening stock needs no face.
pub async fn post_one(data: &Path) -> String {
    let options = Options {
        data_dir: data.to_owned(),
        runtime_dir: None,
        bin_dir: bundle::find(None).expect("the bundle"),
        database: "ombor".to_owned(),
        logins: vec![schema::APP_ROLE.to_owned()],
        bootstrap_sql: schema::ROLES_SQL.to_owned(),
        supervisor: bundle::supervisor().expect("the helper program"),
        limits: Limits::default(),
    };
    let attached = ombor_postgres::attach(&options, |_| ())
        .await
        .expect("attached");
    let options = attached.connect_options(schema::APP_ROLE).expect("a login");
    let mut connection = sqlx::ConnectOptions::connect(&options)
        .await
        .expect("a connection");
    let admin = login::log_in(&mut connection, "egasi", PASSWORD, "elsewhere")
        .await
        .expect("logged in");
    let product: uuid::Uuid =
        sqlx::query_scalar("select id from ombor.product order by sku limit 1")
            .fetch_one(&mut connection)
            .await
            .expect("a product");
    let document = PostDocument {
        id: DocumentId::generate(),
        kind: DocumentKind::Opening,
        from: None,
        to: None,
        confirmation_id: None,
        lines: vec![Line {
            movement_id: MovementId::generate(),
            product_id: ProductId::from(product),
            lot_id: None,
            quantity: Quantity::try_from(Decimal::ONE).expect("a quantity"),
        }],
        note: None,
    };
    post_document(&mut connection, &admin, &document)
        .await
        .expect("posted");
    document.id.to_string()
}

fn order(name: &str, word: &str, password: &str) -> RestoreOrder {
    RestoreOrder {
        name: name.to_owned(),
        word: word.to_owned(),
        password: password.to_owned(),
    }
}

/// Waits until the desk has looked at its backups after the start.
pub async fn has_looked(desk: &mut Desk) {
    desk.hears(|event| match event {
        Event::Changed(tags) if tags == [ChangeTag::Backup] => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_loses_what_it_said_logs_everybody_out_and_the_desk_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_demonstration(folder.path()).await;
    has_looked(&mut desk).await;
    desk.ombor.keep_backups().await;
    let overview = desk.ombor.backup_overview().await.expect("seen");
    assert_eq!(overview.backups, [], "a new warehouse waits for its time");

    let backup = desk.ombor.take_backup().await.expect("taken");
    assert!(backup.own && backup.movements > 0 && backup.place == BackupPlace::Once);
    let health = desk.ombor.station_health().await.expect("seen").backup;
    assert_eq!((health.state, health.failure), (HealthState::Ok, None));
    post_one(folder.path()).await;

    let name = &backup.name;
    let weight = desk
        .ombor
        .weigh_restore(name.clone())
        .await
        .expect("weighed");
    assert_eq!((weight.documents, weight.movements), (1, 1));
    for (wrong, code) in [
        (
            order(name, "ombor", PASSWORD),
            ErrorCode::RestoreNotConfirmed,
        ),
        (order(name, &weight.word, "olma"), ErrorCode::WrongPassword),
        (
            order("ombor-2020", &weight.word, PASSWORD),
            ErrorCode::BackupGone,
        ),
    ] {
        let refused = desk.ombor.restore_backup(wrong).await.expect_err("refused");
        assert_eq!(refused.code, code);
    }

    desk.forget();
    let wanted = order(name, &weight.word, PASSWORD);
    let outcome = desk.ombor.restore_backup(wanted).await.expect("restored");
    assert_eq!((outcome.documents, outcome.movements), (1, 1));
    let mut steps = Vec::new();
    desk.hears(|event| match event {
        Event::BackupChanged(Some(work)) => {
            assert_eq!(work.kind, BackupKind::Restoring);
            steps.push(work.step);
            None
        }
        Event::SessionEnded => Some(()),
        _ => None,
    })
    .await;
    assert_eq!(steps.last(), Some(&BackupStep::Exchanging));
    let refused = desk.ombor.today().await.expect_err("logged out");
    assert_eq!(refused.code, ErrorCode::SessionExpired);
    assert_eq!(desk.ombor.restore_outcome(), Some(outcome.clone()));

    desk.log_in("egasi").await;
    assert_eq!(desk.ombor.restore_outcome(), None);
    assert_eq!(desk.ombor.lineage_notice().await.expect("told"), None);
    let overview = desk.ombor.backup_overview().await.expect("seen");
    let names: Vec<&str> = overview.backups.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(names, [outcome.safety.as_str(), name.as_str()]);
    let log = desk.ombor.list_audit(None, 50).await.expect("the log");
    for action in ["backup_restored", "database_restored"] {
        assert!(
            log.rows.iter().any(|entry| entry.action == action),
            "{action}"
        );
    }
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vanished_second_disk_shows_in_the_stations_health_and_only_an_admin_sets_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    let stick = folder.path().join("stick");
    let mut settings = desk.ombor.backup_overview().await.expect("seen").settings;
    settings.second = Some(stick.to_string_lossy().into_owned());
    let refused = desk.ombor.save_backup_settings(settings.clone()).await;
    let refused = refused.expect_err("it is not there");
    assert_eq!(refused.code, ErrorCode::BackupFolder);
    assert_eq!(refused.params.get("folder"), settings.second.as_ref());

    std::fs::create_dir(&stick).expect("plugged in");
    let saved = desk.ombor.save_backup_settings(settings.clone()).await;
    saved.expect("saved");
    let twice = desk.ombor.take_backup().await.expect("taken");
    assert_eq!(twice.place, BackupPlace::Twice);
    desk.ombor.verify_backup(twice.name).await.expect("proven");
    std::fs::remove_dir_all(&stick).expect("taken away");
    let once = desk.ombor.take_backup().await.expect("taken all the same");
    assert_eq!(once.place, BackupPlace::Once);
    let health = desk.ombor.station_health().await.expect("seen").backup;
    assert_eq!(
        (health.state, health.failure),
        (HealthState::Warning, Some(ErrorCode::BackupFolder))
    );

    desk.log_in_as_new("ishchi", Role::Operator).await;
    let refused = [
        desk.ombor.save_backup_settings(settings).await.err(),
        desk.ombor.backup_overview().await.err(),
        desk.ombor.weigh_restore(once.name.clone()).await.err(),
        desk.ombor.cancel_backup().await.err(),
        desk.ombor.lineage_notice().await.err(),
        desk.ombor
            .restore_backup(order(&once.name, "Chorsu", PASSWORD))
            .await
            .err(),
    ];
    for error in refused {
        assert_eq!(error.expect("refused").code, ErrorCode::NotPermitted);
    }
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_is_told_to_the_admin_until_they_go_on_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_demonstration(folder.path()).await;
    has_looked(&mut desk).await;
    assert_eq!(desk.ombor.lineage_notice().await.expect("told"), None);
    desk.ombor.shut_down().await;

    // What an older copy finds beside it: a mark that knows more.
    let mark = folder.path().join("anchor.json");
    let text = std::fs::read(&mark).expect("a mark");
    let mut known: serde_json::Value = serde_json::from_slice(&text).expect("a mark");
    known["documents"] = serde_json::json!(1000);
    std::fs::write(&mark, known.to_string()).expect("written");

    let mut desk = Desk::start(folder.path()).await;
    has_looked(&mut desk).await;
    desk.log_in("egasi").await;
    let notice = desk.ombor.lineage_notice().await.expect("told");
    assert!(
        matches!(notice, Some(LineageNotice::Older { documents, .. }) if documents > 900),
        "{notice:?}"
    );
    desk.ombor.keep_backups().await;
    assert!(desk.ombor.lineage_notice().await.expect("told").is_some());
    desk.ombor.settle_lineage().await.expect("settled");
    assert_eq!(desk.ombor.lineage_notice().await.expect("told"), None);
    desk.ombor.shut_down().await;

    let mut desk = Desk::start(folder.path()).await;
    has_looked(&mut desk).await;
    desk.log_in("egasi").await;
    assert_eq!(desk.ombor.lineage_notice().await.expect("told"), None);
    desk.ombor.shut_down().await;
}

/// Several desks work on one database: what one restores, the others notice before anybody works on with what was.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_notices_what_another_one_restored_and_whoever_logs_in_then_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = Desk::with_demonstration(folder.path()).await;
    has_looked(&mut first).await;
    // One person works at one desk at a time.
    let colleague = NewUser {
        login: "hamkasb".to_owned(),
        name: "Dilnoza".to_owned(),
        role: Role::Admin,
        password: PASSWORD.to_owned(),
    };
    first.ombor.create_user(colleague).await.expect("a user");
    let backup = first.ombor.take_backup().await.expect("taken");
    post_one(folder.path()).await;
    let mut second = Desk::start(folder.path()).await;
    has_looked(&mut second).await;
    second.log_in("hamkasb").await;
    let gathered = second.ombor.desk_type_code(BOTTLE.to_owned()).await;
    assert_eq!(gathered.expect("gathered").lines.len(), 1);
    let newest = |state: DeskState| {
        state
            .recent
            .first()
            .map(|movement| movement.movement_id.clone())
    };
    let before = newest(second.ombor.desk_state().await.expect("the screen"));

    second.forget();
    let weight = first.ombor.weigh_restore(backup.name.clone()).await;
    let wanted = order(&backup.name, &weight.expect("weighed").word, PASSWORD);
    let outcome = first.ombor.restore_backup(wanted).await.expect("restored");
    assert_eq!(outcome.documents, 1);

    let refused = second.ombor.desk_type_code(BOTTLE.to_owned()).await;
    let refused = refused.expect_err("who worked with the old database is logged out");
    assert_eq!(refused.code, ErrorCode::SessionExpired);
    second.log_in("hamkasb").await;
    second.hears_of_a_restore().await;
    let state = second.ombor.desk_state().await.expect("the screen");
    assert_eq!(state.lines.len(), 0, "what was gathered is gone");
    assert_ne!(newest(state), before, "the last movement is the backup's");
    second.ombor.keep_backups().await;
    second.ombor.today().await.expect("still logged in");
    second.ombor.shut_down().await;
    first.ombor.shut_down().await;
}
