//! How numbers and times are written on the wire.

use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A decimal without trailing zeros: `12`, `0.5`.
pub fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}

/// An instant as RFC 3339 in UTC, to the millisecond.
pub fn time(value: DateTime<Utc>) -> String {
    value.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum Locale {
    /// Uzbek in Latin letters, the first language.
    #[serde(rename = "uz-Latn")]
    UzLatn,
    /// Uzbek in Cyrillic letters.
    #[serde(rename = "uz-Cyrl")]
    UzCyrl,
    /// Russian.
    #[serde(rename = "ru")]
    Ru,
    /// Kazakh.
    #[serde(rename = "kk")]
    Kk,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// Which way goods move past the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Kirim: into the warehouse.
    In,
    /// Chiqim: out of the warehouse.
    Out,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_crosses_without_trailing_zeros() {
        assert_eq!(decimal(Decimal::new(12_000, 3)), "12");
        assert_eq!(decimal(Decimal::new(500, 3)), "0.5");
    }
}
