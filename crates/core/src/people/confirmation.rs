//! Confirmations: an employee's yes in a session. One holds for five minutes by the database's clock.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::{ConfirmationId, EmployeeId},
};

/// How somebody was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConfirmationMethod {
    /// The face alone, among all who are enrolled.
    Face,
    /// The badge says who, the face says yes.
    BadgeFace,
    /// Another employee's face vouches.
    VouchedFace,
    /// An Admin's password vouches.
    VouchedPassword,
    /// An Admin's own password, for a reversal.
    AdminPassword,
}

impl ConfirmationMethod {
    /// The method as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::BadgeFace => "badge_face",
            Self::VouchedFace => "vouched_face",
            Self::VouchedPassword => "vouched_password",
            Self::AdminPassword => "admin_password",
        }
    }
}

/// A recognition to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConfirmation {
    /// Who was recognised.
    pub employee_id: EmployeeId,
    /// How: by the face alone, or by badge and face.
    pub method: ConfirmationMethod,
    /// The verdict's score; a face has one.
    pub score: Option<Decimal>,
    /// The threshold that the score was held against.
    pub threshold: Option<Decimal>,
    /// The share of the window's frames that agreed, 0 to 1.
    pub agreeing_share: Option<Decimal>,
    /// The sign of life that was asked for and seen, if any.
    pub liveness: Option<String>,
    /// The version of the face pipeline.
    pub pipeline_version: Option<String>,
}

/// A confirmation that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The confirmation.
    pub id: ConfirmationId,
    /// Who said yes.
    pub employee_id: EmployeeId,
    /// That person's name.
    pub employee_name: String,
    /// How.
    pub method: ConfirmationMethod,
    /// When, by the database's clock.
    pub confirmed_at: DateTime<Utc>,
    /// Until when it holds, by the database's clock.
    pub valid_until: DateTime<Utc>,
    /// What was left of it when the database answered, in milliseconds.
    pub remaining_ms: u32,
}

/// Records that an employee was recognised in the actor's session.
///
/// # Errors
/// [`Error::EmployeeNotFound`] also for one who is not active; [`Error::ConfirmationForeign`] for a method that is not a
/// face's, and for a face alone where the warehouse asks for the badge too; [`Error::LivenessMissing`].
pub async fn record(
    connection: &mut PgConnection,
    actor: &Actor,
    confirmation: &NewConfirmation,
) -> Result<Confirmation> {
    actor.require(Permission::ConfirmEmployee)?;
    let id = ConfirmationId::generate();
    sqlx::query!(
        r#"select confirmed_at from ombor.record_confirmation($1, $2, $3, $4, $5, $6, $7, $8, $9)"#,
        actor.session_id.as_uuid(),
        id.as_uuid(),
        confirmation.employee_id.as_uuid(),
        confirmation.method.as_str(),
        confirmation.score as _,
        confirmation.threshold as _,
        confirmation.agreeing_share as _,
        confirmation.liveness.as_deref() as _,
        confirmation.pipeline_version.as_deref() as _
    )
    .fetch_one(&mut *connection)
    .await?;
    get(connection, actor, id).await
}

/// A confirmation of the actor's session that was recorded just now.
pub(super) async fn get(
    connection: &mut PgConnection,
    actor: &Actor,
    id: ConfirmationId,
) -> Result<Confirmation> {
    select(connection, actor, Some(id))
        .await?
        .ok_or(Error::ConfirmationExpired)
}

/// Records that the Admin behind the session typed the password anew. The caller has compared it.
pub(crate) async fn record_admin_password(
    connection: &mut PgConnection,
    actor: &Actor,
) -> Result<ConfirmationId> {
    let id = ConfirmationId::generate();
    sqlx::query!(
        r#"select confirmed_at
           from ombor.record_confirmation($1, $2, null, 'admin_password', null, null, null, null, null)"#,
        actor.session_id.as_uuid(),
        id.as_uuid()
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// The newest confirmation of an employee in the actor's session that still holds.
pub async fn current(connection: &mut PgConnection, actor: &Actor) -> Result<Option<Confirmation>> {
    select(connection, actor, None).await
}

async fn select(
    connection: &mut PgConnection,
    actor: &Actor,
    id: Option<ConfirmationId>,
) -> Result<Option<Confirmation>> {
    let row = sqlx::query!(
        r#"select c.id as "id: ConfirmationId", e.id as "employee_id: EmployeeId", e.name,
                  c.method as "method: ConfirmationMethod", c.confirmed_at, c.valid_until,
                  floor(extract(epoch from c.valid_until - clock_timestamp()) * 1000)::integer as "remaining_ms!"
           from ombor.confirmation as c
           join ombor.employee as e on e.id = c.employee_id and e.active
           where c.session_id = $1 and clock_timestamp() between c.confirmed_at and c.valid_until
               and ($2::uuid is null or c.id = $2)
           order by c.confirmed_at desc
           limit 1"#,
        actor.session_id.as_uuid(),
        id.map(ConfirmationId::as_uuid) as _
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Confirmation {
        id: row.id,
        employee_id: row.employee_id,
        employee_name: row.name,
        method: row.method,
        confirmed_at: row.confirmed_at,
        valid_until: row.valid_until,
        remaining_ms: row.remaining_ms.unsigned_abs(),
    }))
}
