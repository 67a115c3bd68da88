//! Logging in: wrong passwords slow down, then lock, with or without a network.

use sqlx::PgConnection;

use super::{
    password::{self, PasswordHash},
    session,
};
use crate::{
    Error, Result,
    actor::Actor,
    id::{SessionId, UserId},
};

/// A try that was let through: what to compare with, and how long the next one waits if this one fails.
struct Attempt {
    user: Option<UserId>,
    password_hash: Option<String>,
    next_wait_seconds: u32,
}

/// Logs a user in at a station and ends the user's earlier session there. After the third wrong password the next try
/// waits 1, 2, 4 … 300 seconds; after a hundred in a row an Admin has to unlock the login.
///
/// # Errors
/// [`Error::WrongPassword`] for a wrong password and for an unknown login alike, [`Error::LockedOut`] when the password
/// was not even looked at, [`Error::UserInactive`] when it was right, [`Error::PasswordToBeChosen`] when it was right and
/// only good for [`choose_password`].
pub async fn log_in(
    connection: &mut PgConnection,
    login: &str,
    password: &str,
    station: &str,
) -> Result<Actor> {
    let user = prove(connection, login, password, station).await?;
    open(connection, user, station).await
}

/// Puts the user's own password in the place of the one that an Admin gave, and logs the user in.
///
/// # Errors
/// As [`log_in`]; [`Error::PasswordTooShort`]; [`Error::PasswordToBeChosen`] when it is the given one again,
/// [`Error::NotFound`] when there is nothing to choose.
pub async fn choose_password(
    connection: &mut PgConnection,
    login: &str,
    given: &str,
    chosen: &str,
    station: &str,
) -> Result<Actor> {
    let user = prove(connection, login, given, station).await?;
    if chosen == given {
        return Err(Error::PasswordToBeChosen);
    }
    let hash = PasswordHash::of(chosen).await?;
    sqlx::query!(
        "select ombor.choose_password($1, $2)",
        user.as_uuid(),
        hash.as_str()
    )
    .execute(&mut *connection)
    .await?;
    open(connection, user, station).await
}

async fn open(connection: &mut PgConnection, user: UserId, station: &str) -> Result<Actor> {
    let session = SessionId::generate();
    let is_open = sqlx::query_scalar!(
        r#"select ombor.open_session($1, $2, $3) as "open!""#,
        session.as_uuid(),
        user.as_uuid(),
        station
    )
    .fetch_one(&mut *connection)
    .await?;
    if is_open {
        return session::resume(connection, session).await;
    }
    let active = sqlx::query_scalar!(
        "select active from ombor.user_account where id = $1",
        user.as_uuid()
    )
    .fetch_one(connection)
    .await?;
    Err(if active {
        Error::PasswordToBeChosen
    } else {
        Error::UserInactive
    })
}

/// Whether the password, typed anew, is that of the session's user. A wrong one counts as a failed login.
///
/// # Errors
/// As [`log_in`].
pub async fn check_anew(
    connection: &mut PgConnection,
    actor: &Actor,
    password: &str,
) -> Result<()> {
    prove(connection, &actor.login, password, "").await?;
    sqlx::query!(
        "select ombor.clear_login_failures($1)",
        actor.session_id.as_uuid()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The user whose login and password these are. The attempt is counted until whoever asked takes it back.
///
/// # Errors
/// As [`log_in`], except for users who are not active.
pub(crate) async fn prove(
    connection: &mut PgConnection,
    login: &str,
    password: &str,
    station: &str,
) -> Result<UserId> {
    let login: String = login.trim().to_lowercase().chars().take(64).collect();
    let attempt = begin(connection, &login).await?;
    let is_right = password::matches(password, attempt.password_hash).await?;
    if let (true, Some(user)) = (is_right, attempt.user) {
        return Ok(user);
    }
    sqlx::query!("select ombor.record_login_failure($1, $2)", login, station)
        .execute(connection)
        .await?;
    Err(Error::WrongPassword {
        wait_seconds: attempt.next_wait_seconds,
    })
}

async fn begin(connection: &mut PgConnection, login: &str) -> Result<Attempt> {
    let attempt = sqlx::query!(
        r#"select wait_seconds as "wait_seconds!", locked as "locked!", user_id, password_hash,
                  next_wait_seconds as "next_wait_seconds!"
           from ombor.begin_login($1)"#,
        login
    )
    .fetch_one(connection)
    .await?;
    if attempt.locked {
        return Err(Error::LockedOut { wait_seconds: None });
    }
    if attempt.wait_seconds > 0 {
        return Err(Error::LockedOut {
            wait_seconds: Some(attempt.wait_seconds.unsigned_abs()),
        });
    }
    Ok(Attempt {
        user: attempt.user_id.map(UserId::from),
        password_hash: attempt.password_hash,
        next_wait_seconds: attempt.next_wait_seconds.unsigned_abs(),
    })
}
