//! Scans as the web view reported them under real keyboard layouts: the same physical keys, played by XTest, and
//! what `KeyboardEvent.key` said of them.

use ombor_scan::{DecodeError, KeyStroke, Profile, Reading, decode};

use crate::keyboard::{pressed, stroke, timed};

/// The label that was scanned.
const LABEL: &str = "https://id.uz/01/04600702083112?q=A-b_9&z;W/2";

/// What each layout made of it. `□` stands for a key that the layout made no single character of.
const SEEN: [(&str, &str); 7] = [
    ("us", "https://id.uz/01/04600702083112?q=A-b_9&z;W/2"),
    ("us(intl)", "https://id.uz/01/04600702083112?q=A-b_9&z;W/2"),
    ("uz(latin)", "https://id.uz/01/04600702083112?q=A-b_9&z;W/2"),
    ("ru", "реезыЖ..швюгя.01.04600702083112,й=Ф-и_9?яжЦ.2"),
    (
        "uz(cyrillic)",
        "реезқЖ..швюгя.01.04600702083112,йҳФғиҒ9?яжЦ.2",
    ),
    ("kz", "реезыЖ№№швюгя№қ\"№қң,ққ.қәқүі\"\"ә?йһФөиӨұ:яжЦ№ә"),
    ("de", "https□□□id.uy□01□04600702083112□q□A□b□9□y□W□2"),
];

/// The keystrokes of `label`, 4 ms apart and ended by Enter, with what a layout made of each key.
fn strokes(label: &str, seen: &str) -> Vec<KeyStroke> {
    let typed = label
        .chars()
        .zip(seen.chars())
        .map(|(character, seen)| KeyStroke {
            key: if seen == '□' {
                "Dead".to_owned()
            } else {
                seen.to_string()
            },
            ..stroke(character)
        });
    let mut strokes: Vec<KeyStroke> = typed.collect();
    assert_eq!(strokes.len(), label.chars().count(), "{seen}");
    strokes.push(KeyStroke {
        key: "Enter".to_owned(),
        ..pressed("Enter")
    });
    timed(strokes, 4.0)
}

fn without_positions(strokes: Vec<KeyStroke>) -> Vec<KeyStroke> {
    let lost = strokes.into_iter().map(|stroke| KeyStroke {
        code: "Unidentified".to_owned(),
        ..stroke
    });
    lost.collect()
}

fn text(strokes: &[KeyStroke]) -> Result<String, DecodeError> {
    decode(strokes, &Profile::default()).map(|decoded| decoded.text)
}

#[test]
fn a_label_is_read_alike_under_every_measured_layout() {
    for (layout, seen) in SEEN {
        assert_eq!(
            text(&strokes(LABEL, seen)),
            Ok(LABEL.to_owned()),
            "{layout}"
        );
    }
}

#[test]
fn caps_lock_changes_nothing() {
    for (layout, seen) in SEEN {
        let swapped: String = seen.chars().map(other_case).collect();
        assert_eq!(
            text(&strokes(LABEL, &swapped)),
            Ok(LABEL.to_owned()),
            "{layout}"
        );
    }
}

fn other_case(character: char) -> char {
    if character.is_uppercase() {
        character.to_lowercase().next().unwrap_or(character)
    } else {
        character.to_uppercase().next().unwrap_or(character)
    }
}

#[test]
fn a_retail_code_is_recovered_from_any_layout_when_the_positions_are_lost() {
    let label = "4600702083118";
    for (seen, layout) in [
        (label, "us"),
        ("ң,ққ.қәқүі\"\"ү", "kk"),
        ("'-ààèàéà_\"&&_", "fr"),
    ] {
        let decoded = decode(
            &without_positions(strokes(label, seen)),
            &Profile::default(),
        );
        let read = decoded.map(|decoded| (decoded.text, decoded.reading));
        assert_eq!(read, Ok((label.to_owned(), Reading::Layout(layout))));
    }
}

#[test]
fn lost_positions_that_nothing_proves_are_refused() {
    for label in [LABEL, "ABC-1234", "4600702083113"] {
        let strokes = without_positions(strokes(label, label));
        assert_eq!(text(&strokes), Err(DecodeError::KeysLost), "{label}");
    }
}

#[test]
fn a_key_of_which_nothing_is_known_is_not_guessed() {
    let label = "4600702083118";
    let mut strokes = strokes(label, label);
    for stroke in &mut strokes[5..8] {
        stroke.code = String::new();
        stroke.key = "Unidentified".to_owned();
    }
    assert_eq!(text(&strokes), Err(DecodeError::KeysLost));
}

#[test]
fn a_scanner_that_types_in_the_computers_own_layout_is_understood() {
    let label = "4600702083118";
    let shifted: Vec<KeyStroke> = strokes(label, label)
        .into_iter()
        .map(|stroke| KeyStroke {
            shift: stroke.code != "Enter",
            ..stroke
        })
        .collect();
    let decoded = decode(&shifted, &Profile::default());
    assert_eq!(
        decoded.map(|decoded| (decoded.text, decoded.reading)),
        Ok((label.to_owned(), Reading::Typed))
    );
}
