//! The faces of a warehouse with several desks, and the two files that each desk makes of them.

use std::fs;
use std::path::{Path, PathBuf};

use ombor_desk::api::desk::{FaceHint, Phase};
use ombor_desk::api::session::Role;

use crate::stage::{ALI, Stage};
use crate::station::{Desk, Premises};

fn model(data: &Path) -> PathBuf {
    data.join("models/model.yml")
}

fn companion(data: &Path) -> PathBuf {
    data.join("models/model.bin")
}

async fn replaced(premises: &Premises) -> i64 {
    sqlx::query_scalar("select count(*) from ombor.audit where action = 'model_replaced'")
        .fetch_one(premises.database.app())
        .await
        .expect("the audit log")
}

/// The same desk, started again.
async fn restart(premises: &mut Premises) {
    premises.desk.ombor.shut_down().await;
    let (stage, folder) = (&premises.stage, premises.folder.path());
    premises.desk = Desk::before(stage, &premises.database, folder).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_desk_enrols_or_erases_the_other_desk_knows() {
    let mut premises = Premises::open().await;
    let (elsewhere, stage) = (tempfile::tempdir().expect("a folder"), Stage::empty());
    premises.desk.log_in_as_new("jasur", Role::Operator).await;
    premises.desk.log_in("egasi").await;
    let mut other = Desk::before(&stage, &premises.database, elsewhere.path()).await;
    other.log_in("jasur").await;

    let ali = premises.enrol("Ali", &ALI).await;
    other.close_a_receipt().await;
    stage.show(&ALI);
    let saved = other.reaches(Phase::Saved).await;
    assert_eq!(
        saved.confirmation.expect("a confirmation").employee_name,
        "Ali"
    );

    let erased = premises.desk.ombor.erase_templates(ali.id).await;
    erased.expect("erased");
    other.log_in("jasur").await;
    other.forget();
    other.close_a_receipt().await;
    other
        .shows(|view| view.hint == FaceHint::NobodyEnrolled)
        .await;
    premises.desk.ombor.shut_down().await;
    other.ombor.shut_down().await;
    let files = [premises.folder.path(), elsewhere.path()].map(|data| fs::read(model(data)));
    let [first, second] = files.map(|file| file.expect("a model file"));
    assert_eq!(first, second, "each desk has made the same file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tampered_model_file_is_noticed_and_made_anew() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    restart(&mut premises).await;
    premises.desk.ombor.shut_down().await;
    assert_eq!(replaced(&premises).await, 0, "an honest file is let be");
    let path = model(premises.folder.path());
    let honest = fs::read_to_string(&path).expect("a model file");
    let label = honest.find("labels").expect("labels");
    let digit = label + honest[label..].find("data: [ 1").expect("Ali's label") + 8;
    let mut foreign = honest.clone();
    foreign.replace_range(digit..=digit, "7");
    fs::write(&path, foreign).expect("tampered");

    restart(&mut premises).await;
    premises.desk.ombor.shut_down().await;
    assert_eq!(fs::read_to_string(&path).expect("a model file"), honest);
    assert_eq!(replaced(&premises).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_companion_is_made_anew_and_everybody_is_still_known() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    premises.desk.ombor.shut_down().await;
    let companion = companion(premises.folder.path());
    let before = fs::read(&companion).expect("a companion");
    fs::remove_file(&companion).expect("lost");
    restart(&mut premises).await;
    premises.desk.log_in("egasi").await;
    premises.desk.close_a_receipt().await;
    premises.stage.show(&ALI);
    premises.desk.reaches(Phase::Saved).await;
    premises.desk.ombor.shut_down().await;
    assert_eq!(fs::read(&companion).expect("a companion"), before);
}
