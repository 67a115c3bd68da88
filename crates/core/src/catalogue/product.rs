//! Products: what a code stands for, a product's card, making and changing one. [`search`] finds them.

mod search;

use std::fmt;

use rust_decimal::Decimal;
use sqlx::PgConnection;

pub use self::search::{
    MATCHES_COUNTED, ProductCursor, ProductFilter, ProductPage, StockFilter, search_products,
};
use super::{
    code::{self, Code, CodeInput, CodeKind},
    search_text,
};
use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::{CategoryId, ProductId, UnitId},
    money::Money,
    name::Name,
    quantity::StockLevel,
};

/// What a SKU begins with that was given to a product of an old program because it had none.
pub(crate) const GIVEN_SKU_PREFIX: &str = "N-";

/// Our code for a product: 1 to 64 characters, trimmed, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sku(String);

impl Sku {
    /// Reads a SKU.
    ///
    /// # Errors
    /// [`Error::InvalidSku`]
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 64 || text.chars().any(char::is_control) {
            return Err(Error::InvalidSku);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What the desk shows of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCard {
    /// The product.
    pub id: ProductId,
    /// Our code for it.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category's name.
    pub category: Option<String>,
    /// Its base unit's name.
    pub unit_name: String,
    /// Its base unit's symbol.
    pub unit_symbol: String,
    /// How many decimals its quantities are shown with.
    pub unit_decimals: i16,
    /// What there is in all internal locations.
    pub on_hand: Decimal,
    /// The level below which it is to be ordered.
    pub min_stock: Option<Decimal>,
    /// Whether there is a picture.
    pub has_picture: bool,
    /// Whether it may be moved.
    pub active: bool,
}

/// What a scanned code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMatch {
    /// The code as kept.
    pub code: String,
    /// The product.
    pub product: ProductCard,
    /// How many base units one scan is.
    pub quantity: Decimal,
}

/// A product as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// Our code for it.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// Its category's name.
    pub category: Option<String>,
    /// Its base unit.
    pub unit_id: UnitId,
    /// Its base unit's symbol.
    pub unit_symbol: String,
    /// What there is in all internal locations.
    pub on_hand: Decimal,
    /// The level below which it is to be ordered.
    pub min_stock: Option<Decimal>,
    /// The price of a base unit.
    pub price: Option<Decimal>,
    /// The price's currency.
    pub currency: String,
    /// Whether it may be moved.
    pub active: bool,
    /// Rises with each change.
    pub version: i32,
    /// Whether there is a picture.
    pub has_picture: bool,
}

impl ProductRow {
    /// Whether there is less than there should be.
    pub fn is_below_minimum(&self) -> bool {
        self.min_stock
            .is_some_and(|min_stock| self.on_hand < min_stock)
    }
}

/// A product with its codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The product as a list shows it.
    pub row: ProductRow,
    /// Its codes.
    pub codes: Vec<Code>,
}

/// A product to be made, or what one is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductInput {
    /// Our code for it; must be free.
    pub sku: Sku,
    /// Its name.
    pub name: Name,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// Its base unit.
    pub unit_id: UnitId,
    /// The level below which it is to be ordered.
    pub min_stock: Option<StockLevel>,
    /// The price of a base unit in the warehouse's currency.
    pub price: Option<Money>,
    /// All of its codes.
    pub codes: Vec<CodeInput>,
    /// Whether it may be moved.
    pub active: bool,
}

/// The columns of a product's codes, as the database takes them.
struct CodeColumns {
    codes: Vec<String>,
    quantities: Vec<Decimal>,
    kinds: Vec<String>,
}

/// What a code stands for; `None` for an unknown one. One index look-up.
pub async fn look_up(connection: &mut PgConnection, code: &str) -> Result<Option<CodeMatch>> {
    let row = sqlx::query!(
        r#"select c.code, c.quantity, p.id as "id: ProductId", p.sku, p.name, category.name as "category?",
                  u.name as unit_name, u.symbol as unit_symbol, u.decimals as unit_decimals,
                  (select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id) as "on_hand!",
                  p.min_stock,
                  exists (select from ombor.product_picture as i where i.product_id = p.id) as "has_picture!", p.active
           from ombor.product_code as c
           join ombor.product as p on p.id = c.product_id
           join ombor.unit as u on u.id = p.base_unit_id
           left join ombor.category on category.id = p.category_id
           where c.code = $1"#,
        code
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| CodeMatch {
        code: row.code,
        quantity: row.quantity,
        product: ProductCard {
            id: row.id,
            sku: row.sku,
            name: row.name,
            category: row.category,
            unit_name: row.unit_name,
            unit_symbol: row.unit_symbol,
            unit_decimals: row.unit_decimals,
            on_hand: row.on_hand,
            min_stock: row.min_stock,
            has_picture: row.has_picture,
            active: row.active,
        },
    }))
}

/// A product's card; `None` if there is no such product.
pub async fn card(
    connection: &mut PgConnection,
    product: ProductId,
) -> Result<Option<ProductCard>> {
    let card = sqlx::query_as!(
        ProductCard,
        r#"select p.id as "id: ProductId", p.sku, p.name, category.name as "category?",
                  u.name as unit_name, u.symbol as unit_symbol, u.decimals as unit_decimals,
                  (select coalesce(sum(s.on_hand), 0) from ombor.stock as s where s.product_id = p.id) as "on_hand!",
                  p.min_stock,
                  exists (select from ombor.product_picture as i where i.product_id = p.id) as "has_picture!", p.active
           from ombor.product as p
           join ombor.unit as u on u.id = p.base_unit_id
           left join ombor.category on category.id = p.category_id
           where p.id = $1"#,
        product.as_uuid()
    )
    .fetch_optional(connection)
    .await?;
    Ok(card)
}

/// A product with its codes.
///
/// # Errors
/// [`Error::ProductNotFound`]
pub async fn get_product(connection: &mut PgConnection, product: ProductId) -> Result<Product> {
    let row = search::rows_by_id(&mut *connection, &[product.as_uuid()])
        .await?
        .pop()
        .ok_or(Error::ProductNotFound)?;
    let codes = code::list_codes(connection, product).await?;
    Ok(Product { row, codes })
}

/// Makes a product with its codes. Its stock rows appear with it.
///
/// # Errors
/// [`Error::SkuTaken`], [`Error::CodeTaken`], [`Error::NotFound`] for a category or unit that is not there.
pub async fn create_product(
    connection: &mut PgConnection,
    actor: &Actor,
    input: &ProductInput,
) -> Result<ProductId> {
    actor.require(Permission::CreateProduct)?;
    let id = ProductId::generate();
    let columns = plan_codes(input)?;
    sqlx::query!(
        "select ombor.create_product($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        input.sku.as_str(),
        input.name.as_str(),
        input.category_id.map(CategoryId::as_uuid) as _,
        input.unit_id.as_uuid(),
        input.min_stock.map(StockLevel::as_decimal) as _,
        input.price.map(Money::as_decimal) as _,
        search_text::of_product(input.name.as_str(), input.sku.as_str()),
        &columns.codes,
        &columns.quantities,
        &columns.kinds
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// Changes a product that was read at `version`; the codes given become its codes.
///
/// # Errors
/// [`Error::VersionConflict`] if somebody else was quicker, and as [`create_product`].
pub async fn update_product(
    connection: &mut PgConnection,
    actor: &Actor,
    product: ProductId,
    version: i32,
    input: &ProductInput,
) -> Result<()> {
    actor.require(Permission::UpdateProduct)?;
    let columns = plan_codes(input)?;
    sqlx::query!(
        "select ombor.update_product($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        actor.session_id.as_uuid(),
        product.as_uuid(),
        version,
        input.sku.as_str(),
        input.name.as_str(),
        input.category_id.map(CategoryId::as_uuid) as _,
        input.unit_id.as_uuid(),
        input.min_stock.map(StockLevel::as_decimal) as _,
        input.price.map(Money::as_decimal) as _,
        input.active,
        search_text::of_product(input.name.as_str(), input.sku.as_str()),
        &columns.codes,
        &columns.quantities,
        &columns.kinds
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn plan_codes(input: &ProductInput) -> Result<CodeColumns> {
    let mut codes: Vec<String> = input
        .codes
        .iter()
        .map(|code| code.code.to_string())
        .collect();
    let columns = CodeColumns {
        codes: codes.clone(),
        quantities: input
            .codes
            .iter()
            .map(|code| code.quantity.as_decimal())
            .collect(),
        kinds: input
            .codes
            .iter()
            .map(|code| CodeKind::of(&code.code).as_str().to_owned())
            .collect(),
    };
    codes.sort_unstable();
    codes.dedup();
    if codes.len() == columns.codes.len() {
        Ok(columns)
    } else {
        Err(Error::CodeTaken)
    }
}
