//! Databases beside the application's own: made, removed, exchanged. The backups' rehearsals and restores stand on it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::{Attached, ConnectInfo, Error, server};

/// How often connections to a database that changes its name are cut off until none is left.
const CUT_OFF_EVERY: Duration = Duration::from_millis(50);
/// An exchange is tried this often against programs that connect again at once. Each try waits five seconds.
const EXCHANGE_TRIES: u32 = 3;

/// Who has the right to make and rename databases.
#[derive(Debug, Clone, Copy)]
pub enum Steward<'a> {
    /// The helper of the bundled server, which keeps the superuser to itself.
    Helper(&'a Attached),
    /// A login of another server that may create databases.
    Login(&'a ConnectInfo),
}

/// What is done to a database beside the application's. Every name begins with the application's database and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Act {
    /// Makes an empty database that grants what the application's grants.
    Create { name: String, owner: String },
    /// Removes a database, whoever is connected to it.
    Drop { name: String },
    /// Gives the application's database the name `former`, and `fresh` its own, at one instant.
    Exchange { fresh: String, former: String },
    /// Ends the current piece of the log, so that it is handed out to the journal.
    CloseSegment,
    /// Starts the bundled server anew; connections are cut off.
    Restart,
}

impl Steward<'_> {
    /// The application's database.
    pub(crate) fn database(&self) -> &str {
        match self {
            Self::Helper(attached) => attached.database(),
            Self::Login(info) => &info.database,
        }
    }

    /// Ends the current piece of the server's log, so that it is handed out to the journal.
    ///
    /// # Errors
    /// [`Error::Refused`]
    pub async fn close_segment(&self) -> Result<(), Error> {
        self.carry_out(Act::CloseSegment).await
    }

    /// Starts the bundled server anew; connections are cut off.
    ///
    /// # Errors
    /// [`Error::Refused`] for another server, and what keeps the bundled one from starting.
    pub async fn restart(&self) -> Result<(), Error> {
        self.carry_out(Act::Restart).await
    }

    pub(crate) async fn carry_out(&self, act: Act) -> Result<(), Error> {
        match self {
            Self::Helper(attached) => attached.keep_databases(act).await,
            Self::Login(info) => {
                carry_out(&info.in_database("postgres"), &info.database, &act).await
            }
        }
    }
}

/// Does it as the login of `info`, which is connected to another database than those that are touched.
pub(crate) async fn carry_out(
    info: &ConnectInfo,
    application: &str,
    act: &Act,
) -> Result<(), Error> {
    let names = match act {
        Act::Create { name, .. } | Act::Drop { name } => vec![name],
        Act::Exchange { fresh, former } => vec![fresh, former],
        Act::CloseSegment | Act::Restart => Vec::new(),
    };
    for name in names {
        require_beside(application, name)?;
    }
    let mut connection = server::connect_as(info).await?;
    match act {
        Act::Create { name, owner } => create(&mut connection, application, name, owner).await?,
        Act::Drop { name } => {
            let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name));
            connection.execute(AssertSqlSafe(statement)).await?;
        }
        Act::Exchange { fresh, former } => {
            exchange(&mut connection, info, application, fresh, former).await?;
        }
        Act::CloseSegment => {
            // A commit of its own lies behind every moment before this one.
            connection
                .execute("SELECT pg_logical_emit_message(true, 'ombor', 'journal')")
                .await?;
            connection.execute("SELECT pg_switch_wal()").await?;
        }
        Act::Restart => {
            return Err(Error::Refused {
                message: "that server is started elsewhere".to_owned(),
            });
        }
    }
    connection.close().await?;
    Ok(())
}

/// The application's own database is none that may be made or removed here.
fn require_beside(application: &str, name: &str) -> Result<(), Error> {
    let is_beside = name
        .strip_prefix(application)
        .and_then(|rest| rest.strip_prefix('_'))
        .is_some_and(|rest| {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            !rest.is_empty() && rest.bytes().all(plain)
        });
    if is_beside && name.len() <= 63 {
        return Ok(());
    }
    Err(Error::Refused {
        message: format!("{name:?} is not the name of a database beside {application:?}"),
    })
}

fn quoted(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

async fn create(
    connection: &mut PgConnection,
    application: &str,
    name: &str,
    owner: &str,
) -> Result<(), Error> {
    let model: Option<(String, String, String)> = sqlx::query_as(
        "SELECT datlocprovider::text, datcollate::text, datctype::text FROM pg_database WHERE datname = $1",
    )
    .bind(application)
    .fetch_optional(&mut *connection)
    .await?;
    let (name, owner) = (quoted(name), quoted(owner));
    let locale = match &model {
        Some((provider, collate, character_type)) if provider == "c" => {
            let literal = |text: &str| text.replace('\'', "''");
            format!(
                "LOCALE_PROVIDER libc LC_COLLATE '{}' LC_CTYPE '{}'",
                literal(collate),
                literal(character_type)
            )
        }
        _ => String::new(),
    };
    let statement =
        format!("CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' {locale}");
    connection.execute(AssertSqlSafe(statement)).await?;
    copy_grants(connection, application, &name).await
}

/// The grants of the application's database lie outside of any dump.
async fn copy_grants(
    connection: &mut PgConnection,
    application: &str,
    quoted_name: &str,
) -> Result<(), Error> {
    let grants: Vec<(Option<String>, String)> = sqlx::query_as(
        "SELECT CASE WHEN granted.grantee <> 0 THEN pg_get_userbyid(granted.grantee)::text END, granted.privilege_type
         FROM pg_database AS d, aclexplode(d.datacl) AS granted
         WHERE d.datname = $1 AND granted.grantee <> d.datdba",
    )
    .bind(application)
    .fetch_all(&mut *connection)
    .await?;
    if grants.is_empty() {
        return Ok(());
    }
    let revoke = format!("REVOKE ALL ON DATABASE {quoted_name} FROM PUBLIC;");
    let statements = grants
        .into_iter()
        .fold(revoke, |statements, (grantee, privilege)| {
            let grantee = grantee.map_or_else(|| "PUBLIC".to_owned(), |role| quoted(&role));
            statements + &format!("GRANT {privilege} ON DATABASE {quoted_name} TO {grantee};")
        });
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(connection)
        .await?;
    Ok(())
}

/// Both names change in one transaction: whatever happens in between, one whole database has the application's name.
async fn exchange(
    connection: &mut PgConnection,
    info: &ConnectInfo,
    application: &str,
    fresh: &str,
    former: &str,
) -> Result<(), Error> {
    let mut guard = server::connect_as(info).await?;
    let mut tried = 0;
    loop {
        tried += 1;
        let renamed = tokio::select! {
            renamed = rename_both(connection, application, fresh, former) => renamed,
            failed = cut_off(&mut guard, application, fresh) => Err(failed),
        };
        match renamed {
            Ok(()) => break,
            Err(sqlx::Error::Database(refusal))
                if refusal.code().as_deref() == Some("55006") && tried < EXCHANGE_TRIES => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(guard.close().await?)
}

async fn rename_both(
    connection: &mut PgConnection,
    application: &str,
    fresh: &str,
    former: &str,
) -> Result<(), sqlx::Error> {
    let rename =
        |from: &str, to: &str| format!("ALTER DATABASE {} RENAME TO {}", quoted(from), quoted(to));
    let mut transaction = connection.begin().await?;
    // A program that connects from here on waits until the names are settled.
    transaction
        .execute(AssertSqlSafe(rename(application, former)))
        .await?;
    transaction
        .execute(AssertSqlSafe(rename(fresh, application)))
        .await?;
    transaction.commit().await
}

/// Cuts off whoever is connected to these databases, again and again; ends only with an error.
async fn cut_off(connection: &mut PgConnection, application: &str, fresh: &str) -> sqlx::Error {
    let mut rounds = tokio::time::interval(CUT_OFF_EVERY);
    loop {
        rounds.tick().await;
        let cut = sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname IN ($1, $2) AND pid <> pg_backend_pid()",
        )
        .bind(application)
        .bind(fresh)
        .execute(&mut *connection)
        .await;
        if let Err(error) = cut {
            return error;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::require_beside;

    #[test]
    fn only_databases_beside_the_applications_are_touched() {
        for name in ["ombor_scratch_1", "ombor_before_20261121"] {
            assert!(require_beside("ombor", name).is_ok(), "{name}");
        }
        for name in [
            "ombor",
            "ombor_",
            "postgres",
            "other_ombor_1",
            "ombor_a\"b",
            "ombor_Ж",
        ] {
            assert!(require_beside("ombor", name).is_err(), "{name}");
        }
    }
}
