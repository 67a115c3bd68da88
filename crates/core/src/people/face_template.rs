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
}

/// Keeps the templates of one enrolment in one kind of light, in place of the earlier ones in that light.
///
/// # Errors
/// [`Error::EmployeeNotFound`]
pub async fn replace_templates(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
    light: i16,
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
        "select ombor.replace_templates($1, $2, $3, $4, $5, $6)",
        actor.session_id.as_uuid(),
        employee.as_uuid(),
        light,
        &counts,
        &qualities as _,
        pipeline_version
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Every template of every active employee, in the order in which a model file is written.
pub async fn load_all(connection: &mut PgConnection) -> Result<Vec<StoredTemplate>> {
    let templates = sqlx::query_as!(
        StoredTemplate,
        r#"select t.employee_id as "employee_id: EmployeeId", e.face_label, t.light, t.counts
           from ombor.face_template as t
           join ombor.employee as e on e.id = t.employee_id and e.active
           order by e.face_label, t.light, t.position"#
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

/// Remembers the SHA-256 of the model file that was written from the templates.
pub async fn record_model_file(connection: &mut PgConnection, sha256: &[u8; 32]) -> Result<()> {
    sqlx::query!("select ombor.record_model_file($1)", sha256.as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// The SHA-256 of the model file that was written last.
pub async fn model_file_hash(connection: &mut PgConnection) -> Result<Option<[u8; 32]>> {
    let hash = sqlx::query_scalar!("select sha256 from ombor.model_file")
        .fetch_optional(connection)
        .await?;
    hash.map(|hash| {
        <[u8; 32]>::try_from(hash).map_err(|_| {
            Error::Database(sqlx::Error::Protocol(
                "a model file's hash has 32 bytes".to_owned(),
            ))
        })
    })
    .transpose()
}
