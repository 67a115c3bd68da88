//! Drafts: what a user was gathering, so that it comes back after a crash. The desk alone knows what is in one.

use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
};

/// Keeps the user's draft in place of the last one.
pub async fn save(connection: &mut PgConnection, actor: &Actor, draft: &Value) -> Result<()> {
    actor.require(Permission::SaveDraft)?;
    write(connection, actor, Some(draft)).await
}

/// The user's draft.
pub async fn load(connection: &mut PgConnection, actor: &Actor) -> Result<Option<Value>> {
    let draft = sqlx::query_scalar!(
        "select body from ombor.draft where user_id = $1",
        actor.user_id.as_uuid()
    )
    .fetch_optional(connection)
    .await?;
    Ok(draft)
}

/// Forgets the user's draft.
pub async fn clear(connection: &mut PgConnection, actor: &Actor) -> Result<()> {
    actor.require(Permission::SaveDraft)?;
    write(connection, actor, None).await
}

async fn write(connection: &mut PgConnection, actor: &Actor, draft: Option<&Value>) -> Result<()> {
    sqlx::query!(
        "select ombor.save_draft($1, $2)",
        actor.session_id.as_uuid(),
        draft as _
    )
    .execute(connection)
    .await?;
    Ok(())
}
