//! Money: an amount in the warehouse's currency, exact to two decimals.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Error, Result, quantity::parse_decimal};

/// An amount of zero or more, at most two decimals, below 10¹⁶.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(Decimal);

impl Money {
    /// Reads an amount: digits with a point or a comma, no sign, no grouping.
    ///
    /// # Errors
    /// [`Error::InvalidPrice`]
    pub fn parse(text: &str) -> Result<Self> {
        parse_decimal(text, 2, 16)
            .map(Self)
            .ok_or(Error::InvalidPrice)
    }

    /// The number.
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(formatter)
    }
}
