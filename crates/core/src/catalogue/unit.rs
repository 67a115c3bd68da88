//! Units of measure.

use sqlx::PgConnection;

use crate::{Result, id::UnitId};

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// How many decimals a quantity in this unit is shown with, 0 to 3.
    pub decimals: i16,
}

/// Every unit, pieces first, then by name.
pub async fn list_units(connection: &mut PgConnection) -> Result<Vec<Unit>> {
    let units = sqlx::query_as!(
        Unit,
        r#"select id as "id: UnitId", name, symbol, decimals from ombor.unit order by name <> 'dona', name"#
    )
    .fetch_all(connection)
    .await?;
    Ok(units)
}
