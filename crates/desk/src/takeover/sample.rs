//! The first products of what was read, so that a person sees whether the columns were understood.

use std::collections::HashMap;

use ombor_import::Plan;
use rust_decimal::Decimal;

use crate::api::takeover::SampleProduct;
use crate::wire::decimal;

/// Products that are shown.
const SHOWN: usize = 8;

/// The first products with what they came with.
pub fn of(plan: &Plan) -> Vec<SampleProduct> {
    let mut quantities: HashMap<usize, Decimal> = HashMap::new();
    for balance in plan
        .balances
        .iter()
        .filter(|balance| balance.product < SHOWN)
    {
        *quantities.entry(balance.product).or_default() += Decimal::from(balance.quantity);
    }
    let first = plan.products.iter().take(SHOWN).enumerate();
    first
        .map(|(at, product)| SampleProduct {
            name: product.name.to_string(),
            sku: product.sku.as_ref().map(ToString::to_string),
            code: product.codes.first().map(|code| code.code.to_string()),
            category: product
                .category
                .and_then(|at| plan.categories.get(at))
                .map(|category| category.name.to_string()),
            unit: product.unit.and_then(|at| plan.units.get(at)).cloned(),
            price: product.price.map(|price| price.to_string()),
            quantity: decimal(quantities.get(&at).copied().unwrap_or_default()),
        })
        .collect()
}
