//! The local owner: whoever may act as the database's owner, on the warehouse's own PC.

use sqlx::{Connection, PgConnection};

use super::session;
use crate::{Result, actor::Actor, id::SessionId};

/// Opens a session of the local owner, an Admin without a password whose every act is recorded under `station`. The
/// connection is that of [`crate::schema::MIGRATE_ROLE`]: the application's role cannot do this. The session lasts twelve
/// hours; [`session::log_out`] ends it.
pub async fn open_session(connection: &mut PgConnection, station: &str) -> Result<Actor> {
    let session = SessionId::generate();
    let mut work = connection.begin().await?;
    sqlx::raw_sql("set local role ombor_owner")
        .execute(&mut *work)
        .await?;
    sqlx::query!(
        "select ombor.open_owner_session($1, $2)",
        session.as_uuid(),
        station
    )
    .execute(&mut *work)
    .await?;
    let actor = session::resume(&mut work, session).await?;
    work.commit().await?;
    Ok(actor)
}
