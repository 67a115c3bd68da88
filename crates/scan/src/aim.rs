//! AIM symbology identifiers: the `]C1` that a scanner may send before the code.

/// Splits a leading AIM identifier (`]`, a letter, a modifier) from the code.
pub(crate) fn split(text: &str) -> (Option<&str>, &str) {
    let is_identifier = matches!(
        text.as_bytes(),
        [b']', letter, modifier, _, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric()
    );
    if is_identifier {
        let (identifier, code) = text.split_at(3);
        (Some(identifier), code)
    } else {
        (None, text)
    }
}

/// True for the identifiers that only GS1 symbols carry.
pub(crate) fn is_gs1(identifier: &str) -> bool {
    matches!(identifier, "]C1" | "]d2" | "]Q3" | "]e0" | "]J1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_split_from_the_code() {
        assert_eq!(split("]E04600702083118"), (Some("]E0"), "4600702083118"));
        assert_eq!(split("]C1"), (None, "]C1"));
        assert_eq!(split("]-1A"), (None, "]-1A"));
        assert_eq!(split("]қ1A"), (None, "]қ1A"));
    }
}
