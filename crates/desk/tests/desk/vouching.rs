//! The ways on when a face does not come through.

use ombor_desk::api::desk::{FaceHint, Phase};
use ombor_desk::api::session::Role;
use ombor_desk::error::ErrorCode;

use crate::stage::{ALI, VALI};
use crate::station::{PASSWORD, Premises};

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_waits_too_long_shows_the_ways_on_and_is_not_lost() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    let desk = &mut premises.desk;
    desk.set(|settings| settings.face_patience_seconds = 3)
        .await;
    desk.close_a_receipt().await;
    desk.shows(|view| view.ways_on).await;
    let state = desk.ombor.desk_state().await.expect("the screen");
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    desk.ombor.retry_face().await.expect("again");
    desk.shows(|view| view.active && !view.ways_on).await;
    premises.stage.show(&ALI);
    desk.reaches(Phase::Saved).await;
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admins_password_vouches_without_any_camera() {
    let mut premises = Premises::open().await;
    let ali = premises.desk.employ("Ali").await;
    premises
        .stage
        .break_with(|| ombor_face::Error::CameraMissing { index: 0 });
    let desk = &mut premises.desk;
    desk.log_in_as_new("jasur", Role::Operator).await;
    desk.close_a_receipt().await;
    for (login, password, expected) in [
        ("egasi", "xato-parol", ErrorCode::WrongPassword),
        ("jasur", PASSWORD, ErrorCode::NotPermitted),
    ] {
        let refused = desk
            .ombor
            .vouch_with_password(ali.id.clone(), login.to_owned(), password.to_owned())
            .await
            .expect_err("refused");
        assert_eq!(refused.code, expected, "{login}");
    }
    let state = desk.ombor.desk_state().await.expect("the screen");
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    desk.ombor
        .vouch_with_password(ali.id, "egasi".to_owned(), PASSWORD.to_owned())
        .await
        .expect("vouched");
    let saved = desk.reaches(Phase::Saved).await;
    let confirmation = saved.confirmation.expect("a confirmation");
    assert_eq!(
        (
            confirmation.employee_name.as_str(),
            confirmation.method.as_str()
        ),
        ("Ali", "vouched_password")
    );
    desk.log_in("egasi").await;
    let report = desk.ombor.face_report().await.expect("the report");
    assert_eq!(report.methods[0].method, "vouched_password");
    assert_eq!(
        report.employees[0].recent[0].vouched_by.as_deref(),
        Some("Malika Yusupova")
    );
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_face_vouches_and_ones_own_does_not() {
    let mut premises = Premises::open().await;
    let ali = premises.enrol("Ali", &ALI).await;
    let vali = premises.enrol("Vali", &VALI).await;
    let desk = &mut premises.desk;
    desk.close_a_receipt().await;
    desk.ombor
        .vouch_with_face(ali.id.clone())
        .await
        .expect("vouching");
    premises.stage.show(&ALI);
    let refused = desk.shows(|view| view.hint == FaceHint::NotKnown).await;
    assert_eq!(refused.vouching_for.as_deref(), Some("Ali"));
    let own_badge = desk.ombor.desk_type_code(ali.badge_code).await;
    assert_eq!(
        own_badge.expect_err("refused").code,
        ErrorCode::VoucherIsEmployee
    );
    premises.stage.show(&VALI);
    let saved = desk.reaches(Phase::Saved).await;
    let confirmation = saved.confirmation.expect("a confirmation");
    assert_eq!(
        (
            confirmation.employee_name.as_str(),
            confirmation.method.as_str()
        ),
        ("Ali", "vouched_face")
    );
    let voucher: uuid::Uuid =
        sqlx::query_scalar("select vouched_by_employee_id from ombor.confirmation")
            .fetch_one(premises.database.app())
            .await
            .expect("the voucher");
    assert_eq!(voucher.to_string(), vali.id);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_vouches_where_it_is_switched_off_or_nothing_waits() {
    let mut premises = Premises::open().await;
    let ali = premises.desk.employ("Ali").await;
    let desk = &mut premises.desk;
    let early = desk.ombor.vouch_with_face(ali.id.clone()).await;
    assert_eq!(early.expect_err("refused").code, ErrorCode::NotReady);
    desk.close_a_receipt().await;
    desk.ombor
        .vouch_with_face(ali.id.clone())
        .await
        .expect("vouching");
    desk.shows(|view| view.vouching_for.as_deref() == Some("Ali"))
        .await;
    desk.ombor.cancel_vouching().await.expect("cancelled");
    desk.shows(|view| view.active && view.vouching_for.is_none())
        .await;
    desk.set(|settings| settings.vouching = false).await;
    let by_face = desk.ombor.vouch_with_face(ali.id.clone()).await;
    assert_eq!(by_face.expect_err("refused").code, ErrorCode::VouchingOff);
    let by_password = desk
        .ombor
        .vouch_with_password(ali.id, "egasi".to_owned(), PASSWORD.to_owned())
        .await;
    assert_eq!(
        by_password.expect_err("refused").code,
        ErrorCode::VouchingOff
    );
    desk.ombor.shut_down().await;
}
