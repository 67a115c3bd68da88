//! The modulo-10 check digit of EAN, UPC and ITF-14.

/// The check digit of `payload` (the number without it), counted as GS1 does: weights 3 and 1 from the right.
/// `None` unless `payload` is digits only and not empty.
pub fn check_digit(payload: &str) -> Option<u8> {
    if payload.is_empty() {
        return None;
    }
    let mut sum = 0_u32;
    for (place, byte) in payload.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return None;
        }
        let weight = if place % 2 == 0 { 3 } else { 1 };
        sum = (sum + u32::from(byte - b'0') * weight) % 10;
    }
    u8::try_from((10 - sum) % 10).ok()
}

/// True when the last digit of `code` is the check digit of those before it.
pub fn has_valid_check_digit(code: &str) -> bool {
    let Some((payload, last)) = code
        .len()
        .checked_sub(1)
        .and_then(|at| code.split_at_checked(at))
    else {
        return false;
    };
    check_digit(payload).is_some_and(|digit| last.as_bytes() == [b'0' + digit])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_codes_have_valid_check_digits() {
        for code in [
            "4600702083118",
            "96385074",
            "036000291452",
            "10012345678902",
        ] {
            assert!(has_valid_check_digit(code), "{code}");
        }
    }

    #[test]
    fn what_is_not_a_number_has_none() {
        for code in ["", "7", "12a4", "қ3", "1қ"] {
            assert!(!has_valid_check_digit(code), "{code}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(payload in "[0-9]{7,13}", at in 0_usize..7, by in 1_u8..10) {
            let digit = check_digit(&payload).ok_or_else(|| TestCaseError::fail("no check digit"))?;
            let good = format!("{payload}{digit}");
            prop_assert!(has_valid_check_digit(&good));
            let mut bytes = good.into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            let bad = String::from_utf8(bytes).map_err(|_| TestCaseError::fail("not text"))?;
            prop_assert!(!has_valid_check_digit(&bad));
        }
    }
}
