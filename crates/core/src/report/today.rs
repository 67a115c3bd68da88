//! The day at a glance: what came in, what went out, what is running out.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    catalogue::product::{ProductFilter, ProductRow, StockFilter, search_products},
};

/// How many products below their minimum are named.
const BELOW_MINIMUM_SHOWN: u32 = 20;

/// What was received or issued, without what was reversed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The sum of the quantities.
    pub quantity: Decimal,
    /// In how many documents.
    pub documents: i64,
}

/// A day of the warehouse's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: NaiveDate,
    /// What was received.
    pub received: Flow,
    /// What was issued.
    pub issued: Flow,
}

/// The day at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// The last seven days, today last.
    pub days: Vec<Day>,
    /// What the stock is worth at the products' prices.
    pub stock_value: Decimal,
    /// The prices' currency.
    pub currency: String,
    /// How many products are active.
    pub product_count: i64,
    /// The first products below their minimum, by name.
    pub below_minimum: Vec<ProductRow>,
    /// How many products are below their minimum, counted up to
    /// [`crate::catalogue::product::MATCHES_COUNTED`].
    pub below_minimum_count: u32,
}

/// The day at a glance, in the warehouse's zone.
pub async fn today(connection: &mut PgConnection, actor: &Actor) -> Result<Today> {
    actor.require(Permission::ViewReports)?;
    let days = last_seven_days(connection).await?;
    let totals = sqlx::query!(
        r#"select coalesce(round(sum(s.on_hand * p.price), 2), 0) as "stock_value!",
                  (select currency from ombor.warehouse) as "currency!",
                  (select count(*) from ombor.product where active) as "product_count!"
           from ombor.stock as s
           join ombor.product as p on p.id = s.product_id
           where s.on_hand > 0"#
    )
    .fetch_one(&mut *connection)
    .await?;
    let filter = ProductFilter {
        stock: StockFilter::BelowMinimum,
        ..ProductFilter::default()
    };
    let below_minimum = search_products(connection, &filter, None, BELOW_MINIMUM_SHOWN).await?;
    Ok(Today {
        days,
        stock_value: totals.stock_value,
        currency: totals.currency,
        product_count: totals.product_count,
        below_minimum: below_minimum.rows,
        below_minimum_count: below_minimum.total,
    })
}

async fn last_seven_days(connection: &mut PgConnection) -> Result<Vec<Day>> {
    let rows = sqlx::query!(
        r#"with warehouse_day as (
               select zone, (clock_timestamp() at time zone zone)::date as today from ombor.warehouse
           ), moved as (
               select (d.posted_at at time zone w.zone)::date as date, d.kind, d.number, m.quantity,
                      origin.kind as from_kind, target.kind as to_kind
               from warehouse_day as w
               join ombor.document as d on d.posted_at >= (w.today - 6)::timestamp at time zone w.zone
               join ombor.movement as m on m.document_number = d.number
               join ombor.location as origin on origin.id = m.from_location_id
               join ombor.location as target on target.id = m.to_location_id
           )
           select w.today - back as "date!",
                  coalesce(sum(case when m.from_kind = 'supplier' then m.quantity
                                    when m.to_kind = 'supplier' then -m.quantity end), 0) as "received!",
                  count(distinct m.number) filter (where m.kind = 'receipt') as "receipts!",
                  coalesce(sum(case when m.to_kind = 'customer' then m.quantity
                                    when m.from_kind = 'customer' then -m.quantity end), 0) as "issued!",
                  count(distinct m.number) filter (where m.kind = 'issue') as "issues!"
           from warehouse_day as w
           cross join generate_series(6, 0, -1) as back
           left join moved as m on m.date = w.today - back
           group by w.today, back
           order by back desc"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Day {
            date: row.date,
            received: Flow {
                quantity: row.received,
                documents: row.receipts,
            },
            issued: Flow {
                quantity: row.issued,
                documents: row.issues,
            },
        })
        .collect())
}
