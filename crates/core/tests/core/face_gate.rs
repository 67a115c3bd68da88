//! The face gate's rules of this warehouse, and its report.

use anyhow::Result;
use ombor_core::{
    Error,
    name::Name,
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        employee,
        face_refusal::{self, FaceRefusal, HeldAgainst, RefusalReason},
        face_report::{BadgeProposal, Count, face_report},
        face_template::{self, TemplateRow, Visit},
        vouching,
    },
    settings::{ConfirmationMode, get_settings, put_settings},
};
use ombor_testkit::{PASSWORD, Warehouse};
use rust_decimal::Decimal;

fn face(warehouse: &Warehouse, score: Decimal) -> NewConfirmation {
    NewConfirmation {
        employee_id: warehouse.employee,
        method: ConfirmationMethod::Face,
        score: Some(score),
        threshold: Some(dec!(0.90)),
        agreeing_share: Some(dec!(1)),
        liveness: Some("blink".to_owned()),
        pipeline_version: Some("test".to_owned()),
    }
}

fn refusal(reason: RefusalReason, held_against: HeldAgainst, score: Decimal) -> FaceRefusal {
    FaceRefusal {
        reason,
        held_against,
        score: Some(score),
        threshold: Some(dec!(0.90)),
        liveness: None,
    }
}

fn count<T>(of: T, today: u32) -> Count<T> {
    Count {
        of,
        today,
        month: today,
    }
}

#[tokio::test]
async fn a_face_alone_is_refused_where_the_badge_is_asked_for() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut settings = get_settings(&mut connection).await?;
    settings.confirmation_mode = ConfirmationMode::BadgeFace;
    put_settings(&mut connection, &warehouse.admin, &settings).await?;
    let alone = face(&warehouse, dec!(0.8));
    let refused = confirmation::record(&mut connection, &warehouse.operator, &alone).await;
    assert!(
        matches!(refused, Err(Error::ConfirmationForeign)),
        "{refused:?}"
    );
    let with_badge = NewConfirmation {
        method: ConfirmationMethod::BadgeFace,
        ..alone
    };
    confirmation::record(&mut connection, &warehouse.operator, &with_badge).await?;
    Ok(())
}

#[tokio::test]
async fn a_face_without_a_sign_of_life_is_refused_unless_that_is_switched_off() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let still = NewConfirmation {
        liveness: None,
        ..face(&warehouse, dec!(0.8))
    };
    let refused = confirmation::record(&mut connection, &warehouse.operator, &still).await;
    assert!(
        matches!(refused, Err(Error::LivenessMissing)),
        "{refused:?}"
    );
    let mut settings = get_settings(&mut connection).await?;
    settings.liveness = false;
    put_settings(&mut connection, &warehouse.admin, &settings).await?;
    confirmation::record(&mut connection, &warehouse.operator, &still).await?;
    Ok(())
}

#[tokio::test]
async fn the_report_counts_refusals_and_methods_and_says_whom_to_top_up() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    let (admin, operator, ali) = (&warehouse.admin, &warehouse.operator, warehouse.employee);
    let vali = employee::create_employee(connection, admin, &Name::parse("Vali")?).await?;
    let template = TemplateRow {
        counts: vec![1; 4],
        quality: Some(dec!(0.75)),
    };
    for person in [ali, vali.id] {
        for visit in [Visit::First, Visit::Second] {
            let templates = std::slice::from_ref(&template);
            face_template::enrol(connection, admin, person, visit, templates, "test").await?;
        }
    }
    for score in [dec!(0.60), dec!(0.61)] {
        confirmation::record(connection, operator, &face(&warehouse, score)).await?;
    }
    vouching::vouch_by_password(connection, operator, ali, "admin", PASSWORD).await?;
    for _ in 0..3 {
        let near = refusal(
            RefusalReason::NotKnown,
            HeldAgainst::Nearest(vali.id),
            dec!(0.93),
        );
        face_refusal::record(connection, operator, &near).await?;
    }
    let stranger = refusal(
        RefusalReason::NotKnown,
        HeldAgainst::Nearest(ali),
        dec!(1.01),
    );
    face_refusal::record(connection, operator, &stranger).await?;
    let still = refusal(
        RefusalReason::NotLive,
        HeldAgainst::Claimed(ali),
        dec!(0.97),
    );
    face_refusal::record(connection, operator, &still).await?;

    let report = face_report(connection, admin).await?;
    assert_eq!(report.proposes_badges, BadgeProposal::No);
    assert_eq!(
        report.refusals,
        [
            count(RefusalReason::NotKnown, 4),
            count(RefusalReason::NotLive, 1)
        ]
    );
    assert_eq!(
        report.methods,
        [
            count(ConfirmationMethod::Face, 2),
            count(ConfirmationMethod::VouchedPassword, 1)
        ]
    );
    let [first, second] = report.employees.as_slice() else {
        panic!("two employees, not {:?}", report.employees);
    };
    assert_eq!((first.refused_month, first.needs_top_up), (1, false));
    assert_eq!((second.refused_month, second.needs_top_up), (3, true));
    assert_eq!(
        (first.employee.lights, first.employee.quality_percent),
        (2, Some(75))
    );
    assert_eq!(first.recent.len(), 3);
    assert_eq!(first.recent[0].vouched_by.as_deref(), Some("Aziza"));
    assert_eq!(first.recent[1].score, Some(dec!(0.610000)));
    assert_eq!(first.recent[1].liveness.as_deref(), Some("blink"));
    Ok(())
}

#[tokio::test]
async fn whose_scores_lie_close_to_the_threshold_needs_a_top_up() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    let (admin, ali) = (&warehouse.admin, warehouse.employee);
    let template = TemplateRow {
        counts: vec![1; 4],
        quality: None,
    };
    face_template::enrol(connection, admin, ali, Visit::First, &[template], "test").await?;
    for score in [dec!(0.60), dec!(0.89), dec!(0.885)] {
        confirmation::record(connection, &warehouse.operator, &face(&warehouse, score)).await?;
    }
    let report = face_report(connection, admin).await?;
    assert!(report.employees[0].needs_top_up);
    assert_eq!(report.proposes_badges, BadgeProposal::OneLightOnly);
    Ok(())
}

#[tokio::test]
async fn past_twenty_enrolled_people_badges_are_proposed_and_never_forced() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    let admin = &warehouse.admin;
    let template = TemplateRow {
        counts: vec![1; 4],
        quality: None,
    };
    for number in 0..21 {
        let report = face_report(connection, admin).await?;
        assert_eq!(report.proposes_badges, BadgeProposal::No, "with {number}");
        let name = Name::parse(&format!("Xodim {number}"))?;
        let person = employee::create_employee(connection, admin, &name).await?;
        for visit in [Visit::First, Visit::Second] {
            let templates = std::slice::from_ref(&template);
            face_template::enrol(connection, admin, person.id, visit, templates, "test").await?;
        }
    }
    let report = face_report(connection, admin).await?;
    assert_eq!(report.proposes_badges, BadgeProposal::ManyPeople);
    assert_eq!(report.mode, ConfirmationMode::Face);
    let alone = face(&warehouse, dec!(0.8));
    confirmation::record(connection, &warehouse.operator, &alone).await?;
    Ok(())
}
