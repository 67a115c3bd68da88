//! What people and scanners type: parsed once, never a panic, and what parses reads the same again.

use ombor_core::{
    catalogue::product::Sku,
    money::Money,
    name::Name,
    people::user::Login,
    quantity::{Quantity, StockLevel},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

#[test]
fn a_quantity_is_written_with_a_point_or_a_comma() {
    for (text, value) in [
        ("1", dec!(1)),
        ("1,5", dec!(1.5)),
        ("0.125", dec!(0.125)),
        (" 12. ", dec!(12)),
        (",5", dec!(0.5)),
    ] {
        assert_eq!(
            Quantity::parse(text).map(Quantity::as_decimal).ok(),
            Some(value),
            "{text}"
        );
    }
    for text in [
        "",
        ".",
        "0",
        "0.000",
        "-1",
        "+1",
        "1.2345",
        "1 000",
        "1,000.5",
        "1e3",
        "٣",
        "9999999999999999",
    ] {
        assert!(Quantity::parse(text).is_err(), "{text}");
    }
    assert_eq!(
        StockLevel::parse("0").map(StockLevel::as_decimal).ok(),
        Some(Decimal::ZERO)
    );
    assert!(Money::parse("10.005").is_err() && Money::parse("-1").is_err());
}

#[test]
fn a_login_is_lower_case_and_plain() {
    assert_eq!(
        Login::parse(" Ali.Valiyev ")
            .map(|login| login.to_string())
            .ok(),
        Some("ali.valiyev".to_owned())
    );
    for text in ["", "a", "-ali", "али", "a b", &"a".repeat(33)] {
        assert!(Login::parse(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_refused_or_reads_the_same_again(text in "\\PC{0,80}|[0-9.,]{0,20}|[ -~\\x00-\\x1f]{0,70}") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()).ok(), Some(quantity));
            prop_assert!(quantity.as_decimal() > Decimal::ZERO && quantity.as_decimal().scale() <= 3);
        }
        if let Ok(level) = StockLevel::parse(&text) {
            prop_assert_eq!(StockLevel::parse(&level.to_string()).ok(), Some(level));
        }
        if let Ok(money) = Money::parse(&text) {
            prop_assert_eq!(Money::parse(&money.to_string()).ok(), Some(money));
            prop_assert!(money.as_decimal().scale() <= 2);
        }
        if let Ok(sku) = Sku::parse(&text) {
            prop_assert_eq!(Sku::parse(sku.as_str()).ok(), Some(sku));
        }
        if let Ok(name) = Name::parse(&text) {
            prop_assert_eq!(Name::parse(name.as_str()).ok(), Some(name));
        }
        if let Ok(login) = Login::parse(&text) {
            prop_assert_eq!(Login::parse(login.as_str()).ok(), Some(login));
        }
    }

    #[test]
    fn every_quantity_of_three_decimals_survives_being_written(units in 1_i64..1_000_000_000_000_000_000) {
        let quantity = Quantity::try_from(Decimal::new(units, 3)).expect("in range");
        prop_assert_eq!(Quantity::parse(&quantity.to_string()).ok(), Some(quantity));
        prop_assert_eq!(Quantity::parse(&quantity.to_string().replace('.', ",")).ok(), Some(quantity));
    }
}
