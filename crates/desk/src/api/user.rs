//! Users: logins with a role.

use ombor_core::name::Name;
use ombor_core::people::password::PasswordHash;
use ombor_core::people::user::{self, Login};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::time;

use super::session::Role;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user.
    pub id: String,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// They may log in.
    pub active: bool,
    /// Too many wrong passwords: only an Admin can let them in again, by a new password.
    pub locked: bool,
    /// Wrong passwords: until then nobody can log in as them.
    pub locked_until: Option<String>,
}

/// A user to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first password.
    pub password: String,
}

impl From<user::User> for User {
    fn from(user: user::User) -> Self {
        Self {
            id: user.id.to_string(),
            login: user.login,
            name: user.name,
            role: user.role.into(),
            active: user.active,
            locked: user.locked,
            locked_until: user.locked_until.map(time),
        }
    }
}

impl Ombor {
    /// Every user, by login.
    pub async fn list_users(&self) -> Result<Vec<User>> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let users = user::list_users(connection, actor).await;
        Ok(work
            .done(users)
            .await?
            .into_iter()
            .map(User::from)
            .collect())
    }

    /// Makes a user.
    pub async fn create_user(&self, input: NewUser) -> Result<User> {
        let new = parse(input).await.map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let created = user::create_user(connection, actor, &new).await;
        let id = work.done(created).await?.to_string();
        self.changed(&[ChangeTag::User, ChangeTag::Audit]);
        let mut users = self.list_users().await?;
        users.retain(|user| user.id == id);
        users
            .pop()
            .ok_or_else(|| fault::from_core(ombor_core::Error::NotFound))
    }

    /// Lets a user log in, or not any more.
    pub async fn set_user_active(&self, id: String, active: bool) -> Result<()> {
        let id = id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let done = user::set_active(connection, actor, id, active).await;
        work.done(done).await?;
        self.changed(&[ChangeTag::User, ChangeTag::Audit]);
        Ok(())
    }

    /// Gives a user another role.
    pub async fn set_user_role(&self, id: String, role: Role) -> Result<()> {
        let id = id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let done = user::set_role(connection, actor, id, role.into()).await;
        work.done(done).await?;
        self.changed(&[ChangeTag::User, ChangeTag::Audit]);
        Ok(())
    }

    /// Gives a user another password, with which somebody else than the Admin has to choose one at the login; it unlocks
    /// a login that wrong passwords had locked.
    pub async fn set_user_password(&self, id: String, password: String) -> Result<()> {
        let id = id.parse().map_err(fault::from_core)?;
        let hash = PasswordHash::of(&password)
            .await
            .map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let done = if id == actor.user_id() {
            user::set_password(connection, actor, id, &hash).await
        } else {
            user::give_password(connection, actor, id, &hash).await
        };
        work.done(done).await?;
        self.changed(&[ChangeTag::User, ChangeTag::Audit]);
        Ok(())
    }
}

async fn parse(input: NewUser) -> ombor_core::Result<user::NewUser> {
    Ok(user::NewUser {
        login: Login::parse(&input.login)?,
        name: Name::parse(&input.name)?,
        role: input.role.into(),
        password: PasswordHash::of(&input.password).await?,
    })
}
