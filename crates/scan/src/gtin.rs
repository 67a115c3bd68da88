//! Trade item numbers, and the spellings under which one code may have been stored.

use crate::check_digit::has_valid_check_digit;

/// A GTIN in its 14-digit form with a valid check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Gtin(String);

impl Gtin {
    /// Reads EAN-8, UPC-A (12), EAN-13 or ITF-14; `None` for another length or a wrong check digit.
    pub fn parse(code: &str) -> Option<Self> {
        let is_gtin = matches!(code.len(), 8 | 12 | 13 | 14) && has_valid_check_digit(code);
        is_gtin.then(|| Self(format!("{code:0>14}")))
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The shorter spellings of the same number: EAN-13, UPC-A and EAN-8, as far as its leading zeros allow.
    fn shorter_spellings(&self) -> impl Iterator<Item = &str> {
        [13, 12, 8].into_iter().filter_map(|length| {
            let (zeros, rest) = self.0.split_at_checked(14 - length)?;
            zeros.bytes().all(|byte| byte == b'0').then_some(rest)
        })
    }
}

/// The spellings under which a scanned code may stand in the code table, the verbatim one first: as scanned,
/// without surrounding spaces, as GTIN-14, and with fewer leading zeros, so that UPC-A, EAN-13 and GTIN-14 of one
/// product find each other. Without repetition; empty for blank text.
pub fn lookup_forms(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Vec::new();
    }
    let mut forms = vec![text.to_owned()];
    let mut add = |form: &str| {
        if !forms.iter().any(|known| known == form) {
            forms.push(form.to_owned());
        }
    };
    add(trimmed);
    if let Some(gtin) = Gtin::parse(trimmed) {
        add(gtin.as_str());
        gtin.shorter_spellings().for_each(add);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upc_a_ean_13_and_gtin_14_of_one_product_are_looked_up_alike() {
        let sorted = |text| {
            let mut forms = lookup_forms(text);
            forms.sort();
            forms
        };
        let expected = ["00036000291452", "0036000291452", "036000291452"];
        assert_eq!(sorted("036000291452"), expected);
        assert_eq!(sorted("0036000291452"), expected);
        assert_eq!(sorted("00036000291452"), expected);
    }

    #[test]
    fn the_verbatim_text_comes_first() {
        assert_eq!(lookup_forms("96385074")[0], "96385074");
        assert_eq!(lookup_forms(" a1 "), [" a1 ", "a1"]);
    }

    #[test]
    fn a_number_with_a_wrong_check_digit_has_only_its_own_spelling() {
        assert_eq!(lookup_forms("4600702083113"), ["4600702083113"]);
    }

    #[test]
    fn blank_text_is_looked_up_nowhere() {
        assert!(lookup_forms("  ").is_empty());
    }
}
