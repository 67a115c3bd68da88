//! A camera's life: unplugged, taken, covered, upside down, and back. Whatever it does, the document waits.

use ombor_desk::api::desk::{FaceHint, Phase};
use ombor_desk::api::health::HealthState;
use ombor_desk::event::Event;

use crate::stage::{ALI, BLACK, UPSIDE_DOWN};
use crate::station::{Desk, Premises};

async fn camera_is(desk: &mut Desk, state: HealthState) {
    let health = desk.ombor.station_health().await.expect("the health");
    if health.camera.state == state {
        return;
    }
    desk.hears(|event| match event {
        Event::HealthChanged(health) if health.camera.state == state => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_trouble_of_the_camera_has_its_sentence_and_ends_by_itself() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    let (desk, stage) = (&mut premises.desk, &premises.stage);
    desk.close_a_receipt().await;

    stage.break_with(|| ombor_face::Error::CameraLost);
    desk.shows(|view| view.hint == FaceHint::CameraMissing)
        .await;
    camera_is(desk, HealthState::Failed).await;

    stage.break_with(|| ombor_face::Error::CameraBusy { index: 0 });
    desk.shows(|view| view.hint == FaceHint::CameraBusy).await;
    camera_is(desk, HealthState::Failed).await;

    stage.show(&BLACK);
    desk.shows(|view| view.hint == FaceHint::CameraBlack).await;
    camera_is(desk, HealthState::Warning).await;

    stage.show(&UPSIDE_DOWN);
    desk.shows(|view| view.hint == FaceHint::CameraUpsideDown)
        .await;
    camera_is(desk, HealthState::Warning).await;

    let state = desk.ombor.desk_state().await.expect("the screen");
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    stage.show(&ALI);
    desk.reaches(Phase::Saved).await;
    camera_is(desk, HealthState::Ok).await;
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_is_back_takes_its_sentence_along_even_if_nobody_is_looked_for() {
    let mut premises = Premises::open().await;
    let (desk, stage) = (&mut premises.desk, &premises.stage);
    stage.break_with(|| ombor_face::Error::CameraLost);
    desk.shows(|view| !view.active && view.hint == FaceHint::CameraMissing)
        .await;
    stage.show(&ALI);
    desk.shows(|view| !view.active && view.hint == FaceHint::NoFace)
        .await;
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_stops_with_the_camera_and_goes_on_with_it() {
    let mut premises = Premises::open().await;
    let (desk, stage) = (&mut premises.desk, &premises.stage);
    let (sender, mut pictures) = tokio::sync::mpsc::unbounded_channel();
    desk.ombor
        .watch_preview(move |jpeg| sender.send(jpeg).is_ok());
    assert!(
        pictures
            .recv()
            .await
            .is_some_and(|jpeg| jpeg.starts_with(&[0xFF, 0xD8]))
    );
    stage.break_with(|| ombor_face::Error::CameraLost);
    desk.shows(|view| view.hint == FaceHint::CameraMissing)
        .await;
    while pictures.try_recv().is_ok() {}
    desk.ombor.station_health().await.expect("the health");
    assert!(pictures.try_recv().is_err(), "no picture of the past");
    stage.show(&ALI);
    assert!(pictures.recv().await.is_some());
    desk.ombor.shut_down().await;
}
