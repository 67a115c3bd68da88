//! Numbers as people and programs write them: decimal commas, grouped thousands, a currency behind.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::lexicon::is_apostrophe;

/// Currencies that are written before the amount, in small letters without apostrophes.
const CURRENCIES: &[&str] = &[
    "uzs",
    "kzt",
    "rub",
    "usd",
    "eur",
    "som",
    "sum",
    "сум",
    "сўм",
    "тг",
    "тенге",
    "теңге",
    "руб",
];

/// Which mark stands before the decimals where a number alone leaves it open: `1,234` or `1.234`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalMark {
    /// Nothing in the column says it: a single mark is taken for the decimal one.
    #[default]
    Unknown,
    /// The comma, so that a single point groups thousands.
    Comma,
    /// The point, so that a single comma groups thousands.
    Point,
}

impl DecimalMark {
    /// What the values of a column say about their mark.
    pub fn of_column<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut comma = 0_usize;
        let mut point = 0_usize;
        for value in values {
            match evident_mark(value) {
                Self::Comma => comma += 1,
                Self::Point => point += 1,
                Self::Unknown => {}
            }
        }
        match comma.cmp(&point) {
            std::cmp::Ordering::Greater => Self::Comma,
            std::cmp::Ordering::Less => Self::Point,
            std::cmp::Ordering::Equal => Self::Unknown,
        }
    }
}

/// The mark that a value cannot be read without: two kinds of mark, or a single one that cannot group thousands.
fn evident_mark(text: &str) -> DecimalMark {
    let text = text.trim();
    match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => DecimalMark::Comma,
        (Some(_), Some(_)) => DecimalMark::Point,
        (Some(comma), None) if cannot_group(text, comma) => DecimalMark::Comma,
        (None, Some(point)) if cannot_group(text, point) => DecimalMark::Point,
        _ => DecimalMark::Unknown,
    }
}

fn cannot_group(text: &str, at: usize) -> bool {
    let digits_after = text[at + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let before = text[..at].trim_start_matches(['-', '+']);
    digits_after != 3 || before.len() > 3 || before.starts_with('0') || before.is_empty()
}

/// Words behind a number that make another one of it: `1,5 тыс`.
const MULTIPLES: &[&str] = &["тыс", "млн", "ming", "mln", "минг", "мың"];

/// Reads a number; `None` if the text is not one.
///
/// Grouping spaces of any width and apostrophes are dropped, a currency or unit behind the number too; a number in
/// brackets is negative, as accountants write it; `1.5E+2` is 150.
pub fn parse_number(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !is_apostrophe(*c) && *c != '\u{feff}')
        .map(|c| if matches!(c, '−' | '–') { '-' } else { c })
        .collect();
    let (negative, body) = match compact.strip_prefix('-') {
        Some(body) => (true, body),
        None => match compact
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
        {
            Some(body) => (true, body),
            None => (false, compact.strip_prefix('+').unwrap_or(&compact)),
        },
    };
    let digits = without_unit(body);
    let value = if digits.contains(['e', 'E']) {
        Decimal::from_scientific(
            &digits
                .replace(',', ".")
                .to_ascii_lowercase()
                .replace("e+", "e"),
        )
        .ok()?
    } else {
        plain(digits, mark)?
    };
    Some(if negative { -value } else { value }.normalize())
}

/// The number at the front, if only letters and currency signs follow it.
fn without_unit(text: &str) -> &str {
    let is_unit = |c: char| {
        c.is_alphabetic() || matches!(c, '.' | '₸' | '$' | '₽' | '€' | '£' | '₴' | '²' | '³')
    };
    let bare = without_currency(text).trim_start_matches(['₸', '$', '₽', '€', '£', '₴']);
    let exponent = bare.find(['e', 'E']).is_some_and(|at| {
        bare[at + 1..]
            .trim_start_matches(['+', '-'])
            .starts_with(|c: char| c.is_ascii_digit())
    });
    if exponent {
        return bare;
    }
    let number = bare.trim_end_matches(is_unit);
    let unit = bare[number.len()..].to_lowercase();
    let is_multiple = MULTIPLES.iter().any(|word| unit.starts_with(word));
    let is_alone = unit.is_empty() || number.ends_with(|c: char| c.is_ascii_digit());
    if is_alone && !is_multiple {
        number
    } else {
        bare
    }
}

fn without_currency(text: &str) -> &str {
    let number = text.trim_start_matches(char::is_alphabetic);
    let word = text[..text.len() - number.len()].to_lowercase();
    if CURRENCIES.contains(&word.as_str()) {
        number.strip_prefix('.').unwrap_or(number)
    } else {
        text
    }
}

fn plain(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let are_digits_and_marks = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    if !are_digits_and_marks || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let decimal_at = decimal_mark_at(text, mark);
    let mut number = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            number.push(c);
        } else if Some(at) == decimal_at {
            number.push('.');
        }
    }
    let number = number.trim_end_matches('.');
    let value: Decimal = format!("0{number}").parse().ok()?;
    Some(value)
}

fn decimal_mark_at(text: &str, mark: DecimalMark) -> Option<usize> {
    let last = text.rfind([',', '.'])?;
    let own = text.as_bytes().get(last).copied()?;
    let same = text.bytes().filter(|byte| *byte == own).count();
    let has_other = text
        .bytes()
        .any(|byte| (byte == b',' || byte == b'.') && byte != own);
    if same > 1 {
        return None;
    }
    let groups = match mark {
        DecimalMark::Unknown => false,
        DecimalMark::Comma => own == b'.',
        DecimalMark::Point => own == b',',
    };
    (has_other || !groups || cannot_group(text, last)).then_some(last)
}

/// A float of a spreadsheet or a database as the number that was meant: its shortest form, without the noise of the
/// binary fraction beyond nine decimals. `None` for what is no number or too big.
pub fn from_float(value: f64) -> Option<Decimal> {
    if !value.is_finite() || value.abs() >= 1e18 {
        return None;
    }
    let exact: Decimal = format!("{value}").parse().ok()?;
    Some(rounded(exact, 9).normalize())
}

/// Half away from zero, as people round.
pub fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        parse_number(text, DecimalMark::Unknown).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_they_are_written_in_tashkent_almaty_and_london() {
        for (text, number) in [
            ("12", "12"),
            ("0,300", "0.3"),
            ("1\u{a0}000,000", "1000"),
            ("1 234 567,89", "1234567.89"),
            ("1,234,567.89", "1234567.89"),
            ("1.234.567,89", "1234567.89"),
            ("12'500", "12500"),
            ("38 000 so'm", "38000"),
            ("38 000 so‘m", "38000"),
            ("38 000 soʻm", "38000"),
            ("UZS 12 000", "12000"),
            ("руб. 12,50", "12.5"),
            ("390.0", "390"),
            ("500 тг.", "500"),
            ("$4.50", "4.5"),
            ("-5", "-5"),
            ("(7,5)", "-7.5"),
            ("1.5E+2", "150"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(read(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_made_one() {
        for text in [
            "",
            " ",
            "10+",
            "наявність по запиту",
            "0.00%",
            "12/24",
            "-",
            "1-2",
            "abc",
            "арт 12",
            "1,5 тыс",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_column_decides_what_a_single_mark_means() {
        assert_eq!(
            DecimalMark::of_column(["1,234", "2,5"].into_iter()),
            DecimalMark::Comma
        );
        assert_eq!(
            DecimalMark::of_column(["1,234.50", "2,000"].into_iter()),
            DecimalMark::Point
        );
        let thousand = parse_number("1,234", DecimalMark::Point).map(|n| n.to_string());
        assert_eq!(thousand.as_deref(), Some("1234"));
        let fraction = parse_number("1,234", DecimalMark::Comma).map(|n| n.to_string());
        assert_eq!(fraction.as_deref(), Some("1.234"));
    }

    #[test]
    fn a_float_is_the_number_that_was_meant() {
        assert_eq!(
            from_float(0.1 + 0.2).map(|n| n.to_string()).as_deref(),
            Some("0.3")
        );
        assert_eq!(
            from_float(4_870_209_747_275.0)
                .map(|n| n.to_string())
                .as_deref(),
            Some("4870209747275")
        );
        assert_eq!(from_float(f64::NAN), None);
        assert_eq!(from_float(1e300), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_not_and_never_a_panic(text in "\\PC{0,24}") {
            let _ = parse_number(&text, DecimalMark::Unknown);
            let _ = parse_number(&text, DecimalMark::Comma);
            let _ = DecimalMark::of_column([text.as_str()].into_iter());
        }

        #[test]
        fn a_quantity_written_with_a_comma_is_read_back(units in 0_u32..1_000_000, thousandths in 0_u32..1000) {
            let text = format!("{units},{thousandths:03}");
            let expected = Decimal::new(i64::from(units) * 1000 + i64::from(thousandths), 3).normalize();
            prop_assert_eq!(parse_number(&text, DecimalMark::Comma), Some(expected));
        }
    }
}
