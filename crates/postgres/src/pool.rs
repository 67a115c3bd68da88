//! The connections that a desk works on: few, in the application's role, each asked whether it may be trusted.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection, PgConnection};

use crate::Error;

/// Connections that a desk holds at most.
const SIZE: u32 = 6;
/// How long a command waits for a connection before it says that the database is away.
const ACQUIRE_PATIENCE: Duration = Duration::from_secs(5);
/// A connection is replaced after this long, so that a desk finds its way to a server that was moved.
const LIFETIME: Duration = Duration::from_mins(10);

/// Opens the connections of a desk as `role`, which the login of `options` has or may step down to.
///
/// Every one of them is asked when it is made: a standby, and a server that does not keep what it acknowledged, are left
/// and tried again until the answer is another.
///
/// # Errors
/// [`Error::Refused`] and [`Error::NotDurable`] when the first connection is not to be had or not to be trusted.
pub async fn open(options: PgConnectOptions, role: &'static str) -> Result<PgPool, Error> {
    let mut first = PgConnection::connect_with(&options).await?;
    take_up(&mut first, role).await?;
    first.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(SIZE)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_PATIENCE)
        .max_lifetime(LIFETIME)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                take_up(connection, role).await.map_err(|error| {
                    tracing::error!(%error, "a connection is not used");
                    sqlx::Error::Protocol(error.to_string())
                })
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// Steps down to `role`, on a server that takes writes and keeps them.
async fn take_up(connection: &mut PgConnection, role: &str) -> Result<(), Error> {
    let (is_standby, weak, value): (bool, Option<String>, Option<String>) = sqlx::query_as(
        "SELECT pg_is_in_recovery(), weak.name, weak.value
         FROM (SELECT set_config('role', $1, false)) AS role
         LEFT JOIN LATERAL (
             SELECT name, current_setting(name) AS value
             FROM unnest(ARRAY['fsync', 'full_page_writes', 'synchronous_commit']) AS name
             WHERE current_setting(name) IN ('off', 'local')
             LIMIT 1
         ) AS weak ON true",
    )
    .bind(role)
    .fetch_one(connection)
    .await?;
    match (weak, value) {
        (Some(setting), Some(value)) => Err(Error::NotDurable { setting, value }),
        _ if is_standby => Err(Error::Refused {
            message: "it is a copy that takes no writes".to_owned(),
        }),
        _ => Ok(()),
    }
}
