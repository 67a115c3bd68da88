//! Gathering a document, and what becomes of it when the light goes out.

use ombor_desk::api::desk::{DeskKey, NoticeCode, Phase};
use ombor_desk::api::health::HealthState;
use ombor_desk::api::session::Role;
use ombor_desk::event::Event;

use crate::station::Desk;

/// Coca-Cola of the demonstration: a bottle, and the box of six that it comes in.
const BOTTLE: &str = "4780010707071";
const BOX: &str = "14780010707078";

#[tokio::test(flavor = "multi_thread")]
async fn a_box_counts_as_its_pieces_and_enter_waits_for_a_face() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    desk.log_in_as_new("jasur", Role::Operator).await;
    desk.ombor
        .desk_type_code(BOX.to_owned())
        .await
        .expect("scanned");
    let state = desk
        .ombor
        .desk_type_code(BOTTLE.to_owned())
        .await
        .expect("scanned");
    let card = state.card.expect("a card");
    assert_eq!(
        (
            card.quantity.as_str(),
            card.on_hand.as_str(),
            card.after.as_str()
        ),
        ("7", "120", "127")
    );
    let state = desk.ombor.desk_key(DeskKey::Enter).await.expect("closed");
    assert_eq!(state.phase, Phase::Face);
    assert_eq!(state.recent.len(), 8, "nothing but the opening has moved");
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_was_never_finished_is_set_aside_and_the_admin_reads_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let unfinished = folder.path().join("cluster");
    std::fs::create_dir(&unfinished).expect("a cluster");
    std::fs::write(unfinished.join("PG_VERSION"), "18").expect("half of it");
    let desk = Desk::with_demonstration(folder.path()).await;
    let log = desk.ombor.list_audit(None, 500).await.expect("the log");
    let noted = log
        .rows
        .iter()
        .filter(|entry| entry.action == "cluster_set_aside")
        .count();
    assert_eq!(noted, 1);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_gathered_comes_back_after_the_light_went_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    desk.log_in_as_new("jasur", Role::Operator).await;
    desk.ombor.desk_key(DeskKey::Out).await.expect("out");
    desk.ombor
        .desk_type_code(BOTTLE.to_owned())
        .await
        .expect("scanned");
    for key in [DeskKey::Digit1, DeskKey::Digit2] {
        desk.ombor.desk_key(key).await.expect("typed");
    }
    desk.ombor.shut_down().await;
    drop(desk);

    let desk = Desk::start(folder.path()).await;
    desk.log_in("jasur").await;
    let state = desk.ombor.desk_state().await.expect("the screen");
    assert_eq!(state.notice.expect("a message").code, NoticeCode::Restored);
    assert_eq!(
        (state.lines.len(), state.lines[0].quantity.as_str()),
        (1, "12")
    );
    assert_eq!(state.lines[0].after, "108");
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_is_not_there_shows_and_the_document_waits() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_demonstration(folder.path()).await;
    desk.hears(|event| match event {
        Event::HealthChanged(health) if health.camera.state == HealthState::Failed => Some(()),
        _ => None,
    })
    .await;
    desk.log_in_as_new("jasur", Role::Operator).await;
    desk.ombor
        .desk_type_code(BOTTLE.to_owned())
        .await
        .expect("scanned");
    let state = desk.ombor.desk_key(DeskKey::Enter).await.expect("closed");
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    desk.ombor.shut_down().await;
}
