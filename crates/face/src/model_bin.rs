//! `model.bin`: the gallery as it lies in memory, so that a desk is ready in a fraction of a second.
//!
//! It belongs to one `model.yml`, whose SHA-256 it carries, and ends with the SHA-256 of its own bytes. All numbers are
//! little-endian:
//!
//! ```text
//! mark "OMBORBIN" · length and name of the pipeline · SHA-256 of model.yml · calibration (2 × f32) · people (u32)
//! for each person    label (i32) · own limit (f32) · templates (u16)
//! for each template  light (i16) · quality (f32) · entries of each of the 100 cells (u8) · entries (pattern u8, count u8)
//! SHA-256 of all of it
//! ```

use crate::calibration::Calibration;
use crate::distance::Packed;
use crate::gallery::{Gallery, Kept, Person};
use crate::lbph::{BINS, PATTERNS};
use crate::{Error, PIPELINE_VERSION, atomic_file};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// Begins the file.
const MARK: &[u8] = b"OMBORBIN";
/// Cells of a template.
const CELLS: usize = BINS / PATTERNS;
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// Writes the companion of the `model.yml` with this hash, readable by its owner alone, beside and then in its place.
///
/// # Errors
/// [`Error::ModelFile`] with what the system says; an older companion then stands unchanged.
pub fn write(path: &Path, gallery: &Gallery, yml_sha256: [u8; HASH]) -> Result<(), Error> {
    let bytes = bytes_of(gallery, yml_sha256);
    atomic_file::write(path, |file| file.write_all(&bytes)).map_err(|source| Error::ModelFile {
        path: path.to_owned(),
        source,
    })
}

/// Reads a companion and answers the hash of the `model.yml` that it belongs to.
///
/// # Errors
/// [`Error::ModelFile`] when it is not there or cannot be read, [`Error::CompanionInvalid`] when it is not what was
/// written.
pub fn load(path: &Path) -> Result<(Gallery, [u8; HASH]), Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::ModelFile {
        path: path.to_owned(),
        source,
    })?;
    parse(&bytes).map_err(|reason| Error::CompanionInvalid {
        path: path.to_owned(),
        reason,
    })
}

fn bytes_of(gallery: &Gallery, yml_sha256: [u8; HASH]) -> Vec<u8> {
    let (people, calibration) = gallery.parts();
    let mut bytes = MARK.to_vec();
    bytes.push(PIPELINE_VERSION.len() as u8);
    bytes.extend(PIPELINE_VERSION.as_bytes());
    bytes.extend(yml_sha256);
    bytes.extend(calibration.stranger_distance.to_le_bytes());
    bytes.extend(calibration.full_by_mean.to_le_bytes());
    bytes.extend((people.len() as u32).to_le_bytes());
    for (person, limit) in people.iter().zip(&calibration.own_limits) {
        bytes.extend(person.label.to_le_bytes());
        bytes.extend(limit.to_le_bytes());
        bytes.extend((person.templates.len() as u16).to_le_bytes());
        for kept in &person.templates {
            let (lengths, entries) = kept.packed.parts();
            bytes.extend(kept.light.to_le_bytes());
            bytes.extend(kept.quality.to_le_bytes());
            bytes.extend(lengths);
            bytes.extend(entries.as_flattened());
        }
    }
    let own = Sha256::digest(&bytes);
    bytes.extend(own);
    bytes
}

/// Why bytes are no companion.
type Reason = &'static str;

/// Takes one thing after the other off the front.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Reason> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("it is cut short")?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Reason> {
        let taken = self.bytes(N)?;
        <[u8; N]>::try_from(taken).map_err(|_| "it is cut short")
    }

    fn float(&mut self) -> Result<f32, Reason> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_nan() {
            return Err("it holds no number where one belongs");
        }
        Ok(value)
    }
}

fn parse(bytes: &[u8]) -> Result<(Gallery, [u8; HASH]), Reason> {
    let (content, own) = bytes
        .split_last_chunk::<HASH>()
        .ok_or("it is shorter than a hash")?;
    if Sha256::digest(content)[..] != own[..] {
        return Err("its bytes are not those that were written");
    }
    let mut rest = Rest(content);
    if rest.bytes(MARK.len())? != MARK {
        return Err("it is another kind of file");
    }
    let [length] = rest.array::<1>()?;
    if rest.bytes(usize::from(length))? != PIPELINE_VERSION.as_bytes() {
        return Err("it was written by another version");
    }
    let yml_sha256 = rest.array()?;
    let (stranger_distance, full_by_mean) = (rest.float()?, rest.float()?);
    let count = u32::from_le_bytes(rest.array()?);
    let (mut people, mut own_limits) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (person, limit) = person(&mut rest)?;
        people.push(person);
        own_limits.push(limit);
    }
    if !rest.0.is_empty() || !people.is_sorted_by(|a: &Person, b| a.label < b.label) {
        return Err("its people are not in order");
    }
    let calibration = Calibration {
        stranger_distance,
        full_by_mean,
        own_limits,
    };
    Ok((Gallery::restored(people, calibration), yml_sha256))
}

fn person(rest: &mut Rest) -> Result<(Person, f32), Reason> {
    let label = i32::from_le_bytes(rest.array()?);
    let limit = rest.float()?;
    let count = u16::from_le_bytes(rest.array()?);
    let mut templates = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let (light, quality) = (i16::from_le_bytes(rest.array()?), rest.float()?);
        let lengths = rest.bytes(CELLS)?;
        let entries: usize = lengths.iter().map(|&n| usize::from(n)).sum();
        let (entries, _) = rest.bytes(2 * entries)?.as_chunks::<2>();
        let packed = Packed::from_parts(lengths, entries).ok_or("a template is none")?;
        templates.push(Kept {
            light,
            quality,
            packed,
        });
    }
    if templates.is_empty() {
        return Err("somebody has no template");
    }
    Ok((Person::new(label, templates), limit))
}
