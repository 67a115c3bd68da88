//! Who may not, and what may not.

use ombor_desk::api::desk::{DeskKey, NoticeCode, Phase};
use ombor_desk::api::session::Role;
use ombor_desk::error::ErrorCode;

use crate::station::Desk;

const BOTTLE: &str = "4780010707071";

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_moves_nothing_and_the_attempt_is_written_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    desk.log_in_as_new("kuzatuvchi", Role::Viewer).await;
    let refused = desk
        .ombor
        .desk_type_code(BOTTLE.to_owned())
        .await
        .expect_err("refused");
    assert_eq!(refused.code, ErrorCode::NotPermitted);
    let refused = desk.ombor.take_backup().await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::NotPermitted);
    assert!(
        !desk.ombor.list_categories().await.expect("seen").is_empty(),
        "a Viewer sees the catalogue"
    );
    desk.log_in("egasi").await;
    let log = desk.ombor.list_audit(None, 50).await.expect("the log");
    let written: Vec<_> = log
        .rows
        .iter()
        .filter(|entry| entry.action == "not_permitted")
        .collect();
    assert_eq!(written.len(), 2, "{written:?}");
    assert_eq!(written[0].user_name.as_deref(), Some("kuzatuvchi"));
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_beyond_the_stock_is_refused_before_the_face() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    desk.ombor.desk_key(DeskKey::Out).await.expect("out");
    desk.ombor
        .desk_type_code(BOTTLE.to_owned())
        .await
        .expect("scanned");
    let mut state = desk.ombor.desk_state().await.expect("the screen");
    for key in [
        DeskKey::Digit5,
        DeskKey::Digit0,
        DeskKey::Digit0,
        DeskKey::Enter,
    ] {
        state = desk.ombor.desk_key(key).await.expect("typed");
    }
    assert_eq!(state.phase, Phase::Refused);
    let notice = state.notice.expect("a message");
    assert_eq!(notice.code, NoticeCode::InsufficientStock);
    assert_eq!(
        (
            notice.lines[0].wanted.as_str(),
            notice.lines[0].available.as_str()
        ),
        ("500", "120")
    );
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_before_somebody_logs_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::start(folder.path()).await;
    let refused = desk
        .ombor
        .desk_key(DeskKey::Enter)
        .await
        .expect_err("refused");
    assert_eq!(refused.code, ErrorCode::SessionExpired);
    let refused = desk
        .ombor
        .log_in("egasi".to_owned(), "xato-parol".to_owned())
        .await
        .expect_err("refused");
    assert_eq!(refused.code, ErrorCode::WrongPassword);
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_an_admin_gave_is_good_for_choosing_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::with_demonstration(folder.path()).await;
    desk.log_in_as_new("ombchi", Role::Operator).await;
    desk.log_in("egasi").await;
    let users = desk.ombor.list_users().await.expect("users");
    let user = users.iter().find(|user| user.login == "ombchi");
    let (given, own) = ("vaqtincha-11", "faqat-meniki-7");
    desk.ombor
        .set_user_password(user.expect("made").id.clone(), given.to_owned())
        .await
        .expect("given");
    let chosen = async |password: &str| {
        desk.ombor
            .choose_password("ombchi".to_owned(), given.to_owned(), password.to_owned())
            .await
    };
    let asked = desk
        .ombor
        .log_in("ombchi".to_owned(), given.to_owned())
        .await
        .expect_err("another one is asked for");
    assert_eq!(asked.code, ErrorCode::PasswordToBeChosen);
    let same = chosen(given).await.expect_err("the same is no other");
    assert_eq!(same.code, ErrorCode::PasswordToBeChosen);
    assert_eq!(chosen(own).await.expect("chosen").login, "ombchi");
    desk.ombor
        .log_in("ombchi".to_owned(), own.to_owned())
        .await
        .expect("one's own");
    desk.ombor.shut_down().await;
}
