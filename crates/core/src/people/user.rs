//! Users: logins with a role.

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::password::PasswordHash;
use crate::{
    Error, Result,
    actor::{Actor, Permission, Role},
    id::UserId,
    name::Name,
};

/// What a user types to say who they are: 2 to 32 of `a-z 0-9 . _ -`, beginning with a letter or a digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// Reads a login; capital letters count as small ones.
    ///
    /// # Errors
    /// [`Error::InvalidLogin`]
    pub fn parse(text: &str) -> Result<Self> {
        let login = text.trim().to_ascii_lowercase();
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let mut bytes = login.bytes();
        if (2..=32).contains(&login.len())
            && bytes.next().is_some_and(is_plain)
            && bytes.all(|byte| is_plain(byte) || b"._-".contains(&byte))
        {
            Ok(Self(login))
        } else {
            Err(Error::InvalidLogin)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A user to be made.
pub struct NewUser {
    /// The login; must be free.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// What the user may do.
    pub role: Role,
    /// The first password.
    pub password: PasswordHash,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user.
    pub id: UserId,
    /// The login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// Whether the user can log in.
    pub active: bool,
    /// Wrong passwords since the last right one.
    pub failed_logins: i32,
    /// When the next password will be looked at, if one has to wait.
    pub locked_until: Option<DateTime<Utc>>,
    /// Whether only an Admin can unlock the login.
    pub locked: bool,
    /// Whose choice the password is.
    pub password: PasswordState,
}

/// Whose choice a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordState {
    /// There is none: a user of an old program, before an Admin gives one.
    Missing,
    /// It was given, and the user has to choose another before the next session.
    Given,
    /// It is the one to log in with.
    Own,
}

/// Whether the warehouse still needs its first Admin: nobody has a password yet.
pub async fn is_first_run(connection: &mut PgConnection) -> Result<bool> {
    let has_user =
        sqlx::query_scalar!(
            r#"select exists (select from ombor.user_account where password_hash is not null) as "exists!""#
        )
        .fetch_one(connection)
        .await?;
    Ok(!has_user)
}

/// Makes the first Admin; there is no default one. A user of an old program who has this login and no password yet
/// becomes the Admin.
///
/// # Errors
/// [`Error::UsersExist`]
pub async fn first_admin(
    connection: &mut PgConnection,
    login: &Login,
    name: &Name,
    password: &PasswordHash,
) -> Result<UserId> {
    let id = sqlx::query_scalar!(
        r#"select ombor.create_first_admin($1, $2, $3, $4) as "id!: UserId""#,
        UserId::generate().as_uuid(),
        login.as_str(),
        name.as_str(),
        password.as_str()
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Makes a user.
///
/// # Errors
/// [`Error::LoginTaken`]
pub async fn create_user(
    connection: &mut PgConnection,
    actor: &Actor,
    user: &NewUser,
) -> Result<UserId> {
    actor.require(Permission::CreateUser)?;
    let id = UserId::generate();
    sqlx::query!(
        "select ombor.create_user($1, $2, $3, $4, $5, $6)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        user.login.as_str(),
        user.name.as_str(),
        user.role.as_str(),
        user.password.as_str()
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// Every user, by login; the local owner is none.
pub async fn list_users(connection: &mut PgConnection, actor: &Actor) -> Result<Vec<User>> {
    actor.require(Permission::ViewUsers)?;
    let rows = sqlx::query!(
        r#"select u.id as "id: UserId", u.login, u.name, u.role as "role: Role", u.active,
                  coalesce(a.failures, 0) as "failed_logins!",
                  case when a.failures >= 3 then a.last_failed_at + ombor.login_delay(a.failures) end as locked_until,
                  coalesce(a.failures >= 100, false) as "locked!", u.password_hash is not null as "has_password!",
                  u.must_choose_password
           from ombor.user_account as u
           left join ombor.login_attempt as a on a.login = u.login
           where not u.local_owner
           order by u.login"#
    )
    .fetch_all(connection)
    .await?;
    let users = rows.into_iter().map(|row| User {
        id: row.id,
        login: row.login,
        name: row.name,
        role: row.role,
        active: row.active,
        failed_logins: row.failed_logins,
        locked_until: row.locked_until,
        locked: row.locked,
        password: match (row.has_password, row.must_choose_password) {
            (false, _) => PasswordState::Missing,
            (true, true) => PasswordState::Given,
            (true, false) => PasswordState::Own,
        },
    });
    Ok(users.collect())
}

/// Activates a user, or deactivates one and ends all of the user's sessions.
///
/// # Errors
/// [`Error::LastAdmin`]
pub async fn set_active(
    connection: &mut PgConnection,
    actor: &Actor,
    user: UserId,
    active: bool,
) -> Result<()> {
    let change = Change {
        active: Some(active),
        ..Change::default()
    };
    write(connection, actor, user, change).await
}

/// Gives a user another role; it counts from the user's next act on.
///
/// # Errors
/// [`Error::LastAdmin`]
pub async fn set_role(
    connection: &mut PgConnection,
    actor: &Actor,
    user: UserId,
    role: Role,
) -> Result<()> {
    let change = Change {
        role: Some(role),
        ..Change::default()
    };
    write(connection, actor, user, change).await
}

/// Gives a user another password, unlocks the login and ends all of the user's other sessions.
pub async fn set_password(
    connection: &mut PgConnection,
    actor: &Actor,
    user: UserId,
    password: &PasswordHash,
) -> Result<()> {
    let change = Change {
        password: Some(password),
        must_choose_password: Some(false),
        ..Change::default()
    };
    write(connection, actor, user, change).await
}

/// Gives a user a password that opens no session: the user has to choose another with it. Unlocks the login and ends all
/// of the user's other sessions.
pub async fn give_password(
    connection: &mut PgConnection,
    actor: &Actor,
    user: UserId,
    password: &PasswordHash,
) -> Result<()> {
    let change = Change {
        password: Some(password),
        must_choose_password: Some(true),
        ..Change::default()
    };
    write(connection, actor, user, change).await
}

/// Lets a login that was locked by wrong passwords try again.
pub async fn unlock(connection: &mut PgConnection, actor: &Actor, user: UserId) -> Result<()> {
    actor.require(Permission::ChangeUser)?;
    sqlx::query!(
        "select ombor.unlock_user($1, $2)",
        actor.session_id.as_uuid(),
        user.as_uuid()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What of a user is to be another.
#[derive(Default)]
struct Change<'a> {
    active: Option<bool>,
    role: Option<Role>,
    password: Option<&'a PasswordHash>,
    must_choose_password: Option<bool>,
}

async fn write(
    connection: &mut PgConnection,
    actor: &Actor,
    user: UserId,
    change: Change<'_>,
) -> Result<()> {
    actor.require(Permission::ChangeUser)?;
    sqlx::query!(
        "select ombor.change_user($1, $2, $3, $4, $5, $6)",
        actor.session_id.as_uuid(),
        user.as_uuid(),
        change.active as _,
        change.role.map(Role::as_str) as _,
        change.password.map(PasswordHash::as_str) as _,
        change.must_choose_password as _
    )
    .execute(connection)
    .await?;
    Ok(())
}
