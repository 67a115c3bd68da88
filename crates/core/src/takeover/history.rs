//! The movements of old programs, to be read.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::old::Direction;
use crate::{
    Result,
    actor::{Actor, Permission},
    id::ProductId,
};

const LONGEST_PAGE: u32 = 200;

/// A movement of an old program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldMovementRow {
    /// The record: the next page begins after it.
    pub id: i64,
    /// The old program.
    pub source: String,
    /// When it was, as the old program wrote it.
    pub written_at: Option<String>,
    /// Which way, if the old program said so.
    pub direction: Option<Direction>,
    /// The product, if it came over.
    pub product_id: Option<ProductId>,
    /// The product's name now, else its key in the old program.
    pub product: Option<String>,
    /// How much, as it was written.
    pub quantity: Option<Decimal>,
    /// The login of the user.
    pub user_login: Option<String>,
    /// What else was written.
    pub note: Option<String>,
}

/// A page of the history in the order in which it was read, of one product or of all, `limit` at most 200.
pub async fn list_old_movements(
    connection: &mut PgConnection,
    actor: &Actor,
    product: Option<ProductId>,
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<OldMovementRow>> {
    actor.require(Permission::ViewMovements)?;
    let rows = sqlx::query_as!(
        OldMovementRow,
        r#"select m.id, m.source, m.written_at, m.direction as "direction: Direction",
                  m.product_id as "product_id: ProductId", coalesce(p.name, m.product_key) as product, m.quantity,
                  m.user_login, m.note
           from ombor.old_movement as m
           left join ombor.product as p on p.id = m.product_id
           where m.id > $1 and ($2::uuid is null or m.product_id = $2)
           order by m.id limit $3"#,
        after.unwrap_or(0),
        product.map(ProductId::as_uuid) as _,
        i64::from(limit.clamp(1, LONGEST_PAGE))
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
