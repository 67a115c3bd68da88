//! What an import would do: everything that was read, in the words of the warehouse, and everything that was not taken.

use ombor_core::takeover::OldWarehouse;
pub use ombor_core::takeover::old::{
    Balance, Category, Direction, OldMovement, Picture, Product, User,
};
use rust_decimal::Decimal;
use serde::Serialize;

pub use crate::archive::Unpacked;
use crate::{
    lexicon::Field,
    skipped::{Note, Origin, Skipped},
};

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
    /// What tells the old program from another one: the birth of its database, the key of its catalogue, else the name
    /// of the first file.
    pub source: String,
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
    /// Pictures of products that lie beside the file that names them, at most one each.
    pub pictures: Vec<Picture>,
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
    /// The folders of archives that were read: pictures lie in them, and they go when the plan does.
    pub unpacked: Vec<Unpacked>,
}

impl Plan {
    /// What is to be written into the warehouse.
    pub fn old_warehouse(&self) -> OldWarehouse<'_> {
        OldWarehouse {
            source: &self.source,
            categories: &self.categories,
            units: &self.units,
            places: &self.places,
            products: &self.products,
            balances: &self.balances,
            pictures: &self.pictures,
            users: &self.users,
            movements: &self.movements,
        }
    }
}
