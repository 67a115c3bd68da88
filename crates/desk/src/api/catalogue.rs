//! Products, their codes, categories and units.

mod input;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ombor_core::catalogue::category;
use ombor_core::catalogue::code::CodeKind;
use ombor_core::catalogue::picture;

use ombor_core::catalogue::product::{self, StockFilter};
use ombor_core::catalogue::unit;
use ombor_core::id::ProductId;
use ombor_core::name::Name;
use serde::{Deserialize, Serialize};
use specta::Type;

use self::input::{parse, picture_of};
use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::decimal;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The category.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Active products in it.
    pub product_count: u32,
}

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// The unit.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What stands behind a number.
    pub symbol: String,
    /// Digits behind the point that make sense, 0 to 3.
    pub decimals: u32,
}

/// Which products are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProductFilter {
    /// All of them.
    All,
    /// Those of which there is less than the minimum.
    BelowMinimum,
    /// Those of which there is nothing.
    OutOfStock,
}

/// A page of products is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductQuery {
    /// Words of the name, the SKU or a code; may be empty.
    pub text: String,
    /// Which products.
    pub filter: ProductFilter,
    /// Only this category.
    pub category_id: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

impl ProductQuery {
    /// What the query narrows the products to.
    pub(crate) fn filter(&self) -> Result<product::ProductFilter> {
        Ok(product::ProductFilter {
            text: self.text.clone(),
            stock: match self.filter {
                ProductFilter::All => StockFilter::All,
                ProductFilter::BelowMinimum => StockFilter::BelowMinimum,
                ProductFilter::OutOfStock => StockFilter::OutOfStock,
            },
            category_id: self
                .category_id
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(fault::from_core)?,
        })
    }
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// The product.
    pub id: String,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category's name.
    pub category: Option<String>,
    /// Symbol of its base unit.
    pub unit: String,
    /// On hand, in base units.
    pub on_hand: String,
    /// The least that should be there.
    pub min_stock: Option<String>,
    /// Price of one base unit.
    pub price: Option<String>,
    /// The currency of the price, ISO 4217.
    pub currency: String,
    /// It can still be moved.
    pub active: bool,
    /// There is less than the minimum.
    pub below_minimum: bool,
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductPage {
    /// The products.
    pub rows: Vec<ProductRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// How many there are in all; an estimate above ten thousand.
    pub total: u32,
}

/// A code of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CodeEntry {
    /// The code, as it is scanned.
    pub code: String,
    /// Base units that one scan of it stands for.
    pub quantity: String,
}

/// A product, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// What the list shows.
    #[serde(flatten)]
    pub row: ProductRow,
    /// Its category.
    pub category_id: Option<String>,
    /// Its base unit.
    pub unit_id: String,
    /// Grows with every change.
    pub version: u32,
    /// Its codes.
    pub codes: Vec<CodeEntry>,
    /// Its own label, if it has one.
    pub own_label: Option<String>,
    /// It has a picture.
    pub has_picture: bool,
}

/// A product as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductInput {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category_id: Option<String>,
    /// Its base unit.
    pub unit_id: String,
    /// The least that should be there.
    pub min_stock: Option<String>,
    /// Price of one base unit.
    pub price: Option<String>,
    /// Its codes, without its own label.
    pub codes: Vec<CodeEntry>,
    /// It wants a label of our own.
    pub own_label: bool,
    /// It can be moved.
    pub active: bool,
}

impl From<product::ProductRow> for ProductRow {
    fn from(row: product::ProductRow) -> Self {
        Self {
            below_minimum: row.is_below_minimum(),
            id: row.id.to_string(),
            sku: row.sku,
            name: row.name,
            category: row.category,
            unit: row.unit_symbol,
            on_hand: decimal(row.on_hand),
            min_stock: row.min_stock.map(decimal),
            price: row.price.map(decimal),
            currency: row.currency,
            active: row.active,
        }
    }
}

impl From<product::Product> for Product {
    fn from(found: product::Product) -> Self {
        let own = found
            .codes
            .iter()
            .find(|code| code.kind == CodeKind::OwnLabel);
        Self {
            own_label: own.map(|code| code.code.clone()),
            category_id: found.row.category_id.map(|id| id.to_string()),
            unit_id: found.row.unit_id.to_string(),
            version: found.row.version.unsigned_abs(),
            has_picture: found.row.has_picture,
            codes: found
                .codes
                .iter()
                .filter(|code| code.kind != CodeKind::OwnLabel)
                .map(|code| CodeEntry {
                    code: code.code.clone(),
                    quantity: decimal(code.quantity),
                })
                .collect(),
            row: found.row.into(),
        }
    }
}

impl From<category::Category> for Category {
    fn from(category: category::Category) -> Self {
        Self {
            id: category.id.to_string(),
            name: category.name,
            product_count: u32::try_from(category.product_count).unwrap_or(u32::MAX),
        }
    }
}

impl Ombor {
    /// Every category, by name.
    pub async fn list_categories(&self) -> Result<Vec<Category>> {
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let found = category::list_categories(connection).await;
        Ok(work
            .done(found)
            .await?
            .into_iter()
            .map(Category::from)
            .collect())
    }

    /// Makes a category.
    pub async fn create_category(&self, name: String) -> Result<Category> {
        let name = Name::parse(&name).map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let created = category::create_category(connection, actor, &name).await;
        let created = work.done(created).await?;
        self.changed(&[ChangeTag::Category, ChangeTag::Audit]);
        Ok(created.into())
    }

    /// Every unit of measure.
    pub async fn list_units(&self) -> Result<Vec<Unit>> {
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let units = unit::list_units(connection).await;
        let units = work.done(units).await?.into_iter();
        Ok(units
            .map(|unit| Unit {
                id: unit.id.to_string(),
                name: unit.name,
                symbol: unit.symbol,
                decimals: u32::from(unit.decimals.unsigned_abs()),
            })
            .collect())
    }

    /// A page of products, by name.
    pub async fn search_products(&self, query: ProductQuery) -> Result<ProductPage> {
        let filter = query.filter()?;
        let after = query
            .after
            .map(|after| after.parse())
            .transpose()
            .map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let page = product::search_products(connection, &filter, after.as_ref(), query.limit).await;
        let page = work.done(page).await?;
        Ok(ProductPage {
            rows: page.rows.into_iter().map(ProductRow::from).collect(),
            next: page.next.map(|next| next.to_string()),
            total: page.total,
        })
    }

    /// A product, whole.
    pub async fn get_product(&self, id: String) -> Result<Product> {
        let id = id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let found = product::get_product(connection, id).await;
        Ok(work.done(found).await?.into())
    }

    /// Makes a product.
    pub async fn create_product(&self, input: ProductInput) -> Result<Product> {
        let mut work = self.work().await?;
        let parsed = parse(&input, None, &mut work).await?;
        let (connection, actor) = work.parts();
        let created = product::create_product(connection, actor, &parsed).await;
        let id = work.done(created).await?;
        self.changed(&[
            ChangeTag::Product,
            ChangeTag::Stock,
            ChangeTag::Category,
            ChangeTag::Audit,
        ]);
        self.get_product(id.to_string()).await
    }

    /// Changes a product that was read at `version`.
    pub async fn update_product(
        &self,
        id: String,
        version: u32,
        input: ProductInput,
    ) -> Result<Product> {
        let product_id: ProductId = id.parse().map_err(fault::from_core)?;
        let own_label = self.get_product(id.clone()).await?.own_label;
        let version = i32::try_from(version).unwrap_or(i32::MAX);
        let mut work = self.work().await?;
        let parsed = parse(&input, own_label, &mut work).await?;
        let (connection, actor) = work.parts();
        let updated =
            product::update_product(connection, actor, product_id, version, &parsed).await;
        work.done(updated).await?;
        self.changed(&[ChangeTag::Product, ChangeTag::Category, ChangeTag::Audit]);
        self.get_product(id).await
    }

    /// Gives a product a picture (PNG, JPEG or WebP up to 2 MiB, in base 64), or takes it away.
    pub async fn set_product_picture(&self, id: String, base64: Option<String>) -> Result<()> {
        let id = id.parse().map_err(fault::from_core)?;
        let picture = base64.map(|text| picture_of(&text)).transpose()?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let set = picture::set_picture(connection, actor, id, picture.as_ref()).await;
        work.done(set).await?;
        self.changed(&[ChangeTag::Product, ChangeTag::Audit]);
        Ok(())
    }

    /// A product's picture as a data URL.
    pub async fn product_picture(&self, id: String) -> Result<Option<String>> {
        let id = id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let found = picture::find_picture(connection, id).await;
        let found = work.done(found).await?;
        Ok(found.map(|found| {
            format!(
                "data:{};base64,{}",
                found.content_type,
                BASE64.encode(&found.bytes)
            )
        }))
    }
}
