//! The codes that Ombor prints itself: 13 digits with an EAN-13 check digit.
//!
//! | prefix | what | the rest |
//! |---|---|---|
//! | 27 | an employee's badge | a number of 10 digits |
//! | 28 | a control card | 2 digits for the command, 8 for its argument |
//! | 29 | our product label | a number of 10 digits |

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::check_digit::{check_digit, has_valid_check_digit};

const BADGE: &str = "27";
const COMMAND: &str = "28";
const LABEL: &str = "29";

/// The largest quantity that fits a control card.
const MAX_CARD_QUANTITY: u32 = 99_999_999;

/// What a control card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// What follows is received.
    In,
    /// What follows is issued.
    Out,
    /// Close the document.
    Save,
    /// Give up what is being entered.
    Cancel,
    /// The quantity of the line being entered: a whole number from 1 to 99,999,999.
    Quantity(Decimal),
}

/// One of our own codes, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnCode {
    Badge,
    Label,
    Command(Command),
}

/// The 13 digits of a control card; `None` for a quantity that is not a whole number from 1 to 99,999,999.
pub fn command_code(command: Command) -> Option<String> {
    let (number, argument) = match command {
        Command::In => (1, 0),
        Command::Out => (2, 0),
        Command::Save => (3, 0),
        Command::Cancel => (4, 0),
        Command::Quantity(quantity) => (5, card_quantity(quantity)?),
    };
    Some(with_check_digit(format!(
        "{COMMAND}{number:02}{argument:08}"
    )))
}

/// Reads one of our own codes; `None` when `code` is none of ours, is a command that we do not know, or fails its
/// check digit.
pub(crate) fn parse(code: &str) -> Option<OwnCode> {
    if !is_own_shape(code) || !has_valid_check_digit(code) {
        return None;
    }
    match code.get(..2)? {
        BADGE => Some(OwnCode::Badge),
        LABEL => Some(OwnCode::Label),
        _ => parse_command(code).map(OwnCode::Command),
    }
}

/// True for 13 digits with one of our prefixes, whatever their check digit.
pub(crate) fn is_own_shape(code: &str) -> bool {
    code.len() == 13
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && [BADGE, COMMAND, LABEL]
            .iter()
            .any(|prefix| code.starts_with(prefix))
}

fn parse_command(code: &str) -> Option<Command> {
    let argument: u32 = code.get(4..12)?.parse().ok()?;
    match (code.get(2..4)?, argument) {
        ("01", 0) => Some(Command::In),
        ("02", 0) => Some(Command::Out),
        ("03", 0) => Some(Command::Save),
        ("04", 0) => Some(Command::Cancel),
        ("05", 1..) => Some(Command::Quantity(Decimal::from(argument))),
        _ => None,
    }
}

fn card_quantity(quantity: Decimal) -> Option<u32> {
    let whole = quantity.is_integer().then(|| quantity.to_u32())??;
    (1..=MAX_CARD_QUANTITY).contains(&whole).then_some(whole)
}

fn with_check_digit(mut payload: String) -> String {
    if let Some(digit) = check_digit(&payload) {
        payload.push(char::from(b'0' + digit));
    }
    payload
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_control_cards_keep_their_numbers() {
        assert_eq!(command_code(Command::In).as_deref(), Some("2801000000001"));
        assert_eq!(command_code(Command::Out).as_deref(), Some("2802000000008"));
        assert_eq!(
            command_code(Command::Save).as_deref(),
            Some("2803000000005")
        );
        assert_eq!(
            command_code(Command::Cancel).as_deref(),
            Some("2804000000002")
        );
        assert_eq!(
            command_code(Command::Quantity(Decimal::from(10))).as_deref(),
            Some("2805000000108")
        );
    }

    #[test]
    fn a_quantity_that_a_card_cannot_hold_has_no_card() {
        for quantity in ["0", "-1", "0.5", "100000000"] {
            let quantity: Option<Decimal> = quantity.parse().ok();
            assert!(quantity.is_some());
            assert_eq!(quantity.map(Command::Quantity).and_then(command_code), None);
        }
    }

    #[test]
    fn a_command_that_nobody_defined_is_none_of_ours() {
        for payload in ["280600000001", "280100000001", "280500000000"] {
            assert_eq!(parse(&with_check_digit(payload.to_owned())), None);
        }
    }

    proptest! {
        #[test]
        fn a_label_and_a_badge_of_any_number_are_told_apart(n in any::<u32>()) {
            prop_assert_eq!(parse(&with_check_digit(format!("29{n:010}"))), Some(OwnCode::Label));
            prop_assert_eq!(parse(&with_check_digit(format!("27{n:010}"))), Some(OwnCode::Badge));
        }

        #[test]
        fn a_quantity_card_says_its_quantity(n in 1_u32..=MAX_CARD_QUANTITY) {
            let command = Command::Quantity(Decimal::from(n));
            prop_assert_eq!(command_code(command).as_deref().and_then(parse), Some(OwnCode::Command(command)));
        }
    }
}
