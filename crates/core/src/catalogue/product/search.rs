//! Searching products, page by page, quick with a million of them.

use std::{fmt, str::FromStr};

use sqlx::PgConnection;
use uuid::Uuid;

use super::ProductRow;
use crate::{
    Error, Result,
    catalogue::search_text,
    id::{CategoryId, ProductId, UnitId},
};

/// Matches are counted up to here: beyond, a person types one letter more instead of reading on.
pub const MATCHES_COUNTED: u32 = 1000;

const LONGEST_PAGE: u32 = 200;

/// Which products by their stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StockFilter {
    /// Every product.
    #[default]
    All,
    /// Less than its minimum.
    BelowMinimum,
    /// Nothing there.
    OutOfStock,
}

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Each word of it begins a word of the name or the SKU; or the whole of it is a code.
    pub text: String,
    /// By stock.
    pub stock: StockFilter,
    /// In this category.
    pub category_id: Option<CategoryId>,
}

/// The last product of a page: the next page begins after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCursor(Uuid);

impl fmt::Display for ProductCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for ProductCursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Uuid::parse_str(text)
            .map(Self)
            .map_err(|_| Error::InvalidCursor)
    }
}

/// A page of products, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPage {
    /// The products.
    pub rows: Vec<ProductRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<ProductCursor>,
    /// How many match in all, counted up to [`MATCHES_COUNTED`].
    pub total: u32,
}

/// A page of the products that match, by name, `limit` at most 200.
pub async fn search_products(
    connection: &mut PgConnection,
    filter: &ProductFilter,
    after: Option<&ProductCursor>,
    limit: u32,
) -> Result<ProductPage> {
    let limit = limit.clamp(1, LONGEST_PAGE);
    let text = filter.text.trim();
    if let Some(page) = find_by_code(connection, filter, text).await? {
        return Ok(page);
    }
    let query = search_text::prefix_query(text);
    let counted = count(connection, filter, query.as_deref()).await?;
    let mut ids = if query.is_some() && counted < MATCHES_COUNTED {
        few(connection, filter, query.as_deref(), after, limit + 1).await?
    } else {
        many(connection, filter, query.as_deref(), after, limit + 1).await?
    };
    let has_more = ids.len() > limit as usize;
    ids.truncate(limit as usize);
    let next = if has_more {
        ids.last().copied().map(ProductCursor)
    } else {
        None
    };
    Ok(ProductPage {
        rows: rows_by_id(connection, &ids).await?,
        next,
        total: counted,
    })
}

/// The products with these ids, in their order by name.
pub(super) async fn rows_by_id(
    connection: &mut PgConnection,
    ids: &[Uuid],
) -> Result<Vec<ProductRow>> {
    let rows = sqlx::query_as!(
        ProductRow,
        r#"select p.id as "id: ProductId", p.sku, p.name, p.category_id as "category_id: CategoryId",
                  category.name as "category?", p.base_unit_id as "unit_id: UnitId", u.symbol as unit_symbol,
                  (select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id) as "on_hand!",
                  p.min_stock, p.price, p.currency, p.active, p.version,
                  exists (select from ombor.product_picture as i where i.product_id = p.id) as "has_picture!"
           from ombor.product as p
           join ombor.unit as u on u.id = p.base_unit_id
           left join ombor.category on category.id = p.category_id
           where p.id = any ($1)
           order by p.search_text, p.id"#,
        ids
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// A text that is a code, and nothing else asked for, is that one product.
async fn find_by_code(
    connection: &mut PgConnection,
    filter: &ProductFilter,
    text: &str,
) -> Result<Option<ProductPage>> {
    if text.is_empty() || filter.stock != StockFilter::All || filter.category_id.is_some() {
        return Ok(None);
    }
    let id = sqlx::query_scalar!(
        "select product_id from ombor.product_code where code = $1",
        text
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = id else { return Ok(None) };
    Ok(Some(ProductPage {
        rows: rows_by_id(connection, &[id]).await?,
        next: None,
        total: 1,
    }))
}

async fn count(
    connection: &mut PgConnection,
    filter: &ProductFilter,
    query: Option<&str>,
) -> Result<u32> {
    let counted = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select from ombor.product as p
               where ($1::text is null or p.search_words @@ $1::text::tsquery)
                   and ($2::uuid is null or p.category_id = $2)
                   and (not $3 or p.min_stock is not null and p.active and p.min_stock > (
                       select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id))
                   and (not $4 or not exists (
                       select from ombor.stock as s where s.product_id = p.id and s.on_hand > 0))
               limit $5
           ) as matching"#,
        query as _,
        filter.category_id.map(CategoryId::as_uuid) as _,
        filter.stock == StockFilter::BelowMinimum,
        filter.stock == StockFilter::OutOfStock,
        i64::from(MATCHES_COUNTED)
    )
    .fetch_one(connection)
    .await?;
    Ok(u32::try_from(counted).unwrap_or(MATCHES_COUNTED))
}

/// Few products match: all of them by the index of words, then sorted.
async fn few(
    connection: &mut PgConnection,
    filter: &ProductFilter,
    query: Option<&str>,
    after: Option<&ProductCursor>,
    limit: u32,
) -> Result<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"with matching as materialized (
               select p.id, p.search_text from ombor.product as p
               where p.search_words @@ $1::text::tsquery
                   and ($2::uuid is null or p.category_id = $2)
                   and (not $3 or p.min_stock is not null and p.active and p.min_stock > (
                       select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id))
                   and (not $4 or not exists (
                       select from ombor.stock as s where s.product_id = p.id and s.on_hand > 0))
           )
           select m.id as "id!" from matching as m
           where $5::uuid is null
               or (m.search_text, m.id) > (select l.search_text, l.id from ombor.product as l where l.id = $5)
           order by m.search_text, m.id
           limit $6"#,
        query,
        filter.category_id.map(CategoryId::as_uuid) as _,
        filter.stock == StockFilter::BelowMinimum,
        filter.stock == StockFilter::OutOfStock,
        after.map(|cursor| cursor.0) as _,
        i64::from(limit)
    )
    .fetch_all(connection)
    .await?;
    Ok(ids)
}

/// Many match: walking the products by name meets a page of them soon.
async fn many(
    connection: &mut PgConnection,
    filter: &ProductFilter,
    query: Option<&str>,
    after: Option<&ProductCursor>,
    limit: u32,
) -> Result<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"select p.id from ombor.product as p
           where (p.search_text, p.id) > (
                   coalesce((select l.search_text from ombor.product as l where l.id = $5), ''),
                   coalesce($5, '00000000-0000-0000-0000-000000000000'))
               -- The function instead of the operator: the index of words would fetch every match first.
               and ($1::text is null or ts_match_vq(p.search_words, $1::text::tsquery))
               and ($2::uuid is null or p.category_id = $2)
               and (not $3 or p.min_stock is not null and p.active and p.min_stock > (
                   select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id))
               and (not $4 or not exists (
                   select from ombor.stock as s where s.product_id = p.id and s.on_hand > 0))
           order by p.search_text, p.id
           limit $6"#,
        query as _,
        filter.category_id.map(CategoryId::as_uuid) as _,
        filter.stock == StockFilter::BelowMinimum,
        filter.stock == StockFilter::OutOfStock,
        after.map(|cursor| cursor.0) as _,
        i64::from(limit)
    )
    .fetch_all(connection)
    .await?;
    Ok(ids)
}
