//! The report of a dry run.

use serde::Serialize;

use crate::{
    error::Error,
    plan::{ColumnMapping, Disagreement, Noted, Plan},
    skipped::Skipped,
};

/// What an import would bring, in numbers, and everything that it would not.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The format of what was read; several are joined by `+`.
    pub format: String,
    /// How many records were read.
    pub read: u64,
    /// Products, without their variants.
    pub products: usize,
    /// Variants (sizes, colours) of products; each is kept as a product of its own.
    pub variants: usize,
    /// Groups.
    pub categories: usize,
    /// Units.
    pub units: usize,
    /// Warehouses and shops.
    pub places: usize,
    /// Codes of all products.
    pub codes: usize,
    /// Balances above zero.
    pub stock: usize,
    /// Pictures of products.
    pub pictures: usize,
    /// Users, who will be asked for a new password.
    pub users: usize,
    /// Movements that are kept as history.
    pub movements: usize,
    /// What was not taken.
    pub skipped: &'a [Skipped],
    /// Where the old stock is not what the old movements add up to; the stock is taken.
    pub disagreements: &'a [Disagreement],
    /// What else is to be known.
    pub notes: &'a [Noted],
    /// What every column was taken for.
    pub mapping: &'a [ColumnMapping],
}

impl<'a> From<&'a Plan> for Report<'a> {
    fn from(plan: &'a Plan) -> Self {
        let variants = plan
            .products
            .iter()
            .filter(|product| product.variant_of.is_some())
            .count();
        Self {
            format: plan.formats.join("+"),
            read: plan.read,
            products: plan.products.len() - variants,
            variants,
            categories: plan.categories.len(),
            units: plan.units.len(),
            places: plan.places.len(),
            codes: plan
                .products
                .iter()
                .map(|product| product.codes.len())
                .sum(),
            stock: plan.balances.len(),
            pictures: plan.pictures.len(),
            users: plan.users.len(),
            movements: plan.movements.len(),
            skipped: &plan.skipped,
            disagreements: &plan.disagreements,
            notes: &plan.notes,
            mapping: &plan.mapping,
        }
    }
}

/// The report of an import that read nothing.
#[derive(Debug, Serialize)]
pub struct Refusal {
    /// Always empty: no format was recognised.
    pub format: Option<&'static str>,
    /// Always 0, as are the counts below.
    pub read: u64,
    /// Products.
    pub products: u64,
    /// Groups.
    pub categories: u64,
    /// Balances.
    pub stock: u64,
    /// Nothing was looked at row by row.
    pub skipped: [(); 0],
    /// The word for the refusal.
    pub error: &'static str,
    /// The refusal as a sentence.
    pub message: String,
}

impl From<&Error> for Refusal {
    fn from(error: &Error) -> Self {
        Self {
            format: None,
            read: 0,
            products: 0,
            categories: 0,
            stock: 0,
            skipped: [],
            error: error.code(),
            message: error.to_string(),
        }
    }
}
