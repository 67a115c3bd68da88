//! Bytes to text: byte order marks, UTF-16 without one, UTF-8, and the code pages of old programs.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// Text and the name of the encoding that it was read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name as the web knows it, `UTF-8` or `windows-1251` for instance.
    pub encoding: &'static str,
}

/// Reads bytes as text. An encoding that the file itself names (`<?xml encoding=…?>`) is believed over a guess, but not over
/// the bytes: Cyrillic in a code page is never UTF-8, and what is no UTF-8 was saved again in a code page.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes);
    }
    let named = declared(&bytes).or_else(|| declared_by_page(&bytes));
    let named = named.filter(|_| std::str::from_utf8(&bytes).is_err());
    if let Some(encoding) = named
        .filter(|named| *named != UTF_8)
        .or_else(|| utf16_without_mark(&bytes))
    {
        return decode_as(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            encoding: UTF_8.name(),
        },
        Err(error) => {
            let bytes = error.into_bytes();
            decode_as(guessed(&bytes), &bytes)
        }
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, encoding, _) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
    }
}

/// The encoding that an XML file names in its first line.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = &head[..head.iter().position(|byte| *byte == b'>')?];
    let at = head.windows(8).position(|window| window == b"encoding")?;
    let rest = &head[at + 8..];
    let open = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let label = &rest[open + 1..];
    let close = label.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    Encoding::for_label(&label[..close])
}

/// The encoding that a web page names in its head: `charset=windows-1251`.
fn declared_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?.trim_ascii_start();
    let head = head.starts_with(b"<").then(|| head.to_ascii_lowercase())?;
    let at = head.windows(8).position(|window| window == b"charset=")?;
    let label = head.get(at + 8..)?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").unwrap_or(label);
    let end = label
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))?;
    Encoding::for_label(label.get(..end)?)
}

/// Western text in UTF-16 has a zero in every second byte, and Cyrillic text at least in its spaces and digits.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 16;
    match (even > enough, odd > enough) {
        (false, true) if even == 0 => Some(UTF_16LE),
        (true, false) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A code page, guessed from the first megabyte as a browser does; where the guess is a Western page, the bytes are
/// old Windows text from this part of the world.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guess = detector.guess(Some(b"ru"), chardetng::Utf8Detection::Deny);
    let cyrillic = [
        "windows-1251",
        "IBM866",
        "KOI8-R",
        "KOI8-U",
        "ISO-8859-5",
        "x-mac-cyrillic",
    ];
    if cyrillic.contains(&guess.name()) {
        guess
    } else {
        WINDOWS_1251
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = "Наименование;Остаток\nМолоко 3,2% пакет;12\nХлеб бородинский;5\nСахар-песок фасованный;40\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn old_windows_text_is_read_as_cyrillic() {
        let (bytes, _, _) = WINDOWS_1251.encode(LIST);
        let decoded = decode(bytes.into_owned());
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (LIST, "windows-1251")
        );
    }

    #[test]
    fn the_text_of_old_dos_programs_is_read_too() {
        let dos: Vec<u8> = LIST
            .chars()
            .map(|c| match c {
                'А'..='п' => 0x80 + (c as u32 - 'А' as u32) as u8,
                'р'..='я' => 0xe0 + (c as u32 - 'р' as u32) as u8,
                _ => c as u8,
            })
            .collect();
        assert_eq!(decode(dos).text, LIST);
    }

    #[test]
    fn utf_16_is_read_with_a_mark_and_without() {
        for little in [true, false] {
            let bare = utf16(LIST, little);
            assert_eq!(decode(bare).text, LIST);
            let marked = utf16(&format!("\u{feff}{LIST}"), little);
            assert_eq!(decode(marked).text, LIST);
        }
    }

    #[test]
    fn a_mark_before_utf_8_is_no_part_of_the_text() {
        assert_eq!(decode(format!("\u{feff}{LIST}").into_bytes()).text, LIST);
    }

    #[test]
    fn an_xml_file_is_believed_about_its_encoding() {
        let xml = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><Товар/>";
        let (bytes, _, _) = WINDOWS_1251.encode(xml);
        assert_eq!(decode(bytes.into_owned()).text, xml);
    }

    #[test]
    fn an_xml_file_that_was_saved_again_in_another_encoding_is_read_as_it_is() {
        let xml = |encoding| {
            format!(
                "<?xml version=\"1.0\" encoding=\"{encoding}\"?><Товар>Хлеб бородинский</Товар>"
            )
        };
        let (was_page, was_unicode) = (xml("windows-1251"), xml("UTF-8"));
        assert_eq!(decode(was_page.clone().into_bytes()).text, was_page);
        let (bytes, _, _) = WINDOWS_1251.encode(&was_unicode);
        assert_eq!(decode(bytes.into_owned()).text, was_unicode);
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(bytes);
        }
    }
}
