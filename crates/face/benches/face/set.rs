//! Folders of faces: `DIR/SET/PERSON/NNN-SESSION.jpg`, as `docs/face-gate.md` describes them.

use anyhow::{Context, Result, ensure};
use image::imageops::{FilterType, resize};
use image::{GrayImage, RgbImage};
use ombor_face::{Frame, PixelFormat, Point};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// An image lower than this is enlarged three times and gets a border.
const LOWEST: u32 = 220;
/// That border, pixels.
const BORDER: u32 = 60;
/// Where the pictures of printed photos lie.
const ATTACKS: &str = "photo-attack";

/// One image of one person.
#[derive(Debug, Clone)]
pub struct Picture {
    pub path: PathBuf,
    /// The person's place in [`Set::people`].
    pub person: usize,
    pub number: u32,
    pub session: String,
    /// A printed photo held before the camera.
    pub attack: bool,
}

impl Picture {
    pub fn enrols(&self) -> bool {
        !self.attack && self.number < 100
    }

    pub fn probes(&self) -> bool {
        !self.attack && (101..300).contains(&self.number)
    }

    /// The burst of ten that it belongs to.
    pub fn burst(&self) -> (usize, &str, u32) {
        (
            self.person,
            &self.session,
            self.number.saturating_sub(1) / 10,
        )
    }
}

/// The pictures of one folder.
pub struct Set {
    pub name: String,
    pub people: Vec<String>,
    pub pictures: Vec<Picture>,
    /// Where the eyes are in every picture, if the set says so.
    pub eyes: Option<(Point, Point)>,
}

impl Set {
    /// All sets of a folder, by name.
    pub fn all(folder: &Path) -> Result<Vec<Self>> {
        let mut sets = Vec::new();
        for path in sorted(folder)? {
            if path.is_dir() {
                let set = Self::read(&path)?;
                if !set.pictures.is_empty() {
                    sets.push(set);
                }
            }
        }
        ensure!(
            !sets.is_empty(),
            "{} holds no SET/PERSON/NNN-SESSION.jpg",
            folder.display()
        );
        Ok(sets)
    }

    fn read(folder: &Path) -> Result<Self> {
        let mut set = Self {
            name: name_of(folder),
            people: Vec::new(),
            pictures: Vec::new(),
            eyes: eyes(&folder.join("eyes.txt"))?,
        };
        for person in sorted(folder)?.iter().filter(|path| path.is_dir()) {
            let place = set.people.len();
            set.people.push(name_of(person));
            for (from, attack) in [(person.clone(), false), (person.join(ATTACKS), true)] {
                let files = if from.is_dir() {
                    sorted(&from)?
                } else {
                    Vec::new()
                };
                let pictures = files
                    .into_iter()
                    .filter_map(|path| picture(path, place, attack));
                set.pictures.extend(pictures);
            }
        }
        Ok(set)
    }

    /// Whether somebody was seen in more than one session.
    pub fn has_sessions(&self) -> bool {
        (0..self.people.len()).any(|person| self.sessions_of(person).len() > 1)
    }

    /// The sessions of a person with enrolment frames.
    pub fn sessions_of(&self, person: usize) -> BTreeSet<&str> {
        let own = self
            .pictures
            .iter()
            .filter(|picture| picture.person == person);
        own.filter(|picture| picture.enrols())
            .map(|picture| picture.session.as_str())
            .collect()
    }

    /// All sessions.
    pub fn sessions(&self) -> BTreeSet<&str> {
        (0..self.people.len())
            .flat_map(|person| self.sessions_of(person))
            .collect()
    }
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn picture(path: PathBuf, person: usize, attack: bool) -> Option<Picture> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let (number, session) = path.file_stem()?.to_str()?.split_once('-')?;
    let picture = Picture {
        number: number.parse().ok()?,
        session: session.to_owned(),
        person,
        attack,
        path: path.clone(),
    };
    ["jpg", "jpeg", "png", "pgm"]
        .contains(&ending.as_str())
        .then_some(picture)
}

fn eyes(file: &Path) -> Result<Option<(Point, Point)>> {
    let Ok(text) = fs::read_to_string(file) else {
        return Ok(None);
    };
    let numbers: Vec<f32> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| file.display().to_string())?;
    let [x1, y1, x2, y2] = numbers[..] else {
        anyhow::bail!("{} is not \"x1 y1 x2 y2\"", file.display());
    };
    Ok(Some((Point { x: x1, y: y1 }, Point { x: x2, y: y2 })))
}

/// Reads a picture; a low one is enlarged unless its set says where the eyes are.
pub fn frame(picture: &Picture, enlarge: bool) -> Result<Frame> {
    let path = &picture.path;
    let read = if path.extension().is_some_and(|ending| ending == "pgm") {
        let grey = pgm(&fs::read(path)?).with_context(|| path.display().to_string())?;
        image::DynamicImage::ImageLuma8(grey)
    } else {
        image::open(path).with_context(|| path.display().to_string())?
    };
    let mut rgb = read.into_rgb8();
    if enlarge && rgb.height() < LOWEST {
        let large = resize(
            &rgb,
            3 * rgb.width(),
            3 * rgb.height(),
            FilterType::CatmullRom,
        );
        rgb = bordered(&large);
    }
    let (width, height) = rgb.dimensions();
    Ok(Frame::new(width, height, PixelFormat::Rgb, rgb.into_raw())?)
}

fn bordered(inner: &RgbImage) -> RgbImage {
    let (width, height) = inner.dimensions();
    RgbImage::from_fn(width + 2 * BORDER, height + 2 * BORDER, |x, y| {
        let within = |at: u32, size: u32| at.saturating_sub(BORDER).min(size - 1);
        *inner.get_pixel(within(x, width), within(y, height))
    })
}

/// A binary portable greymap of one byte a pixel.
fn pgm(bytes: &[u8]) -> Result<GrayImage> {
    let mut at = 0;
    let mut words = Vec::new();
    while words.len() < 4 {
        let rest = bytes.get(at..).context("it is cut short")?;
        let length = rest.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        let word = &rest[..length];
        at += length + 1;
        if word.starts_with(b"#") {
            at += bytes[at..].iter().take_while(|b| **b != b'\n').count() + 1;
        } else if !word.is_empty() {
            words.push(std::str::from_utf8(word)?.to_owned());
        }
    }
    ensure!(
        words[0] == "P5" && words[3] == "255",
        "not a greymap of bytes"
    );
    let (width, height): (u32, u32) = (words[1].parse()?, words[2].parse()?);
    GrayImage::from_raw(width, height, bytes[at..].to_vec()).context("it is cut short")
}
