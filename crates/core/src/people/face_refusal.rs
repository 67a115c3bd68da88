//! Faces that were looked at and not confirmed. Kept for ever, without a picture.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    id::EmployeeId,
};

/// Why a face was not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum RefusalReason {
    /// The face is not like enough.
    NotKnown,
    /// The frames do not point to one person.
    NotAgreeing,
    /// Two people are about as like.
    TwoAlike,
    /// No sign of life was seen.
    NotLive,
    /// Whose badge was scanned is not enrolled.
    ClaimNotEnrolled,
    /// Nobody is enrolled.
    NobodyEnrolled,
}

impl RefusalReason {
    /// The reason as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotKnown => "not_known",
            Self::NotAgreeing => "not_agreeing",
            Self::TwoAlike => "two_alike",
            Self::NotLive => "not_live",
            Self::ClaimNotEnrolled => "claim_not_enrolled",
            Self::NobodyEnrolled => "nobody_enrolled",
        }
    }
}

/// Whom a refused face was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldAgainst {
    /// Nobody: nobody is enrolled.
    Nobody,
    /// Whose badge was scanned.
    Claimed(EmployeeId),
    /// Who came nearest.
    Nearest(EmployeeId),
}

/// A refusal to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceRefusal {
    /// Why.
    pub reason: RefusalReason,
    /// Whom the face was held against.
    pub held_against: HeldAgainst,
    /// The verdict's score, if there was anybody to compare with.
    pub score: Option<Decimal>,
    /// The threshold that the score was held against.
    pub threshold: Option<Decimal>,
    /// The sign of life that was asked for, if any.
    pub liveness: Option<String>,
}

/// Records that a face was refused in the actor's session.
pub async fn record(
    connection: &mut PgConnection,
    actor: &Actor,
    refusal: &FaceRefusal,
) -> Result<()> {
    actor.require(Permission::ConfirmEmployee)?;
    let (employee, is_claimed) = match refusal.held_against {
        HeldAgainst::Nobody => (None, false),
        HeldAgainst::Claimed(employee) => (Some(employee.as_uuid()), true),
        HeldAgainst::Nearest(employee) => (Some(employee.as_uuid()), false),
    };
    sqlx::query!(
        "select ombor.record_face_refusal($1, $2, $3, $4, $5, $6, $7)",
        actor.session_id.as_uuid(),
        refusal.reason.as_str(),
        employee as _,
        is_claimed,
        refusal.score as _,
        refusal.threshold as _,
        refusal.liveness.as_deref() as _
    )
    .execute(connection)
    .await?;
    Ok(())
}
