//! A US keyboard as a scanner plays it, written down a second time: it proves the one that reads.

use ombor_scan::KeyStroke;

const SYMBOLS: [(char, char, &str); 11] = [
    ('`', '~', "Backquote"),
    ('-', '_', "Minus"),
    ('=', '+', "Equal"),
    ('[', '{', "BracketLeft"),
    (']', '}', "BracketRight"),
    ('\\', '|', "Backslash"),
    (';', ':', "Semicolon"),
    ('\'', '"', "Quote"),
    (',', '<', "Comma"),
    ('.', '>', "Period"),
    ('/', '?', "Slash"),
];

const SHIFTED_DIGITS: &str = ")!@#$%^&*(";

/// A key pressed alone, at no particular time.
pub fn pressed(code: &str) -> KeyStroke {
    KeyStroke {
        code: code.to_owned(),
        key: String::new(),
        shift: false,
        ctrl: false,
        alt: false,
        alt_graph: false,
        time_ms: 0.0,
    }
}

/// The stroke that types `character`; the group separator is Ctrl+].
pub fn stroke(character: char) -> KeyStroke {
    let (code, shift) = match character {
        ' ' => ("Space".to_owned(), false),
        'a'..='z' | 'A'..='Z' => (
            format!("Key{}", character.to_ascii_uppercase()),
            character.is_uppercase(),
        ),
        '0'..='9' => (format!("Digit{character}"), false),
        '\u{1d}' => {
            return KeyStroke {
                ctrl: true,
                ..pressed("BracketRight")
            };
        }
        _ => match SHIFTED_DIGITS.find(character) {
            Some(digit) => (format!("Digit{digit}"), true),
            None => symbol(character),
        },
    };
    KeyStroke {
        shift,
        ..pressed(&code)
    }
}

fn symbol(character: char) -> (String, bool) {
    let found = SYMBOLS
        .iter()
        .find(|(plain, shifted, _)| *plain == character || *shifted == character);
    let Some((_, shifted, code)) = found else {
        panic!("no scanner types {character:?}");
    };
    ((*code).to_owned(), *shifted == character)
}

/// Sets the times of `strokes`: the first at a second, each further one `gap_ms` later.
pub fn timed(strokes: Vec<KeyStroke>, gap_ms: f64) -> Vec<KeyStroke> {
    strokes
        .into_iter()
        .enumerate()
        .map(|(at, stroke)| KeyStroke {
            time_ms: 1_000.0 + gap_ms * at as f64,
            ..stroke
        })
        .collect()
}
