//! A quantity entered digit by digit, by hand.

use rust_decimal::Decimal;

/// The most digits before the point: more is a code typed by mistake, not a quantity.
const MAX_WHOLE_DIGITS: usize = 7;

/// The most digits after the point.
const MAX_DECIMALS: usize = 3;

/// A key that takes part in entering a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKey {
    /// A digit, 0 to 9.
    Digit(u8),
    /// The decimal point, whichever key it was: point, comma or the keypad's.
    Point,
    /// Takes the last key back.
    Backspace,
}

/// Why a key did not change the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// No more digits fit before the point.
    #[error("more than {MAX_WHOLE_DIGITS} digits before the point")]
    TooManyDigits,
    /// No more digits fit after the point.
    #[error("more than {MAX_DECIMALS} digits after the point")]
    TooManyDecimals,
    /// There is a point already.
    #[error("a second point")]
    SecondPoint,
    /// Not a digit from 0 to 9.
    #[error("not a digit")]
    NotADigit,
}

/// A quantity as far as it has been entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuantityEntry {
    text: String,
}

impl QuantityEntry {
    /// Takes the next key. A key that does not fit is refused and changes nothing.
    pub fn press(&mut self, key: EntryKey) -> Result<(), EntryError> {
        match key {
            EntryKey::Digit(digit) => self.append(digit),
            EntryKey::Point if self.text.contains('.') => Err(EntryError::SecondPoint),
            EntryKey::Point => {
                if self.text.is_empty() {
                    self.text.push('0');
                }
                self.text.push('.');
                Ok(())
            }
            EntryKey::Backspace => {
                self.text.pop();
                Ok(())
            }
        }
    }

    fn append(&mut self, digit: u8) -> Result<(), EntryError> {
        if digit > 9 {
            return Err(EntryError::NotADigit);
        }
        match self.text.split_once('.') {
            Some((_, decimals)) if decimals.len() >= MAX_DECIMALS => {
                return Err(EntryError::TooManyDecimals);
            }
            None if self.text == "0" => self.text.clear(),
            None if self.text.len() >= MAX_WHOLE_DIGITS => return Err(EntryError::TooManyDigits),
            Some(_) | None => {}
        }
        self.text.push(char::from(b'0' + digit));
        Ok(())
    }

    /// What to show: digits with a point, as entered.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Nothing has been entered.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Forgets everything entered.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// The quantity; `None` while nothing or nothing but zeros has been entered.
    pub fn value(&self) -> Option<Decimal> {
        let value: Decimal = self.text.trim_end_matches('.').parse().ok()?;
        (!value.is_zero()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entered(keys: &str) -> QuantityEntry {
        let mut entry = QuantityEntry::default();
        for key in keys.bytes() {
            let key = match key {
                b'.' => EntryKey::Point,
                b'<' => EntryKey::Backspace,
                digit => EntryKey::Digit(digit - b'0'),
            };
            assert_eq!(entry.press(key), Ok(()));
        }
        entry
    }

    #[test]
    fn digits_and_one_point_make_a_quantity() {
        assert_eq!(entered("12.5").value(), Some(Decimal::new(125, 1)));
        assert_eq!(entered(".5").text(), "0.5");
        assert_eq!(entered("5.").value(), Some(Decimal::from(5)));
        assert_eq!(entered("007").text(), "7");
    }

    #[test]
    fn backspace_takes_the_last_key_back_and_is_harmless_on_nothing() {
        assert_eq!(entered("12<").text(), "1");
        assert_eq!(entered("1.<5").text(), "15");
        assert!(entered("<").is_empty());
    }

    #[test]
    fn nothing_and_zero_are_no_quantity() {
        for keys in ["", "0", "0.000", "."] {
            assert_eq!(entered(keys).value(), None, "{keys}");
        }
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused_and_changes_nothing() {
        let mut entry = entered("1234567");
        assert_eq!(
            entry.press(EntryKey::Digit(8)),
            Err(EntryError::TooManyDigits)
        );
        assert_eq!(entry.text(), "1234567");
        let mut entry = entered("1.123");
        assert_eq!(
            entry.press(EntryKey::Digit(4)),
            Err(EntryError::TooManyDecimals)
        );
        assert_eq!(entry.press(EntryKey::Point), Err(EntryError::SecondPoint));
        assert_eq!(entry.press(EntryKey::Digit(10)), Err(EntryError::NotADigit));
        assert_eq!(entry.text(), "1.123");
    }

    fn any_key() -> impl Strategy<Value = EntryKey> {
        prop_oneof![
            any::<u8>().prop_map(EntryKey::Digit),
            Just(EntryKey::Point),
            Just(EntryKey::Backspace),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_the_quantity_fits_the_ledger(keys in prop::collection::vec(any_key(), 0..40)) {
            let mut entry = QuantityEntry::default();
            for key in keys {
                if let Err(refusal) = entry.press(key) {
                    prop_assert!(!refusal.to_string().is_empty());
                }
                if let Some(value) = entry.value() {
                    prop_assert!(value > Decimal::ZERO && value < Decimal::from(10_000_000) && value.scale() <= 3);
                }
            }
        }
    }
}
