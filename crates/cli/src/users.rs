//! `omborctl users`: logins, also when nobody can log in any more.

use std::{
    fmt::Write as _,
    io::{BufRead, IsTerminal},
};

use clap::Subcommand;
use ombor_core::{
    actor::{Actor, Role},
    name::Name,
    people::{
        password::PasswordHash,
        user::{self, Login, NewUser, PasswordState, User},
    },
};
use serde::Serialize;
use sqlx::PgConnection;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::Outcome,
};

/// What is to be done with users.
#[derive(Subcommand)]
pub enum UsersCommand {
    /// Lists every user.
    List,
    /// Makes a user; the password is asked for, or read from standard input. On an empty warehouse: the first Admin.
    Add {
        /// The login: 2 to 32 of a-z 0-9 . _ -
        login: String,
        /// The person's name; the login if it is not given.
        #[arg(long)]
        name: Option<String>,
        /// `admin`, `operator` or `viewer`.
        #[arg(long, default_value = "operator")]
        role: Role,
        /// The user has to choose another password at the first login.
        #[arg(long)]
        must_choose: bool,
    },
    /// Gives a user another password, asked for or read from standard input; unlocks the login.
    Password {
        /// The login.
        login: String,
        /// The user has to choose another password at the next login.
        #[arg(long)]
        must_choose: bool,
    },
    /// Keeps a user from logging in and ends the user's sessions.
    Lock {
        /// The login.
        login: String,
    },
    /// Lets a user log in again, and try again after wrong passwords.
    Unlock {
        /// The login.
        login: String,
    },
}

/// A user, for a program.
#[derive(Serialize)]
struct Listed {
    login: String,
    name: String,
    role: Role,
    state: State,
    failed_logins: i32,
}

/// What keeps a user from logging in, if anything does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Active,
    Locked,
    LockedByWrongPasswords,
    NoPassword,
    MustChoosePassword,
}

impl State {
    fn of(user: &User) -> Self {
        match user {
            User { active: false, .. } => Self::Locked,
            User { locked: true, .. } => Self::LockedByWrongPasswords,
            _ => match user.password {
                PasswordState::Missing => Self::NoPassword,
                PasswordState::Given => Self::MustChoosePassword,
                PasswordState::Own => Self::Active,
            },
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
            Self::LockedByWrongPasswords => "locked by wrong passwords",
            Self::NoPassword => "no password yet",
            Self::MustChoosePassword => "has to choose a password",
        }
    }
}

impl From<User> for Listed {
    fn from(user: User) -> Self {
        Self {
            state: State::of(&user),
            login: user.login,
            name: user.name,
            role: user.role,
            failed_logins: user.failed_logins,
        }
    }
}

/// Does it, and answers with every user as they are then.
pub async fn run(
    command: &UsersCommand,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    let password = match command {
        UsersCommand::Add { .. } | UsersCommand::Password { .. } => {
            Some(PasswordHash::of(&ask_for_password()?).await?)
        }
        _ => None,
    };
    let house = match command {
        UsersCommand::Add { .. } => House::open(folder).await?,
        _ => House::open_existing(folder).await?,
    };
    let users = house
        .as_owner(async |connection, actor| {
            act(command, password, connection, actor).await?;
            Ok(user::list_users(connection, actor).await?)
        })
        .await?;
    let users: Vec<Listed> = users.into_iter().map(Listed::from).collect();
    Ok(Outcome::of(&users, || in_words(&users), in_json))
}

async fn act(
    command: &UsersCommand,
    password: Option<PasswordHash>,
    connection: &mut PgConnection,
    actor: &Actor,
) -> Result<(), Error> {
    match (command, password) {
        (
            UsersCommand::Add {
                login,
                name,
                role,
                must_choose,
            },
            Some(password),
        ) => {
            let new = NewUser {
                name: Name::parse(name.as_deref().unwrap_or(login))?,
                login: Login::parse(login)?,
                role: *role,
                password,
            };
            add(connection, actor, new, *must_choose).await?;
        }
        (UsersCommand::Password { login, must_choose }, Some(password)) => {
            let id = find(connection, actor, login).await?.id;
            if *must_choose {
                user::give_password(connection, actor, id, &password).await?;
            } else {
                user::set_password(connection, actor, id, &password).await?;
            }
        }
        (UsersCommand::Lock { login }, _) => {
            let id = find(connection, actor, login).await?.id;
            user::set_active(connection, actor, id, false).await?;
        }
        (UsersCommand::Unlock { login }, _) => {
            let id = find(connection, actor, login).await?.id;
            user::set_active(connection, actor, id, true).await?;
            user::unlock(connection, actor, id).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn add(
    connection: &mut PgConnection,
    actor: &Actor,
    new: NewUser,
    must_choose: bool,
) -> Result<(), Error> {
    let id = if new.role == Role::Admin && user::is_first_run(connection).await? {
        user::first_admin(connection, &new.login, &new.name, &new.password).await?
    } else {
        user::create_user(connection, actor, &new).await?
    };
    if must_choose {
        user::give_password(connection, actor, id, &new.password).await?;
    }
    Ok(())
}

async fn find(connection: &mut PgConnection, actor: &Actor, login: &str) -> Result<User, Error> {
    let users = user::list_users(connection, actor).await?;
    let wanted = login.trim().to_lowercase();
    users
        .into_iter()
        .find(|user| user.login == wanted)
        .ok_or_else(|| Error::NoUser(login.to_owned()))
}

/// Typed without an echo, twice; from a pipe, its first line.
fn ask_for_password() -> Result<String, Error> {
    let password = if std::io::stdin().is_terminal() {
        let once = rpassword::prompt_password("Password: ")?;
        let again = rpassword::prompt_password("Again: ")?;
        if once == again { once } else { String::new() }
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if password.is_empty() {
        return Err(Error::NoPassword);
    }
    Ok(password)
}

// Writing into a string cannot fail.
fn in_words(users: &[Listed]) -> String {
    let mut text = String::new();
    for user in users {
        let (role, state) = (user.role.as_str(), user.state.in_words());
        let _ = writeln!(
            text,
            "{:<32} {role:<9} {state:<26} {}",
            user.login, user.name
        );
    }
    if users.is_empty() {
        text.push_str("no users yet\n");
    }
    text.truncate(text.trim_end().len());
    text
}
