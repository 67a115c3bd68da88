//! Texts of separated values: comma, semicolon, tab or bar, with quotes or without.

use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};

use crate::table::{Cell, Row, Table};

/// How many lines are looked at to find the separator.
const SAMPLE_LINES: usize = 60;

/// A text whose values stand apart by a mark.
pub struct SeparatedText {
    part: Arc<str>,
    text: String,
    separator: u8,
    quoted: bool,
}

impl SeparatedText {
    /// Finds out how the values of a text stand apart.
    pub fn new(part: &str, mut text: String) -> Self {
        // Excel's own hint, which is no row of the list.
        let told = text.get(..6).and_then(|head| {
            head.to_ascii_lowercase()
                .strip_prefix("sep=")
                .and_then(|rest| rest.bytes().next())
        });
        if told.is_some() {
            let line = text.find('\n').unwrap_or(text.len());
            text.replace_range(..line, "");
        }
        let separator = told.unwrap_or_else(|| separator_of(&text));
        Self {
            part: Arc::from(part),
            quoted: is_quoted(&text, separator),
            text,
            separator,
        }
    }

    fn records(&self, quoted: bool) -> csv::Reader<&[u8]> {
        ReaderBuilder::new()
            .delimiter(self.separator)
            .quoting(quoted)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes())
    }
}

impl Table for SeparatedText {
    fn part(&self) -> &Arc<str> {
        &self.part
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        let mut reader = self.records(self.quoted);
        let mut record = ByteRecord::new();
        Box::new(std::iter::from_fn(move || {
            // The text is in memory and every length of record is welcome, so there is nothing to fail.
            let more = reader.read_byte_record(&mut record).unwrap_or(false);
            more.then(|| Row {
                number: record.position().map_or(0, csv::Position::line),
                level: 0,
                cells: record
                    .iter()
                    .map(|field| Cell::of_text(unguarded(&String::from_utf8_lossy(field))))
                    .collect(),
            })
        }))
    }
}

/// A text without the apostrophe that kept a spreadsheet from taking it for a formula.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
        .unwrap_or(text)
}

/// The mark that cuts most lines into the same number of values, more than one.
fn separator_of(text: &str) -> u8 {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(SAMPLE_LINES)
        .collect();
    let agreeing_lines = |separator: u8| {
        let mut counts: Vec<usize> = lines
            .iter()
            .map(|line| {
                outside_quotes(line)
                    .filter(|byte| *byte == separator)
                    .count()
            })
            .filter(|count| *count > 0)
            .collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied();
        counts
            .iter()
            .filter(|count| Some(**count) == middle)
            .count()
    };
    // The last of equals wins: a comma may as well be the decimal mark of every line.
    [b',', b'|', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| agreeing_lines(*separator))
        .unwrap_or(b',')
}

fn outside_quotes(line: &str) -> impl Iterator<Item = u8> {
    let balanced = line.bytes().filter(|byte| *byte == b'"').count() % 2 == 0;
    let mut inside = false;
    line.bytes().filter(move |byte| {
        if *byte == b'"' && balanced {
            inside = !inside;
        }
        !inside
    })
}

/// Whether quotes hold values together. Many programs write names such as `"Sun" tea` without quoting anything; read as
/// quotes, those would swallow the lines that follow.
fn is_quoted(text: &str, separator: u8) -> bool {
    let opens = |line: &str| {
        line.split(separator as char)
            .any(|value| value.starts_with('"'))
    };
    if !text.lines().any(opens) {
        return false;
    }
    let broken = |quoted: bool| {
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .quoting(quoted)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        let mut lengths = std::collections::HashMap::<usize, usize>::new();
        let mut records = 0_usize;
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            *lengths.entry(record.len()).or_default() += 1;
            records += 1;
        }
        (
            records - lengths.values().max().copied().unwrap_or(0),
            usize::MAX - records,
        )
    };
    let (with, without) = (broken(true), broken(false));
    with.0 < without.0 || with.0 == without.0 && well_formed(text, separator)
}

/// Whether every value that opens with a quote closes with one on the same line.
fn well_formed(text: &str, separator: u8) -> bool {
    text.lines().filter(|line| line.contains('"')).all(|line| {
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .quoting(false)
            .has_headers(false)
            .flexible(true)
            .from_reader(line.as_bytes());
        let mut record = ByteRecord::new();
        let _ = reader.read_byte_record(&mut record);
        record
            .iter()
            .filter(|value| value.starts_with(b"\""))
            .all(|value| value.len() > 1 && value.ends_with(b"\""))
    })
}
