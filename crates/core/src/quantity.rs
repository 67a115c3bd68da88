//! Quantities of a product in its base unit, exact to three decimals.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The database keeps quantities as `NUMERIC(18,3)`.
const SCALE: u32 = 3;
const INTEGER_DIGITS: usize = 15;

/// A quantity that can be moved: more than zero, at most three decimals, below 10¹⁵.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Quantity(Decimal);

/// A level that stock is measured against: a [`Quantity`] that may be zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct StockLevel(Decimal);

impl Quantity {
    /// One base unit.
    pub const ONE: Self = Self(Decimal::ONE);

    /// Reads what a person or a scanner typed: digits with a point or a comma, no sign, no grouping.
    ///
    /// # Errors
    /// [`Error::InvalidQuantity`]
    pub fn parse(text: &str) -> Result<Self> {
        parse_decimal(text, SCALE, INTEGER_DIGITS)
            .and_then(|value| Self::try_from(value).ok())
            .ok_or(Error::InvalidQuantity)
    }

    /// The number.
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

impl StockLevel {
    /// Reads a level as [`Quantity::parse`] does, zero included.
    ///
    /// # Errors
    /// [`Error::InvalidQuantity`]
    pub fn parse(text: &str) -> Result<Self> {
        parse_decimal(text, SCALE, INTEGER_DIGITS)
            .map(Self)
            .ok_or(Error::InvalidQuantity)
    }

    /// The number.
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

impl TryFrom<Decimal> for Quantity {
    type Error = Error;

    fn try_from(value: Decimal) -> Result<Self> {
        if value > Decimal::ZERO {
            StockLevel::try_from(value).map(|level| Self(level.0))
        } else {
            Err(Error::InvalidQuantity)
        }
    }
}

impl TryFrom<Decimal> for StockLevel {
    type Error = Error;

    fn try_from(value: Decimal) -> Result<Self> {
        let limit = Decimal::from(10_i64.pow(15));
        let value = value.normalize();
        if value.is_sign_negative() && !value.is_zero() || value >= limit || value.scale() > SCALE {
            return Err(Error::InvalidQuantity);
        }
        Ok(Self(value))
    }
}

impl From<Quantity> for Decimal {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl From<StockLevel> for Decimal {
    fn from(level: StockLevel) -> Self {
        level.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(formatter)
    }
}

impl fmt::Display for StockLevel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(formatter)
    }
}

/// Digits with at most one point or comma, as many decimals as `scale` and integer digits as allowed; `None` otherwise.
pub(crate) fn parse_decimal(text: &str, scale: u32, integer_digits: usize) -> Option<Decimal> {
    let (whole, fraction) = text
        .trim()
        .split_once(['.', ','])
        .unwrap_or((text.trim(), ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let significant = whole.trim_start_matches('0').len();
    if whole.len() + fraction.len() == 0
        || !are_digits(whole)
        || !are_digits(fraction)
        || significant > integer_digits
        || fraction.len() > scale as usize
    {
        return None;
    }
    format!("0{}.{fraction}0", whole.trim_start_matches('0'))
        .parse::<Decimal>()
        .ok()
        .map(|value| value.normalize())
}
