//! Proof that a dump is worth something: an empty server takes it by psql alone.

use std::path::Path;

use anyhow::Result;

use crate::database::Database;

/// What stands in a restored database.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows of the ledger.
    pub movements: u32,
    /// What is on hand in the warehouse's own places, per product's SKU, as `SKU quantity`.
    pub stock: Vec<String>,
}

/// Starts an empty PostgreSQL 18 below `folder`, plays `dump` into it by psql, and looks at what is there.
pub async fn restore(dump: &Path, folder: &Path) -> Result<Restored> {
    let database = Database::empty(folder).await?;
    database.play(dump)?;
    let movements = database.run("SELECT count(*) FROM ombor.movement")?;
    let stock = database.run(
        "SELECT sku || ' ' || trim_scale(sum(on_hand)) FROM ombor.stock \
         JOIN ombor.product ON product.id = stock.product_id \
         JOIN ombor.location ON location.id = stock.location_id \
         WHERE location.kind = 'internal' GROUP BY sku ORDER BY sku",
    )?;
    Ok(Restored {
        movements: movements.trim().parse()?,
        stock: stock.lines().map(str::to_owned).collect(),
    })
}
