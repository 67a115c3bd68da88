//! What an old program kept, in the warehouse's own types: what a reader of files hands in.

use std::{fmt, path::PathBuf, sync::Arc};

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    actor::Role,
    catalogue::{code::CodeInput, product::Sku},
    money::Money,
    name::Name,
    people::user::Login,
    quantity::{Quantity, StockLevel},
};

/// Where something stands in what was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Origin {
    /// The sheet, table or file.
    #[serde(rename = "in")]
    pub part: Arc<str>,
    /// The row of a sheet or text, the key of a database row, the line of an XML file; 0 is the whole part.
    pub row: u64,
}

impl Origin {
    /// A row of a part.
    pub fn new(part: &Arc<str>, row: u64) -> Self {
        Self {
            part: Arc::clone(part),
            row,
        }
    }

    /// All that was read.
    pub fn everything() -> Self {
        Self::whole("*")
    }

    /// A part as a whole.
    pub fn whole(part: &str) -> Self {
        Self {
            part: Arc::from(part),
            row: 0,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row == 0 {
            formatter.write_str(&self.part)
        } else {
            write!(formatter, "{}:{}", self.part, self.row)
        }
    }
}

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: Name,
    /// The place of the group around it in [`OldWarehouse::categories`], before this one.
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
    /// The place of its group in [`OldWarehouse::categories`].
    pub category: Option<usize>,
    /// The place of its unit in [`OldWarehouse::units`].
    pub unit: Option<usize>,
    /// What one unit is sold for.
    pub price: Option<Money>,
    /// The level below which it is to be ordered.
    pub min_stock: Option<StockLevel>,
    /// Its codes, each of no other product, and how many units each stands for.
    pub codes: Vec<CodeInput>,
    /// Who makes it.
    pub brand: Option<String>,
    /// Whether it is in use.
    pub active: bool,
    /// The place in [`OldWarehouse::products`] of the product that it is a variant of.
    pub variant_of: Option<usize>,
}

/// What is in stock of a product in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The place of the product in [`OldWarehouse::products`].
    pub product: usize,
    /// The place of the warehouse in [`OldWarehouse::places`]; `None` where the old data know only one.
    pub place: Option<usize>,
    /// How much, in the product's unit.
    pub quantity: Quantity,
}

/// A picture of a product. It is read when it is written, since all of them together may be bigger than the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is named.
    pub origin: Origin,
    /// The place of the product in [`OldWarehouse::products`].
    pub product: usize,
    /// Its file.
    pub path: PathBuf,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Direction {
    /// Into the warehouse.
    In,
    /// Out of it.
    Out,
}

impl Direction {
    /// The direction as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
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
    /// The place of the product in [`OldWarehouse::products`], if it is there.
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

/// Everything that is to be taken over.
#[derive(Debug, Clone, Copy)]
pub struct OldWarehouse<'a> {
    /// What tells this old program from another: a second run under the same name finds its records again.
    pub source: &'a str,
    /// Groups of products, each after the group around it.
    pub categories: &'a [Category],
    /// Units by name.
    pub units: &'a [String],
    /// Warehouses and shops by name.
    pub places: &'a [String],
    /// Products, each before its variants.
    pub products: &'a [Product],
    /// What is in stock: above zero, once per product and place.
    pub balances: &'a [Balance],
    /// Pictures of products, at most one each.
    pub pictures: &'a [Picture],
    /// Users without their passwords.
    pub users: &'a [User],
    /// The history.
    pub movements: &'a [OldMovement],
}
