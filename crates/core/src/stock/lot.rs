//! Lots: goods of one batch and one expiry.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    id::{LotId, ProductId},
    name::Name,
};

/// Names a lot of a product.
///
/// # Errors
/// [`crate::Error::NameTaken`], [`crate::Error::ProductNotFound`]
pub async fn create_lot(
    connection: &mut PgConnection,
    actor: &Actor,
    product: ProductId,
    number: &Name,
    expires_on: Option<NaiveDate>,
) -> Result<LotId> {
    actor.require(Permission::CreateLot)?;
    let id = LotId::generate();
    sqlx::query!(
        "select ombor.create_lot($1, $2, $3, $4, $5)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        product.as_uuid(),
        number.as_str(),
        expires_on as _
    )
    .execute(connection)
    .await?;
    Ok(id)
}
