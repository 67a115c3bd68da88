//! Enrolment: which templates a visit leaves, and how the desks hear of it.

use anyhow::Result;
use ombor_core::{
    Error,
    people::{
        employee,
        face_template::{self, TemplateRow, Visit},
    },
};
use ombor_testkit::Warehouse;
use sqlx::PgConnection;

fn templates<const N: usize>(bytes: [u8; N]) -> Vec<TemplateRow> {
    bytes
        .into_iter()
        .map(|byte| TemplateRow {
            counts: vec![byte; 4],
            quality: Some(dec!(0.5)),
        })
        .collect()
}

/// The light and the first byte of each template that is kept.
async fn kept(connection: &mut PgConnection, version: &str) -> Result<Vec<(i16, u8)>> {
    let kept = face_template::load_all(connection, version).await?;
    Ok(kept
        .iter()
        .map(|template| (template.light, template.counts[0]))
        .collect())
}

async fn enrol<const N: usize>(
    warehouse: &Warehouse,
    connection: &mut PgConnection,
    visit: Visit,
    bytes: [u8; N],
) -> Result<(), Error> {
    let (admin, ali) = (&warehouse.admin, warehouse.employee);
    face_template::enrol(connection, admin, ali, visit, &templates(bytes), "v1").await
}

#[tokio::test]
async fn each_visit_is_a_light_of_its_own_and_the_first_one_begins_anew() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    enrol(&warehouse, connection, Visit::First, [1, 2]).await?;
    enrol(&warehouse, connection, Visit::TopUp, [3]).await?;
    assert_eq!(kept(connection, "v1").await?, [(1, 1), (1, 2), (2, 3)]);
    enrol(&warehouse, connection, Visit::Second, [4]).await?;
    enrol(&warehouse, connection, Visit::TopUp, [5]).await?;
    enrol(&warehouse, connection, Visit::TopUp, [6]).await?;
    assert_eq!(
        kept(connection, "v1").await?,
        [(1, 1), (1, 2), (2, 4), (3, 6)]
    );
    let enrolled = employee::get_employee(connection, warehouse.employee).await?;
    assert_eq!(
        (
            enrolled.template_count,
            enrolled.lights,
            enrolled.quality_percent
        ),
        (4, 2, Some(50))
    );
    enrol(&warehouse, connection, Visit::First, [7]).await?;
    assert_eq!(kept(connection, "v1").await?, [(1, 7)]);
    let again = employee::get_employee(connection, warehouse.employee).await?;
    assert_eq!((again.template_count, again.lights), (1, 1));
    Ok(())
}

#[tokio::test]
async fn a_second_visit_needs_a_first_one_of_the_same_pipeline() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    for visit in [Visit::Second, Visit::TopUp] {
        let refused = enrol(&warehouse, connection, visit, [1]).await;
        assert!(
            matches!(refused, Err(Error::EmployeeNotEnrolled)),
            "{refused:?}"
        );
    }
    enrol(&warehouse, connection, Visit::First, [1]).await?;
    let (admin, ali) = (&warehouse.admin, warehouse.employee);
    let newer = templates([2]);
    let refused = face_template::enrol(connection, admin, ali, Visit::Second, &newer, "v2").await;
    assert!(
        matches!(refused, Err(Error::EmployeeNotEnrolled)),
        "{refused:?}"
    );
    assert_eq!(kept(connection, "v1").await?, [(1, 1)], "nothing was lost");
    assert_eq!(kept(connection, "v2").await?, []);
    face_template::enrol(connection, admin, ali, Visit::First, &newer, "v2").await?;
    assert_eq!(kept(connection, "v1").await?, []);
    assert_eq!(kept(connection, "v2").await?, [(1, 2)]);
    Ok(())
}

#[tokio::test]
async fn an_erased_face_is_gone_and_the_audit_log_says_so() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    enrol(&warehouse, connection, Visit::First, [1, 2]).await?;
    employee::set_active(connection, &warehouse.admin, warehouse.employee, false).await?;
    assert_eq!(
        kept(connection, "v1").await?,
        [],
        "who left is not looked for"
    );
    let erased = face_template::erase(connection, &warehouse.admin, warehouse.employee).await?;
    assert_eq!(erased, 2);
    let left: i64 = sqlx::query_scalar("select count(*) from ombor.face_template")
        .fetch_one(&mut *connection)
        .await?;
    assert_eq!(left, 0);
    let written: Vec<(String, serde_json::Value)> = sqlx::query_as(
        "select action, details -> 'templates' from ombor.audit where action like 'face_%' order by number",
    )
    .fetch_all(connection)
    .await?;
    assert_eq!(
        written,
        [
            ("face_enrolled".to_owned(), serde_json::json!(2)),
            ("face_erased".to_owned(), serde_json::json!(2))
        ]
    );
    Ok(())
}

#[tokio::test]
async fn every_change_of_a_face_is_a_new_revision_and_a_slow_desk_records_nothing() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    let before = face_template::known_faces(connection).await?;
    assert_eq!(before.model_sha256, None);
    face_template::record_model_file(connection, before.revision, &[7; 32]).await?;
    let recorded = face_template::known_faces(connection).await?;
    assert_eq!(
        (recorded.revision, recorded.model_sha256),
        (before.revision, Some([7; 32]))
    );

    let mut last = recorded;
    enrol(&warehouse, connection, Visit::First, [1]).await?;
    for change in ["enrolled", "left", "erased"] {
        let now = face_template::known_faces(connection).await?;
        assert!(now.revision > last.revision, "{change}: {now:?}");
        assert_eq!(now.model_sha256, None, "{change}");
        face_template::record_model_file(connection, last.revision, &[8; 32]).await?;
        assert_eq!(face_template::known_faces(connection).await?, now);
        match change {
            "enrolled" => {
                employee::set_active(connection, &warehouse.admin, warehouse.employee, false)
                    .await?;
            }
            _ => {
                face_template::erase(connection, &warehouse.admin, warehouse.employee).await?;
            }
        }
        last = now;
    }
    Ok(())
}
