//! The people of a session: one who is enrolled and confirms, and one whom nobody knows.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use ombor_testkit::face::{self, Variation};

/// Frames of a visit that confirms.
const CONFIRMING_FRAMES: u32 = 30;
/// Frames of an enrolment.
const ENROLLING_FRAMES: u32 = 30;

/// Frames, in the order in which a camera sees them.
pub struct People {
    /// The employee is enrolled from these.
    pub enrolling: Vec<PathBuf>,
    /// The employee on another visit.
    pub confirming: Vec<PathBuf>,
    /// Somebody who was never enrolled.
    pub stranger: Vec<PathBuf>,
    /// They blink and turn their heads as they may be asked to; people on photos do nothing.
    pub do_as_asked: bool,
}

impl People {
    /// Draws two people who exist nowhere, into `folder`.
    pub fn draw(folder: &Path) -> Result<Self> {
        Ok(Self {
            enrolling: face::write_folder(
                &folder.join("enrolling"),
                1,
                ENROLLING_FRAMES,
                &Variation::visit(11),
            )?,
            confirming: face::write_folder(
                &folder.join("confirming"),
                1,
                CONFIRMING_FRAMES,
                &Variation::later(12),
            )?,
            stranger: face::write_folder(
                &folder.join("stranger"),
                2,
                CONFIRMING_FRAMES,
                &Variation::visit(13),
            )?,
            do_as_asked: true,
        })
    }

    /// Takes real people from `folder/PERSON/NNN-SESSION.jpg`: 001–099 of the first person's first session enrol,
    /// 101–110 confirm, and the second person's 101–110 are the stranger.
    pub fn from_folder(folder: &Path) -> Result<Self> {
        let mut people: Vec<PathBuf> = fs::read_dir(folder)
            .with_context(|| folder.display().to_string())?
            .filter_map(|entry| {
                entry
                    .ok()
                    .map(|entry| entry.path())
                    .filter(|path| path.is_dir())
            })
            .collect();
        people.sort();
        ensure!(
            people.len() >= 2,
            "{} holds no two people",
            folder.display()
        );
        Ok(Self {
            enrolling: frames(&people[0], 1..=99)?,
            confirming: frames(&people[0], 101..=110)?,
            stranger: frames(&people[1], 101..=110)?,
            do_as_asked: false,
        })
    }
}

/// The frames of a person's first session that has any with such numbers.
fn frames(person: &Path, numbers: std::ops::RangeInclusive<u32>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(person)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let Some((number, session)) = name.split_once('-') else {
            continue;
        };
        if number.parse().is_ok_and(|number| numbers.contains(&number)) {
            found.push((session.to_owned(), path));
        }
    }
    found.sort();
    let first = found
        .first()
        .context(format!("{} has no such frames", person.display()))?
        .0
        .clone();
    Ok(found
        .into_iter()
        .filter(|(session, _)| *session == first)
        .map(|(_, path)| path)
        .collect())
}
