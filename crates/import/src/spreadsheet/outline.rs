//! The outline of .xlsx sheets: reports of 1C show groups by it alone, and the reader of cells does not know it.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

/// A sheet's XML is not bigger, unless it was made to fill the memory.
const LARGEST_PART: u64 = 1 << 30;

/// How deep the rows of a sheet lie.
#[derive(Debug, Clone)]
pub struct Outline {
    levels: HashMap<u64, u8>,
    /// Whether a group's row stands above the rows that it groups. Excel's default is below.
    pub groups_stand_above: bool,
}

impl Default for Outline {
    fn default() -> Self {
        Self {
            levels: HashMap::new(),
            groups_stand_above: true,
        }
    }
}

impl Outline {
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
            (!outline.levels.is_empty()).then_some((name, outline))
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
        groups_stand_above: starts(
            text.get(..text.len().min(4096)).unwrap_or_default(),
            "outlinePr",
        )
        .any(|start| {
            attribute(&start, "summaryBelow").is_some_and(|value| value == "0" || value == "false")
        }),
    };
    if !text.contains("outlineLevel") {
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
