//! What a burst of keystrokes is read as.

use ombor_scan::{DecodeError, Decoded, KeyStroke, Profile, Terminator, decode};
use proptest::prelude::*;

use crate::keyboard::{pressed, stroke, timed};

/// The keystrokes of a US scanner that types `text`, `gap_ms` apart, and then the keys of `suffix`.
fn scanned(text: &str, gap_ms: f64, suffix: &[&str]) -> Vec<KeyStroke> {
    let ends = suffix.iter().map(|code| pressed(code));
    timed(text.chars().map(stroke).chain(ends).collect(), gap_ms)
}

fn read(strokes: &[KeyStroke]) -> Result<Decoded, DecodeError> {
    decode(strokes, &Profile::default())
}

fn text(strokes: &[KeyStroke]) -> Result<String, DecodeError> {
    read(strokes).map(|decoded| decoded.text)
}

#[test]
fn every_terminator_ends_a_code_and_none_belongs_to_it() {
    for suffix in [
        &["Enter"][..],
        &["NumpadEnter"],
        &["Tab"],
        &["Enter", "Enter"],
        &[],
    ] {
        let decoded = read(&scanned("A-17/b", 5.0, suffix));
        assert_eq!(
            decoded.map(|decoded| (decoded.text, decoded.terminated)),
            Ok(("A-17/b".to_owned(), !suffix.is_empty()))
        );
    }
}

#[test]
fn a_line_feed_sent_as_control_j_is_a_terminator() {
    let mut strokes = scanned("A-17/b", 5.0, &["Enter", "KeyJ"]);
    if let Some(last) = strokes.last_mut() {
        last.ctrl = true;
    }
    assert_eq!(text(&strokes), Ok("A-17/b".to_owned()));
}

#[test]
fn a_terminator_that_the_profile_does_not_name_is_no_character_of_a_code() {
    let profile = Profile {
        terminators: vec![Terminator::Enter],
        ..Profile::default()
    };
    assert_eq!(
        decode(&scanned("A-17/b", 5.0, &["Tab"]), &profile),
        Err(DecodeError::UnsupportedKey {
            code: "Tab".to_owned()
        })
    );
}

#[test]
fn the_group_separator_is_kept() {
    let label = "010460070208311221abc\u{1d}91de";
    assert_eq!(text(&scanned(label, 5.0, &["Enter"])), Ok(label.to_owned()));
}

#[test]
fn a_character_typed_by_its_number_on_the_keypad_is_read() {
    let alt = |digits: &str| {
        digits
            .chars()
            .map(|digit| KeyStroke {
                alt: true,
                ..pressed(&format!("Numpad{digit}"))
            })
            .collect::<Vec<_>>()
    };
    for digits in ["029", "0029", "029030", "00290030"] {
        let mut strokes = scanned("AB", 0.0, &[]);
        strokes.push(pressed("NumLock"));
        strokes.extend(alt(digits));
        strokes.push(pressed("AltLeft"));
        strokes.extend(scanned("CD", 0.0, &["Enter"]));
        let strokes = timed(strokes, 3.0);
        let expected = if digits.len() > 4 {
            "AB\u{1d}\u{1e}CD"
        } else {
            "AB\u{1d}CD"
        };
        assert_eq!(text(&strokes), Ok(expected.to_owned()), "{digits}");
    }
    for digits in ["65", "999", "000", "1065"] {
        assert!(
            matches!(
                text(&alt(digits)),
                Err(DecodeError::UnsupportedKey { .. } | DecodeError::TypedByHand)
            ),
            "{digits}"
        );
    }
}

#[test]
fn an_aim_identifier_is_kept_beside_the_code() {
    let decoded = read(&scanned("]E04600702083118", 5.0, &["Enter"]));
    assert_eq!(
        decoded.map(|decoded| (decoded.aim, decoded.text)),
        Ok((Some("]E0".to_owned()), "4600702083118".to_owned()))
    );
}

#[test]
fn slow_keys_are_a_person() {
    for gap_ms in [61.0, 83.0, 200.0] {
        assert_eq!(
            text(&scanned("4600702083118", gap_ms, &["Enter"])),
            Err(DecodeError::TypedByHand)
        );
    }
}

#[test]
fn three_quick_keys_are_a_person() {
    assert_eq!(
        text(&scanned("100", 20.0, &["Enter"])),
        Err(DecodeError::TypedByHand)
    );
}

#[test]
fn one_stall_in_a_long_code_is_forgiven_and_in_a_short_one_is_not() {
    let with_stall = |label: &str, suffix: &[&str]| {
        let mut strokes = scanned(label, 8.0, suffix);
        for stroke in &mut strokes[3..] {
            stroke.time_ms += 150.0;
        }
        strokes
    };
    for suffix in [&["Enter"][..], &[]] {
        assert_eq!(
            text(&with_stall("4600702083118", suffix)),
            Ok("4600702083118".to_owned())
        );
        assert_eq!(
            text(&with_stall("96385074", suffix)),
            Err(DecodeError::TypedByHand)
        );
    }
}

#[test]
fn two_scans_in_one_burst_are_refused() {
    let mut strokes = scanned("ABCD", 5.0, &["Enter"]);
    strokes.extend(scanned("EFGH", 5.0, &["Enter"]));
    assert_eq!(text(&strokes), Err(DecodeError::TwoScans));
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(text(&[]), Err(DecodeError::Empty));
    assert_eq!(text(&scanned("", 5.0, &["Enter"])), Err(DecodeError::Empty));
    assert_eq!(
        text(&scanned(&"7".repeat(513), 2.0, &["Enter"])),
        Err(DecodeError::TooLong)
    );
    assert_eq!(
        text(&scanned(&"7".repeat(9_999), 2.0, &["Enter"])),
        Err(DecodeError::TooLong)
    );
}

#[test]
fn a_key_that_is_no_character_is_named() {
    let mut strokes = scanned("ABCDEF", 5.0, &["Enter"]);
    strokes[3].code = "F8".to_owned();
    assert_eq!(
        text(&strokes),
        Err(DecodeError::UnsupportedKey {
            code: "F8".to_owned()
        })
    );
}

fn any_code() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Enter",
            "Tab",
            "KeyA",
            "Digit7",
            "Numpad0",
            "F8",
            "AltLeft",
            "",
            "Unidentified"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

prop_compose! {
    fn any_stroke()(
        code in any_code(),
        key in any::<String>(),
        held in any::<[bool; 4]>(),
        time_ms in prop_oneof![0.0..2_000.0, any::<f64>()],
    ) -> KeyStroke {
        KeyStroke { code, key, shift: held[0], ctrl: held[1], alt: held[2], alt_graph: held[3], time_ms }
    }
}

proptest! {
    #[test]
    fn any_ascii_text_is_read_as_it_was_typed(label in "[ -~\u{1d}]{4,200}", gap_ms in 0.0..59.0) {
        let decoded = read(&scanned(&label, gap_ms, &["Enter"]));
        let whole = decoded.map(|decoded| format!("{}{}", decoded.aim.unwrap_or_default(), decoded.text));
        prop_assert_eq!(whole, Ok(label));
    }

    #[test]
    fn no_keystrokes_make_it_panic(strokes in prop::collection::vec(any_stroke(), 0..60)) {
        if let Ok(decoded) = read(&strokes) {
            prop_assert!(!decoded.text.is_empty() && decoded.text.len() <= 512);
        }
    }
}
