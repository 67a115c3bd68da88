//! Balances: what is there, kept by the database with each posting, and the proof that it is what the ledger says.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Result,
    id::{LocationId, LotId, ProductId},
};

/// What there is of a product (and lot) in an internal location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockBalance {
    /// The location.
    pub location_id: LocationId,
    /// The lot, if the product is kept by lots.
    pub lot_id: Option<LotId>,
    /// What is there.
    pub on_hand: Decimal,
    /// What of it is held for orders.
    pub reserved: Decimal,
}

/// A balance that is not what the ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// The product.
    pub product_id: ProductId,
    /// The location.
    pub location_id: LocationId,
    /// The lot.
    pub lot_id: Option<LotId>,
    /// The balance, if there is a row.
    pub on_hand: Option<Decimal>,
    /// What came in minus what went out.
    pub ledger: Decimal,
}

/// The balances of a product.
pub async fn list_balances(
    connection: &mut PgConnection,
    product: ProductId,
) -> Result<Vec<StockBalance>> {
    let balances = sqlx::query_as!(
        StockBalance,
        r#"select location_id as "location_id: LocationId", lot_id as "lot_id: LotId", on_hand, reserved
           from ombor.stock where product_id = $1 order by location_id, lot_id nulls first"#,
        product.as_uuid()
    )
    .fetch_all(connection)
    .await?;
    Ok(balances)
}

/// Every balance that is not what the ledger says. Empty, or something is broken; nothing is repaired.
pub async fn check_ledger(connection: &mut PgConnection) -> Result<Vec<Discrepancy>> {
    let discrepancies = sqlx::query_as!(
        Discrepancy,
        r#"select product_id as "product_id!: ProductId", location_id as "location_id!: LocationId",
                  lot_id as "lot_id: LotId", on_hand, ledger as "ledger!"
           from ombor.check_ledger()"#
    )
    .fetch_all(connection)
    .await?;
    Ok(discrepancies)
}
