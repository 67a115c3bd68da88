//! Barcodes as lists hold them: as text, as numbers, several in a cell, damaged by Excel.

use ombor_core::{
    catalogue::code::{CodeInput, CodeKind, ProductCode},
    quantity::Quantity,
};

use crate::skipped::Reason;

/// What one cell says about barcodes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CodesRead {
    /// The codes, in their order, without repetition.
    pub codes: Vec<CodeInput>,
    /// What could not be taken, and why.
    pub refused: Vec<Reason>,
}

/// Stands between a code and how many units it is for, as Ombor's own export writes it: `4870209747275×12`.
const PACK_SIGN: char = '×';

/// Reads a cell of barcodes. `was_number` says that the program kept it as a number, which loses zeros at the front.
pub fn read_codes(cell: &str, was_number: bool) -> CodesRead {
    let mut read = CodesRead::default();
    for part in parts(cell) {
        let (text, quantity) = pack(part);
        match read_code(text, was_number) {
            Ok(code) if read.codes.iter().any(|known| known.code == code) => {}
            Ok(code) => read.codes.push(CodeInput { code, quantity }),
            Err(reason) => read.refused.push(reason),
        }
    }
    read
}

/// Whether the text is a number of 8, 12, 13 or 14 digits with the right check digit.
pub fn is_gtin(text: &str) -> bool {
    ProductCode::parse(text).is_ok_and(|code| CodeKind::of(&code) != CodeKind::Other)
}

/// The code, and how many units it stands for.
fn pack(text: &str) -> (&str, Quantity) {
    let split = text.rsplit_once(PACK_SIGN);
    let pack = split.and_then(|(code, many)| Some((code.trim(), Quantity::parse(many).ok()?)));
    pack.unwrap_or((text, Quantity::ONE))
}

fn read_code(text: &str, was_number: bool) -> Result<ProductCode, Reason> {
    if is_damaged(text) {
        return Err(Reason::CodeDamaged {
            code: text.to_owned(),
        });
    }
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = if is_gtin(&digits) {
        digits.as_str()
    } else {
        text.trim_start_matches('\'')
    };
    let unusable = || Reason::CodeUnusable {
        code: text.to_owned(),
    };
    let whole = text
        .strip_suffix(".0")
        .or_else(|| text.strip_suffix(",0"))
        .filter(|digits| is_digits(digits))
        .unwrap_or(text);
    if !whole.chars().any(|c| c.is_ascii_digit())
        || whole.starts_with('-') && is_digits(&whole[1..])
    {
        return Err(unusable());
    }
    let restored = if was_number {
        with_lost_zeros(whole)
    } else {
        None
    };
    ProductCode::parse(restored.as_deref().unwrap_or(whole)).map_err(|_| unusable())
}

/// `4,87021E+12`: a spreadsheet showed the number so, and the last digits are lost.
fn is_damaged(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent_is_big = exponent
        .strip_prefix('+')
        .unwrap_or(exponent)
        .parse::<u32>()
        .is_ok_and(|power| power >= 5);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let is_mantissa = mantissa.contains([',', '.'])
        && mantissa
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    exponent_is_big && is_mantissa && !digits.is_empty()
}

/// A number column drops the zeros of UPC-A and EAN-8; they are put back only where the check digit says so.
fn with_lost_zeros(text: &str) -> Option<String> {
    let wanted = match text.len() {
        7 => 8,
        10 | 11 => 12,
        _ => return None,
    };
    let padded = format!("{text:0>wanted$}");
    (is_digits(text) && is_gtin(&padded)).then_some(padded)
}

/// Several codes stand apart by a comma, a semicolon, a bar or a line break; by a space only if every part is a number.
fn parts(cell: &str) -> Vec<&str> {
    let cell = cell.trim();
    if is_damaged(cell) {
        return vec![cell];
    }
    let parts: Vec<&str> = cell
        .split([',', ';', '|', '\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let by_space = |part: &&str| {
        let pieces = part.split_whitespace();
        pieces.clone().count() > 1
            && pieces
                .clone()
                .all(|piece| piece.len() >= 6 && is_digits(piece))
    };
    parts
        .iter()
        .flat_map(|part| {
            if by_space(part) {
                part.split_whitespace().collect()
            } else {
                vec![*part]
            }
        })
        .collect()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(cell: &str, was_number: bool) -> Vec<String> {
        read_codes(cell, was_number)
            .codes
            .iter()
            .map(|code| code.code.to_string())
            .collect()
    }

    #[test]
    fn a_code_of_a_pack_says_how_many_it_stands_for() {
        let read = read_codes("4870209747275×12, 4870007566412", false);
        let quantities: Vec<String> = read
            .codes
            .iter()
            .map(|code| code.quantity.to_string())
            .collect();
        assert_eq!(quantities, ["12", "1"]);
    }

    #[test]
    fn several_codes_of_one_cell_are_all_taken_once() {
        assert_eq!(
            taken("4870209747275, 4870007566412; 4870209747275", false),
            ["4870209747275", "4870007566412"]
        );
        assert_eq!(
            taken("4870209747275 4870007566412", false),
            ["4870209747275", "4870007566412"]
        );
    }

    #[test]
    fn a_code_with_gaps_or_an_apostrophe_is_the_code_without() {
        assert_eq!(taken("4 870209 747275", false), ["4870209747275"]);
        assert_eq!(taken("'4870209747275", false), ["4870209747275"]);
    }

    #[test]
    fn a_code_that_excel_shortened_is_called_damaged_and_not_guessed() {
        for cell in ["4,87021E+12", "4.87E+12", "1.23E+12"] {
            let read = read_codes(cell, false);
            assert!(read.codes.is_empty());
            assert_eq!(
                read.refused,
                [Reason::CodeDamaged {
                    code: cell.to_owned()
                }]
            );
        }
    }

    #[test]
    fn zeros_that_a_number_lost_come_back_if_the_check_digit_agrees() {
        assert_eq!(taken("28000029685", true), ["028000029685"]);
        assert_eq!(taken("28000029684", true), ["28000029684"]);
        assert_eq!(taken("28000029685", false), ["28000029685"]);
        assert_eq!(taken("4870209747275.0", true), ["4870209747275"]);
    }

    #[test]
    fn a_word_is_no_code_and_a_short_number_is_one() {
        assert_eq!(taken("Enter", false), Vec::<String>::new());
        assert_eq!(taken("abc0009", false), ["abc0009"]);
        assert_eq!(taken("30", false), ["30"]);
    }

    proptest! {
        #[test]
        fn any_cell_gives_codes_or_reasons(cell in "\\PC{0,60}", was_number: bool) {
            let _ = read_codes(&cell, was_number);
        }
    }
}
