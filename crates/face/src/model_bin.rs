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
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, Write};
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
    let invalid = |reason| Error::CompanionInvalid {
        path: path.to_owned(),
        reason,
    };
    read(path).map_err(|source| match source.downcast() {
        Ok(Flaw(reason)) => invalid(reason),
        Err(source) if source.kind() == ErrorKind::UnexpectedEof => invalid("it is cut short"),
        Err(source) => Error::ModelFile {
            path: path.to_owned(),
            source,
        },
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

/// Why bytes are no companion; travels as the cause of an error of reading.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Flaw(&'static str);

fn flaw(reason: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, Flaw(reason))
}

/// Takes one thing after the other off the front.
struct Rest<R>(R);

impl<R: Read> Rest<R> {
    fn bytes(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut taken = vec![0; length];
        self.0.read_exact(&mut taken)?;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut taken = [0; N];
        self.0.read_exact(&mut taken)?;
        Ok(taken)
    }

    fn float(&mut self) -> io::Result<f32> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_nan() {
            return Err(flaw("it holds no number where one belongs"));
        }
        Ok(value)
    }
}

/// Reads the file twice, first for its hash, so that it is never in memory beside what is made of it.
fn read(path: &Path) -> io::Result<(Gallery, [u8; HASH])> {
    let mut file = File::open(path)?;
    let length = (file.metadata()?.len())
        .checked_sub(HASH as u64)
        .ok_or_else(|| flaw("it is shorter than a hash"))?;
    let mut hasher = Sha256::new();
    io::copy(&mut (&file).take(length), &mut hasher)?;
    if Rest(&file).array::<HASH>()?[..] != hasher.finalize()[..] {
        return Err(flaw("its bytes are not those that were written"));
    }
    file.rewind()?;
    parse(&mut Rest(BufReader::new(file.take(length))))
}

fn parse(rest: &mut Rest<impl Read>) -> io::Result<(Gallery, [u8; HASH])> {
    if rest.bytes(MARK.len())? != MARK {
        return Err(flaw("it is another kind of file"));
    }
    let [length] = rest.array::<1>()?;
    if rest.bytes(usize::from(length))? != PIPELINE_VERSION.as_bytes() {
        return Err(flaw("it was written by another version"));
    }
    let yml_sha256 = rest.array()?;
    let (stranger_distance, full_by_mean) = (rest.float()?, rest.float()?);
    let count = u32::from_le_bytes(rest.array()?);
    let (mut people, mut own_limits) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (person, limit) = person(rest)?;
        people.push(person);
        own_limits.push(limit);
    }
    let ended = rest.0.read(&mut [0])? == 0;
    if !ended || !people.is_sorted_by(|a: &Person, b| a.label < b.label) {
        return Err(flaw("its people are not in order"));
    }
    let calibration = Calibration {
        stranger_distance,
        full_by_mean,
        own_limits,
    };
    Ok((Gallery::restored(people, calibration), yml_sha256))
}

fn person(rest: &mut Rest<impl Read>) -> io::Result<(Person, f32)> {
    let label = i32::from_le_bytes(rest.array()?);
    let limit = rest.float()?;
    let count = u16::from_le_bytes(rest.array()?);
    let mut templates = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let (light, quality) = (i16::from_le_bytes(rest.array()?), rest.float()?);
        let lengths = rest.bytes(CELLS)?;
        let entries: usize = lengths.iter().map(|&n| usize::from(n)).sum();
        let bytes = rest.bytes(2 * entries)?;
        let (entries, _) = bytes.as_chunks::<2>();
        let packed =
            Packed::from_parts(&lengths, entries).ok_or_else(|| flaw("a template is none"))?;
        templates.push(Kept {
            light,
            quality,
            packed,
        });
    }
    if templates.is_empty() {
        return Err(flaw("somebody has no template"));
    }
    Ok((Person::new(label, templates), limit))
}
