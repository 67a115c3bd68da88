//! Everything that is kept, with its codes, prices and stock: what an export is made of.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    id::ProductId,
};

/// A code and how many base units it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCode {
    /// The text.
    pub code: String,
    /// How many base units one scan is.
    pub quantity: Decimal,
}

/// What is on hand in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStock {
    /// The place's name.
    pub place: String,
    /// On hand, above zero.
    pub on_hand: Decimal,
}

/// A product with everything that an export says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockListRow {
    /// The product.
    pub id: ProductId,
    /// Our code for it.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its group.
    pub category: Option<String>,
    /// The symbol of its base unit.
    pub unit: String,
    /// The price of a base unit.
    pub price: Option<Decimal>,
    /// The price's currency.
    pub currency: String,
    /// The level below which it is to be ordered.
    pub min_stock: Option<Decimal>,
    /// Who makes it.
    pub brand: Option<String>,
    /// Whether it may be moved.
    pub active: bool,
    /// Its codes, in their order.
    pub codes: Vec<ListedCode>,
    /// What is on hand, by the place's name.
    pub stock: Vec<ListedStock>,
}

/// Every product, by name. One statement, so that nothing is posted in the middle of it.
pub async fn stock_list(connection: &mut PgConnection, actor: &Actor) -> Result<Vec<StockListRow>> {
    actor.require(Permission::ViewCatalogue)?;
    let rows = sqlx::query!(
        r#"with code as (
               select c.product_id, array_agg(c.code order by c.code) as codes,
                      array_agg(c.quantity order by c.code) as quantities
               from ombor.product_code as c group by c.product_id
           ), held as (
               select s.product_id, l.name, sum(s.on_hand) as on_hand
               from ombor.stock as s join ombor.location as l on l.id = s.location_id
               where s.on_hand > 0 group by s.product_id, l.name
           ), stock as (
               select held.product_id, array_agg(held.name order by held.name) as places,
                      array_agg(held.on_hand order by held.name) as on_hand
               from held group by held.product_id
           )
           select p.id as "id: ProductId", p.sku, p.name, category.name as "category?", u.symbol as unit, p.price,
                  p.currency, p.min_stock, p.brand, p.active,
                  coalesce(code.codes, '{}') as "codes!: Vec<String>", coalesce(code.quantities, '{}') as "quantities!: Vec<Decimal>",
                  coalesce(stock.places, '{}') as "places!: Vec<String>", coalesce(stock.on_hand, '{}') as "on_hand!: Vec<Decimal>"
           from ombor.product as p
           join ombor.unit as u on u.id = p.base_unit_id
           left join ombor.category on category.id = p.category_id
           left join code on code.product_id = p.id
           left join stock on stock.product_id = p.id
           order by p.search_text, p.id"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StockListRow {
            id: row.id,
            sku: row.sku,
            name: row.name,
            category: row.category,
            unit: row.unit,
            price: row.price,
            currency: row.currency,
            min_stock: row.min_stock,
            brand: row.brand,
            active: row.active,
            codes: row
                .codes
                .into_iter()
                .zip(row.quantities)
                .map(|(code, quantity)| ListedCode { code, quantity })
                .collect(),
            stock: row
                .places
                .into_iter()
                .zip(row.on_hand)
                .map(|(place, on_hand)| ListedStock { place, on_hand })
                .collect(),
        })
        .collect())
}
