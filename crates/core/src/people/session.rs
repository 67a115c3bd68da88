//! Sessions: from login to logout, to 15 idle minutes (a setting) or to 12 hours, by the database's clock.

use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Role},
    id::{SessionId, UserId},
};

/// Ends the actor's session. Ending one that has ended does nothing.
pub async fn log_out(connection: &mut PgConnection, actor: &Actor) -> Result<()> {
    sqlx::query!("select ombor.end_session($1)", actor.session_id.as_uuid())
        .execute(connection)
        .await?;
    Ok(())
}

/// The actor of a session that still holds, with the role that the user has now. Does not count as activity.
///
/// # Errors
/// [`Error::SessionExpired`]
pub async fn resume(connection: &mut PgConnection, session: SessionId) -> Result<Actor> {
    require(connection, session, false).await?;
    let row = sqlx::query!(
        r#"select u.id as "user_id: UserId", u.login, u.name, u.role as "role: Role",
                  extract(epoch from s.idle_limit)::integer as "idle_limit_seconds!"
           from ombor.session as s
           join ombor.user_account as u on u.id = s.user_id
           where s.id = $1"#,
        session.as_uuid()
    )
    .fetch_one(connection)
    .await?;
    Ok(Actor {
        user_id: row.user_id,
        session_id: session,
        login: row.login,
        name: row.name,
        role: row.role,
        idle_limit_seconds: row.idle_limit_seconds.unsigned_abs(),
    })
}

/// A scan, a face or a key: the session is not idle.
///
/// # Errors
/// [`Error::SessionExpired`]
pub async fn touch(connection: &mut PgConnection, session: SessionId) -> Result<()> {
    require(connection, session, true).await
}

async fn require(connection: &mut PgConnection, session: SessionId, active: bool) -> Result<()> {
    let holds = sqlx::query_scalar!(
        r#"select ombor.touch_session($1, $2) as "holds!""#,
        session.as_uuid(),
        active
    )
    .fetch_one(connection)
    .await?;
    if holds {
        Ok(())
    } else {
        Err(Error::SessionExpired)
    }
}
