//! Text as it is searched: small letters, digits and single spaces, the same for every way of writing oʻ and gʻ.

/// Folds a text. Apostrophes of every kind vanish (so that `oʻ`, `o'` and `o‘` are one), any other sign parts words.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | 'ʹ' => {}
            'ё' => folded.push('е'),
            _ if character.is_alphanumeric() => folded.push(character),
            _ if !folded.ends_with(' ') => folded.push(' '),
            _ => {}
        }
    }
    folded.trim().to_owned()
}

/// What a product is found by: its name first, so that a list in this order is a list by name.
pub(crate) fn of_product(name: &str, sku: &str) -> String {
    let folded = fold(&format!("{name} {sku}"));
    if folded.is_empty() {
        "-".to_owned()
    } else {
        folded
    }
}

/// A query for products that have, for each word typed, a word that begins with it; `None` if nothing was typed.
pub(crate) fn prefix_query(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| format!("'{word}':*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" & "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_an_uzbek_letter_is_the_same_word() {
        for written in ["Oʻrik", "o'rik", "O‘RIK", "o`rik"] {
            assert_eq!(fold(written), "orik");
        }
    }

    #[test]
    fn each_word_typed_is_the_beginning_of_a_word() {
        assert_eq!(
            prefix_query("  Un 50-kg "),
            Some("'un':* & '50':* & 'kg':*".to_owned())
        );
        assert_eq!(prefix_query(" -- "), None);
    }

    proptest! {
        #[test]
        fn folded_text_is_single_spaced_and_folds_to_itself(text in ".{0,60}") {
            let folded = fold(&text);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded && !folded.contains(['\'', '\\']));
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
