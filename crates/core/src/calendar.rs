//! Days of the warehouse's own zone.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use crate::Result;

/// The instant at which a day begins in the warehouse's zone.
pub async fn start_of(connection: &mut PgConnection, day: NaiveDate) -> Result<DateTime<Utc>> {
    let instant = sqlx::query_scalar!(
        r#"select $1::date::timestamp at time zone w.zone as "instant!" from ombor.warehouse as w"#,
        day
    )
    .fetch_one(connection)
    .await?;
    Ok(instant)
}
