//! What an import would do: everything that was read, in the words of the warehouse, and everything that was not taken.

use ombor_core::{
    actor::Role,
    catalogue::{code::ProductCode, product::Sku},
    money::Money,
    name::Name,
    people::user::Login,
    quantity::{Quantity, StockLevel},
};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    lexicon::Field,
    skipped::{Note, Origin, Skipped},
};

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: Name,
    /// The place of the group around it in [`Plan::categories`].
    pub parent: Option<usize>,
}

/// A product, or one variant (size, colour) of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Where it stands.
    pub origin: Origin,
    /// Its key in the old program.
    pub key: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its article.
    pub sku: Option<Sku>,
    /// The place of its group in [`Plan::categories`].
    pub category: Option<usize>,
    /// The place of its unit in [`Plan::units`].
    pub unit: Option<usize>,
    /// What one unit is sold for.
    pub price: Option<Money>,
    /// The level below which it is to be ordered.
    pub min_stock: Option<StockLevel>,
    /// Its codes; each stands for one unit and for no other product.
    pub codes: Vec<ProductCode>,
    /// Who makes it.
    pub brand: Option<String>,
    /// Whether it is in use.
    pub active: bool,
    /// The place in [`Plan::products`] of the product that it is a variant of.
    pub variant_of: Option<usize>,
}

/// What is in stock of a product in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The place of the product in [`Plan::products`].
    pub product: usize,
    /// The place of the warehouse in [`Plan::places`]; `None` where the old data know only one.
    pub place: Option<usize>,
    /// How much, in the product's unit.
    pub quantity: Quantity,
}

/// A user of the old program; the password does not come over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Where it stands.
    pub origin: Origin,
    /// The login.
    pub login: Login,
    /// The person's name, or the login where there is none.
    pub name: Name,
    /// What the user may do: an administrator stays one, everybody else becomes an operator.
    pub role: Role,
    /// Whether the user may log in.
    pub active: bool,
}

/// Which way goods went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Into the warehouse.
    In,
    /// Out of it.
    Out,
}

/// A movement of the old program: history to be read, apart from the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldMovement {
    /// Where it stands.
    pub origin: Origin,
    /// When it was, as the old program wrote it.
    pub at: Option<String>,
    /// Which way, if the old program says so.
    pub direction: Option<Direction>,
    /// The place of the product in [`Plan::products`], if it is there.
    pub product: Option<usize>,
    /// The product's key in the old program.
    pub product_key: Option<String>,
    /// How much, as it was written: some programs put a minus before what went out.
    pub quantity: Option<Decimal>,
    /// The login of the user.
    pub user: Option<String>,
    /// What else was written.
    pub note: Option<String>,
}

/// A product of which the old stock is not what the old movements add up to. The stock is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Where the product stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// The product's name.
    pub product: String,
    /// What the old program says is there.
    pub stock: Decimal,
    /// What the movements, or the warehouses one by one, add up to.
    pub movements: Decimal,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnMapping {
    /// The sheet, table or file.
    #[serde(rename = "in")]
    pub part: String,
    /// The column's head.
    pub column: String,
    /// What it holds; `None` if it is not known.
    pub field: Option<Field>,
}

/// A hand's correction: this column holds that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The sheet, table or file; `None` for every one that has the column.
    pub part: Option<String>,
    /// The column's head, or its letter (`A`, `B` …) where there are no heads.
    pub column: String,
    /// What it holds.
    pub field: Field,
}

/// Something to know, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// Where.
    #[serde(flatten)]
    pub origin: Origin,
    /// What.
    pub note: Note,
}

/// Everything that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The formats of the files, each once: `xlsx`, `csv`, `commerceml`, `django-sqlite` and so on.
    pub formats: Vec<&'static str>,
    /// How many records were read: rows below the heads, rows of the old program's own tables, goods and offers.
    pub read: u64,
    /// Groups of products, each after the group around it.
    pub categories: Vec<Category>,
    /// Units by name.
    pub units: Vec<String>,
    /// Warehouses and shops by name.
    pub places: Vec<String>,
    /// Products, each before its variants.
    pub products: Vec<Product>,
    /// What is in stock: above zero, once per product and place.
    pub balances: Vec<Balance>,
    /// Users without their passwords.
    pub users: Vec<User>,
    /// The history.
    pub movements: Vec<OldMovement>,
    /// What every column was taken for.
    pub mapping: Vec<ColumnMapping>,
    /// Everything that was not taken.
    pub skipped: Vec<Skipped>,
    /// Where the old stock and the old movements disagree.
    pub disagreements: Vec<Disagreement>,
    /// What else is to be known.
    pub notes: Vec<Noted>,
}
