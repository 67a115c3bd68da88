//! Reversal: a mistake is put right by a movement the other way, once, by an Admin.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::{DocumentId, MovementId},
    people::{confirmation, login},
};

const LONGEST_REASON: usize = 1000;

/// A reversal to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The document that the reversal becomes; made before the first try.
    pub document_id: DocumentId,
    /// The movement that the reversal becomes; made before the first try.
    pub movement_id: MovementId,
    /// The movement to be reversed.
    pub reversed_id: MovementId,
    /// Why, in the Admin's words.
    pub reason: String,
}

/// A posted reversal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedReversal {
    /// The reversing movement.
    pub movement_id: MovementId,
    /// The number of its document.
    pub number: i64,
    /// When, by the database's clock.
    pub posted_at: DateTime<Utc>,
    /// Whether it had been posted before and this is the same answer again.
    pub repeated: bool,
}

/// Reverses a movement. The Admin's password is typed anew and counts for this reversal alone.
///
/// # Errors
/// [`Error::WrongPassword`] and [`Error::LockedOut`] as at login; [`Error::AlreadyReversed`];
/// [`Error::NotReversible`] for a reversal; [`Error::InsufficientStock`] if what came in is gone already.
pub async fn reverse_movement(
    connection: &mut PgConnection,
    actor: &Actor,
    reversal: &Reversal,
    password: &str,
) -> Result<PostedReversal> {
    actor.require(Permission::ReverseMovement)?;
    let reason = reversal.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Error::DocumentIncomplete);
    }
    login::check_anew(connection, actor, password).await?;
    let confirmation = confirmation::record_admin_password(connection, actor).await?;
    let answer = sqlx::query!(
        r#"select number as "number!", posted_at as "posted_at!", repeated as "repeated!"
           from ombor.reverse_movement($1, $2, $3, $4, $5, $6)"#,
        actor.session_id.as_uuid(),
        reversal.document_id.as_uuid(),
        reversal.movement_id.as_uuid(),
        reversal.reversed_id.as_uuid(),
        confirmation.as_uuid(),
        reason
    )
    .fetch_one(connection)
    .await?;
    Ok(PostedReversal {
        movement_id: reversal.movement_id,
        number: answer.number,
        posted_at: answer.posted_at,
        repeated: answer.repeated,
    })
}
