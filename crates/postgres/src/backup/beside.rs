//! Databases beside the subject's: named, kept from being swept while they are in use, removed.

use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::Subject;
use crate::cluster::unix_seconds;
use crate::steward::Act;
use crate::{Error, server};

/// A database beside the subject's that is worked on. Who is killed meanwhile leaves one that nobody holds.
#[derive(Debug)]
pub(crate) struct Beside {
    name: String,
}

/// The hold on a database that is worked on; it ends with the connection, however that ends.
#[derive(Debug)]
pub(crate) struct InUse {
    _connection: PgConnection,
}

impl Beside {
    /// A name that nobody has, for a purpose.
    pub(crate) fn named(subject: &Subject<'_>, purpose: &str) -> Self {
        let random = Uuid::new_v4().simple().to_string();
        let database = subject.steward.database();
        Self {
            name: format!("{database}_{purpose}_{}_{}", unix_seconds(), &random[..8]),
        }
    }

    /// The database's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Makes it, held: no other program sweeps it while the hold lives.
    pub(crate) async fn create(&self, subject: &Subject<'_>) -> Result<InUse, Error> {
        let mut connection = server::connect_as(subject.reader).await?;
        sqlx::query("SELECT pg_advisory_lock(hashtextextended($1, 0))")
            .bind(&self.name)
            .execute(&mut connection)
            .await?;
        let made = Act::Create {
            name: self.name.clone(),
            owner: subject.owner.to_owned(),
        };
        subject.steward.carry_out(made).await?;
        Ok(InUse {
            _connection: connection,
        })
    }

    /// Removes it, whether it was made or not.
    pub(crate) async fn remove(self, subject: &Subject<'_>) {
        remove_database(subject, self.name).await;
    }
}

/// Removes a database beside the subject's; a failure is left to the next sweep.
pub(crate) async fn remove_database(subject: &Subject<'_>, name: String) {
    if let Err(error) = subject.steward.carry_out(Act::Drop { name }).await {
        tracing::warn!(%error, "a scratch database stays until the next backup");
    }
}

/// Removes the scratch databases that nobody holds: programs that were killed left them.
pub(crate) async fn sweep_databases(subject: &Subject<'_>) -> Result<(), Error> {
    let mut asking = server::connect_as(subject.reader).await?;
    for purpose in ["scratch", "fresh"] {
        for name in databases_beside(subject, purpose).await? {
            let is_abandoned: bool =
                sqlx::query_scalar("SELECT pg_try_advisory_lock(hashtextextended($1, 0))")
                    .bind(&name)
                    .fetch_one(&mut asking)
                    .await?;
            if is_abandoned {
                remove_database(subject, name).await;
            }
        }
    }
    Ok(asking.close().await?)
}

/// The databases beside the subject's that were made for a purpose, in the order of their names.
pub(crate) async fn databases_beside(
    subject: &Subject<'_>,
    purpose: &str,
) -> Result<Vec<String>, Error> {
    let prefix = format!("{}_{purpose}_", subject.steward.database());
    let mut connection = server::connect_as(subject.reader).await?;
    let names = sqlx::query_scalar(
        "SELECT datname::text FROM pg_database WHERE starts_with(datname::text, $1) ORDER BY 1",
    )
    .bind(&prefix)
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    Ok(names)
}
