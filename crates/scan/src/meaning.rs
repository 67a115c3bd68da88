//! What a scanned text stands for.

use crate::decode::MAX_CODE_BYTES;
use crate::gtin::Gtin;
use crate::own_code::{self, Command, OwnCode};

/// What a scanned text stands for, as far as the text alone can say. Real catalogues hold many codes that begin with
/// 2, so the code table is asked before this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanMeaning {
    /// One of our control cards.
    Command(Command),
    /// An employee's badge: its 13 digits.
    Badge(String),
    /// Our own product label: its 13 digits.
    OwnLabel(String),
    /// EAN-8, UPC-A, EAN-13 or ITF-14 with a valid check digit.
    Gtin(Gtin),
    /// Any other code that a label may carry, as it was scanned.
    Other(String),
    /// Nothing that can be looked up.
    Invalid {
        /// Why.
        reason: InvalidReason,
    },
}

/// Why a text cannot be a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidReason {
    /// Nothing but spaces.
    Empty,
    /// Longer than [`MAX_CODE_BYTES`].
    TooLong,
    /// A control character other than the separators that codes use.
    ControlCharacter,
    /// A number of ours whose check digit is wrong: misread.
    CheckDigit,
}

/// Says what a scanned text stands for.
pub fn classify(text: &str) -> ScanMeaning {
    if let Some(reason) = fault(text) {
        return ScanMeaning::Invalid { reason };
    }
    let trimmed = text.trim();
    let code = without_padding(trimmed);
    match own_code::parse(code) {
        Some(OwnCode::Badge) => return ScanMeaning::Badge(code.to_owned()),
        Some(OwnCode::Label) => return ScanMeaning::OwnLabel(code.to_owned()),
        Some(OwnCode::Command(command)) => return ScanMeaning::Command(command),
        None => {}
    }
    match Gtin::parse(trimmed) {
        Some(gtin) => ScanMeaning::Gtin(gtin),
        None if own_code::is_own_shape(code) => ScanMeaning::Invalid {
            reason: InvalidReason::CheckDigit,
        },
        None => ScanMeaning::Other(text.to_owned()),
    }
}

/// A scanner set to GTIN-14 puts a zero before our 13 digits.
fn without_padding(code: &str) -> &str {
    match code.strip_prefix('0') {
        Some(rest) if code.len() == 14 => rest,
        _ => code,
    }
}

fn fault(text: &str) -> Option<InvalidReason> {
    if text.trim().is_empty() {
        Some(InvalidReason::Empty)
    } else if text.len() > MAX_CODE_BYTES {
        Some(InvalidReason::TooLong)
    } else if text.chars().any(|c| c.is_control() && !is_separator(c)) {
        Some(InvalidReason::ControlCharacter)
    } else {
        None
    }
}

/// The control characters that GS1 and ISO 15434 codes hold.
fn is_separator(character: char) -> bool {
    matches!(character, '\u{4}' | '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::own_code::command_code;

    const LABEL: &str = "2900000000070";
    const BADGE: &str = "2700000000076";

    fn gtin(code: &str) -> Option<ScanMeaning> {
        Gtin::parse(code).map(ScanMeaning::Gtin)
    }

    #[test]
    fn retail_codes_are_told_by_length_and_check_digit() {
        for code in [
            "4600702083118",
            "96385074",
            "036000291452",
            "10012345678902",
        ] {
            assert_eq!(Some(classify(code)), gtin(code), "{code}");
        }
    }

    #[test]
    fn a_retail_number_with_a_wrong_check_digit_is_a_code_like_any_other() {
        assert_eq!(
            classify("4600702083113"),
            ScanMeaning::Other("4600702083113".to_owned())
        );
    }

    #[test]
    fn our_own_numbers_are_told_by_their_prefix() {
        assert_eq!(classify(LABEL), ScanMeaning::OwnLabel(LABEL.to_owned()));
        assert_eq!(classify(BADGE), ScanMeaning::Badge(BADGE.to_owned()));
        assert_eq!(
            classify(&format!("0{BADGE}")),
            ScanMeaning::Badge(BADGE.to_owned())
        );
        for command in [
            Command::In,
            Command::Out,
            Command::Save,
            Command::Cancel,
            Command::Quantity(Decimal::TEN),
        ] {
            let code = command_code(command).unwrap_or_default();
            assert_eq!(classify(&code), ScanMeaning::Command(command));
        }
    }

    #[test]
    fn a_misread_number_of_ours_is_refused() {
        assert_eq!(
            classify("2900000000071"),
            ScanMeaning::Invalid {
                reason: InvalidReason::CheckDigit
            }
        );
    }

    #[test]
    fn an_unknown_number_with_our_command_prefix_is_a_retail_code() {
        assert_eq!(Some(classify("2899000000008")), gtin("2899000000008"));
    }

    #[test]
    fn what_cannot_be_a_code_says_why() {
        let reason = |text: &str| match classify(text) {
            ScanMeaning::Invalid { reason } => Some(reason),
            _ => None,
        };
        assert_eq!(reason(" "), Some(InvalidReason::Empty));
        assert_eq!(reason(&"x".repeat(513)), Some(InvalidReason::TooLong));
        assert_eq!(reason("a\0b"), Some(InvalidReason::ControlCharacter));
        assert_eq!(reason(&"x".repeat(512)), None);
        assert_eq!(reason("0104600702083112\u{1d}21a"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            classify(&text);
            crate::lookup_forms(&text);
        }
    }
}
