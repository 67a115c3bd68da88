//! Products, their codes, categories and units.

use serde::{Deserialize, Serialize};
use specta::Type;

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
