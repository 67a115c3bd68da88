//! A face before the gate: what is asked of it, who is let through, and what is written down.

use ombor_desk::api::desk::{FaceHint, FaceView, Phase};
use ombor_desk::api::face_report::{FaceReport, ProposesBadges};
use ombor_desk::api::session::Role;
use ombor_desk::api::settings::ConfirmationMode;
use ombor_desk::error::ErrorCode;

use crate::stage::{ALI, NOBODY, PHOTO_OF_ALI, STRANGER, VALI};
use crate::station::Premises;

fn asks_for_an_act(view: &FaceView) -> bool {
    matches!(
        view.hint,
        FaceHint::Blink | FaceHint::TurnLeft | FaceHint::TurnRight
    )
}

fn refused(report: &FaceReport, reason: &str) -> u32 {
    let counts = report.refusals.iter();
    counts
        .filter(|count| count.reason == reason)
        .map(|count| count.today)
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_that_does_what_is_asked_saves_the_document_and_all_figures_are_kept() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    let desk = &mut premises.desk;
    desk.close_a_receipt().await;
    premises.stage.show(&ALI);
    desk.shows(asks_for_an_act).await;
    let saved = desk.reaches(Phase::Saved).await;
    let confirmation = saved.confirmation.expect("a confirmation");
    assert_eq!(
        (
            confirmation.employee_name.as_str(),
            confirmation.method.as_str()
        ),
        ("Ali", "face")
    );
    let (liveness, version, in_order): (String, String, bool) = sqlx::query_as(
        "select liveness, pipeline_version, score < threshold and agreeing_share >= 0.8 from ombor.confirmation",
    )
    .fetch_one(premises.database.app())
    .await
    .expect("the confirmation");
    assert!(
        ["blink", "turnLeft", "turnRight"].contains(&liveness.as_str()),
        "{liveness}"
    );
    assert_eq!(version, ombor_face::PIPELINE_VERSION);
    assert!(in_order, "the figures are those of a yes");
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_is_held_still_is_refused_and_counted_and_the_document_waits() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    let desk = &mut premises.desk;
    desk.close_a_receipt().await;
    premises.stage.show(&PHOTO_OF_ALI);
    desk.shows(|view| view.hint == FaceHint::NotLive).await;
    let state = desk.ombor.desk_state().await.expect("the screen");
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    desk.reports(|report| refused(report, "notLive") > 0).await;

    desk.set(|settings| settings.liveness = false).await;
    let saved = desk.reaches(Phase::Saved).await;
    assert!(
        saved.confirmation.is_some(),
        "without a sign of life a photo does: that is what the setting says"
    );
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_and_the_owner_sees_how_often_and_why() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    premises.enrol("Vali", &VALI).await;
    let desk = &mut premises.desk;
    desk.close_a_receipt().await;
    premises.stage.show(&STRANGER);
    desk.shows(|view| view.hint == FaceHint::NotKnown).await;
    premises.stage.show(&NOBODY);
    let report = desk.reports(|report| refused(report, "notKnown") > 0).await;
    assert_eq!(report.proposes_badges, ProposesBadges::OneLightOnly);
    assert_eq!(report.methods, [], "nobody was confirmed");
    desk.log_in_as_new("jasur", Role::Operator).await;
    let refused = desk.ombor.face_report().await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::NotPermitted);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_badges_are_asked_for_only_the_face_of_the_badge_counts() {
    let mut premises = Premises::open().await;
    let ali = premises.enrol("Ali", &ALI).await;
    let vali = premises.enrol("Vali", &VALI).await;
    let desk = &mut premises.desk;
    desk.set(|settings| settings.confirmation_mode = ConfirmationMode::BadgeFace)
        .await;
    desk.close_a_receipt().await;
    premises.stage.show(&ALI);
    desk.shows(|view| view.active && view.hint == FaceHint::ScanBadge)
        .await;

    let scanned = desk.ombor.desk_type_code(vali.badge_code).await;
    scanned.expect("a badge");
    let refused = desk.shows(|view| view.hint == FaceHint::NotKnown).await;
    assert_eq!(refused.claimed_name.as_deref(), Some("Vali"));

    let scanned = desk.ombor.desk_type_code(ali.badge_code).await;
    scanned.expect("a badge");
    let saved = desk.reaches(Phase::Saved).await;
    let confirmation = saved.confirmation.expect("a confirmation");
    assert_eq!(
        (
            confirmation.employee_name.as_str(),
            confirmation.method.as_str()
        ),
        ("Ali", "badge_face")
    );
    let report = desk.ombor.face_report().await.expect("the report");
    let row = |name: &str| report.employees.iter().find(|row| row.name == name);
    assert_eq!(row("Ali").expect("Ali").recent[0].method, "badge_face");
    assert!(row("Vali").expect("Vali").refused_month > 0);
    desk.ombor.shut_down().await;
}
