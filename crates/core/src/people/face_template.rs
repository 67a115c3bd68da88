//! Face templates: histograms of an employee's face as rows. No picture is kept anywhere.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::EmployeeId,
};

/// A template to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// The histogram's counts, as the face room writes them.
    pub counts: Vec<u8>,
    /// How good the frame was, if it was measured.
    pub quality: Option<Decimal>,
}

/// A template as kept, of an active employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTemplate {
    /// Whose face it is.
    pub employee_id: EmployeeId,
    /// The employee's number in the face model.
    pub face_label: i32,
    /// The light it was taken in.
    pub light: i16,
    /// The histogram's counts.
    pub counts: Vec<u8>,
    /// How good the frame was, 0 to 1, if it was measured.
    pub quality: Option<Decimal>,
}

/// Which visit before the camera the templates are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// The first; it replaces everything that was kept.
    First,
    /// The second, in another light; it replaces an earlier second one.
    Second,
    /// A few frames more: the second light if there was none, else a third in place of an earlier third.
    TopUp,
}

impl Visit {
    fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::TopUp => "top_up",
        }
    }
}

/// Keeps the templates of one visit. Those of another pipeline version are dropped: they cannot be compared.
///
/// # Errors
/// [`Error::EmployeeNotFound`]; [`Error::EmployeeNotEnrolled`] for another visit than the first of somebody who has no
/// templates of this pipeline.
pub async fn enrol(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
    visit: Visit,
    templates: &[TemplateRow],
    pipeline_version: &str,
) -> Result<()> {
    actor.require(Permission::EnrolEmployee)?;
    let counts: Vec<Vec<u8>> = templates
        .iter()
        .map(|template| template.counts.clone())
        .collect();
    let qualities: Vec<Option<Decimal>> =
        templates.iter().map(|template| template.quality).collect();
    sqlx::query!(
        "select ombor.enrol_face($1, $2, $3, $4, $5, $6)",
        actor.session_id.as_uuid(),
        employee.as_uuid(),
        visit.as_str(),
        &counts,
        &qualities as _,
        pipeline_version
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Every template of a pipeline version of every active employee, in the order in which a model file is written.
pub async fn load_all(
    connection: &mut PgConnection,
    pipeline_version: &str,
) -> Result<Vec<StoredTemplate>> {
    let templates = sqlx::query_as!(
        StoredTemplate,
        r#"select t.employee_id as "employee_id: EmployeeId", e.face_label, t.light, t.counts, t.quality
           from ombor.face_template as t
           join ombor.employee as e on e.id = t.employee_id and e.active
           where t.pipeline_version = $1
           order by e.face_label, t.light, t.position"#,
        pipeline_version
    )
    .fetch_all(connection)
    .await?;
    Ok(templates)
}

/// Erases an employee's face and answers with the number of templates that were there.
pub async fn erase(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
) -> Result<u32> {
    actor.require(Permission::EraseTemplates)?;
    let erased = sqlx::query_scalar!(
        r#"select ombor.erase_templates($1, $2) as "erased!""#,
        actor.session_id.as_uuid(),
        employee.as_uuid()
    )
    .fetch_one(connection)
    .await?;
    Ok(erased.unsigned_abs())
}

/// The faces that are known now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFaces {
    /// Grows with every face that is enrolled or erased, at whichever desk.
    pub revision: i64,
    /// The SHA-256 of the model file of this revision, once a desk has written it.
    pub model_sha256: Option<[u8; 32]>,
}

/// Which faces are known now.
pub async fn known_faces(connection: &mut PgConnection) -> Result<KnownFaces> {
    let row = sqlx::query!("select revision, sha256 from ombor.model_file")
        .fetch_one(connection)
        .await?;
    let model_sha256 = row.sha256.map(<[u8; 32]>::try_from).transpose();
    Ok(KnownFaces {
        revision: row.revision,
        model_sha256: model_sha256.map_err(|_| {
            Error::Database(sqlx::Error::Protocol(
                "a model file's hash has 32 bytes".to_owned(),
            ))
        })?,
    })
}

/// Remembers the SHA-256 of the model file that was written from the templates of a revision. If the faces have changed
/// since, nothing is remembered.
pub async fn record_model_file(
    connection: &mut PgConnection,
    revision: i64,
    sha256: &[u8; 32],
) -> Result<()> {
    sqlx::query!(
        "select ombor.record_model_file($1, $2)",
        revision,
        sha256.as_slice()
    )
    .execute(connection)
    .await?;
    Ok(())
}
