//! Balances while a plan is put together.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::Assembly;
use crate::{
    number::rounded,
    skipped::{Origin, Reason},
};

impl Assembly<'_> {
    /// Adds to the balance of a product in a place; what is below zero is not taken.
    pub fn balance(
        &mut self,
        origin: &Origin,
        product: usize,
        place: Option<usize>,
        quantity: Decimal,
    ) {
        if quantity < Decimal::ZERO {
            self.skip(origin.clone(), Reason::QuantityNegative { quantity });
            return;
        }
        let exact = rounded(quantity, 3);
        if exact != quantity {
            self.tally.rounded += 1;
        }
        let order = self.balances.len();
        let (_, sum) = self
            .balances
            .entry((product, place))
            .or_insert((order, Decimal::ZERO));
        *sum = sum.saturating_add(exact);
    }

    /// Whether any product has a balance, be it zero.
    pub fn has_balances(&self) -> bool {
        !self.balances.is_empty()
    }

    /// What lies of each product in all places.
    pub fn stock_by_product(&self) -> HashMap<usize, Decimal> {
        let mut stock: HashMap<usize, Decimal> = HashMap::new();
        for ((product, _), (_, sum)) in &self.balances {
            *stock.entry(*product).or_default() += sum;
        }
        stock
    }
}
