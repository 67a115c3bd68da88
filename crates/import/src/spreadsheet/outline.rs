//! The outline and the merged cells of .xlsx sheets: reports of 1C show groups by them alone, and the reader of cells knows
//! neither.

use std::{
    collections::{BTreeMap, HashMap},
    io::{Cursor, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

/// A sheet's XML is not bigger, unless it was made to fill the memory.
const LARGEST_PART: u64 = 1 << 30;

type Merged = HashMap<usize, BTreeMap<u64, u64>>;

/// How deep the rows of a sheet lie, and which cells are one.
#[derive(Debug, Clone)]
pub struct Outline {
    levels: HashMap<u64, u8>,
    /// The cells below the first one of each merged column: by column, their first row and their last.
    merged: Merged,
    /// Whether a group's row stands above the rows that it groups. Excel's default is below.
    pub groups_stand_above: bool,
}

impl Default for Outline {
    fn default() -> Self {
        Self {
            levels: HashMap::new(),
            merged: Merged::new(),
            groups_stand_above: true,
        }
    }
}

impl Outline {
    /// Whether the cell of a row, numbered from 1, is merged into the one above it.
    pub fn continues(&self, row: u64, column: usize) -> bool {
        self.merged.get(&column).is_some_and(|merged| {
            let around = merged.range(..=row).next_back();
            around.is_some_and(|(_, last)| row <= *last)
        })
    }

    /// The level of a row, numbered from 1.
    pub fn level(&self, row: u64) -> u8 {
        self.levels.get(&row).copied().unwrap_or_default()
    }
}

/// The outline of every sheet that has one, by the sheet's name. What cannot be read has none.
pub fn read_outlines(bytes: &[u8]) -> HashMap<String, Outline> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return HashMap::new();
    };
    let targets = text_of(&mut archive, "xl/_rels/workbook.xml.rels")
        .map(|text| targets(&text))
        .unwrap_or_default();
    let sheets = text_of(&mut archive, "xl/workbook.xml")
        .map(|text| sheets(&text))
        .unwrap_or_default();
    sheets
        .into_iter()
        .filter_map(|(name, relation)| {
            let target = targets.get(&relation)?;
            let path = target
                .strip_prefix('/')
                .map_or_else(|| format!("xl/{target}"), str::to_owned);
            let outline = outline(&text_of(&mut archive, &path)?);
            let says_something = !outline.levels.is_empty() || !outline.merged.is_empty();
            says_something.then_some((name, outline))
        })
        .collect()
}

fn text_of(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let part = archive.by_name(path).ok()?;
    let mut text = String::new();
    part.take(LARGEST_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Relation ids and the parts they lead to.
fn targets(text: &str) -> HashMap<String, String> {
    starts(text, "Relationship")
        .filter_map(|start| Some((attribute(&start, "Id")?, attribute(&start, "Target")?)))
        .collect()
}

/// Names of sheets and their relation ids.
fn sheets(text: &str) -> Vec<(String, String)> {
    starts(text, "sheet")
        .filter_map(|start| Some((attribute(&start, "name")?, attribute(&start, "id")?)))
        .collect()
}

fn outline(text: &str) -> Outline {
    let mut outline = Outline {
        levels: HashMap::new(),
        merged: merged(text),
        groups_stand_above: starts(
            text.get(..text.len().min(4096)).unwrap_or_default(),
            "outlinePr",
        )
        .any(|start| {
            attribute(&start, "summaryBelow").is_some_and(|value| value == "0" || value == "false")
        }),
    };
    if !text.contains("outlineLevel") {
        outline.groups_stand_above = true;
        return outline;
    }
    for start in starts(text, "row") {
        let row = attribute(&start, "r").and_then(|row| row.parse().ok());
        let level = attribute(&start, "outlineLevel").and_then(|level| level.parse().ok());
        if let (Some(row), Some(level)) = (row, level) {
            outline.levels.insert(row, level);
        }
    }
    outline
}

/// The cells that are merged downwards; their list stands behind all rows of a sheet.
fn merged(text: &str) -> Merged {
    let list = text.find("mergeCells").and_then(|at| text.get(at..));
    let mut merged = Merged::new();
    for start in starts(list.unwrap_or_default(), "mergeCell") {
        let range = attribute(&start, "ref").unwrap_or_default();
        let corners = range.split_once(':');
        let places = corners.and_then(|(from, to)| Some((place_of(from)?, place_of(to)?)));
        if let Some(((left, top), (right, bottom))) = places
            && left == right
            && top < bottom
        {
            merged.entry(left).or_default().insert(top + 1, bottom);
        }
    }
    merged
}

/// The column, from 0, and the row, from 1, of `B12`.
fn place_of(cell: &str) -> Option<(usize, u64)> {
    let (letters, row) = cell.split_at(cell.find(|c: char| c.is_ascii_digit())?);
    let column = letters.bytes().try_fold(0_usize, |sum, letter| {
        let is_letter = letter.is_ascii_uppercase() && sum < 1 << 20;
        is_letter.then(|| sum * 26 + usize::from(letter - b'A') + 1)
    })?;
    Some((column.checked_sub(1)?, row.parse().ok()?))
}

/// The opening tags of this name, whatever their prefix.
fn starts<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = BytesStart<'t>> {
    let mut reader = Reader::from_str(text);
    std::iter::from_fn(move || {
        loop {
            match reader.read_event() {
                Ok(Event::Start(start) | Event::Empty(start))
                    if start.local_name().as_ref() == name =>
                {
                    return Some(start);
                }
                Ok(Event::Eof) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    })
}

/// The value of the attribute with this name, whatever its prefix.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .attributes()
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(std::borrow::Cow::into_owned)
}
