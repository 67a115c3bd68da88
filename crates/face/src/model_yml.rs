//! `model.yml`: all templates as a standard LBPH model that plain OpenCV reads.
//!
//! `LBPHFaceRecognizer::read` and `predict` on a crop of this pipeline answer with the same nearest template and label
//! as this crate. They do not give the same verdict: plain OpenCV knows neither the mean template nor the score
//! relative to the other people, nor a window of frames.
//!
//! OpenCV's own writer needs 1.4 GB of memory for a hundred people, so the file is written here, line by line.

use crate::gallery::Template;
use crate::lbph::{BINS, CELL_PIXELS, GRID, NEIGHBOURS, RADIUS};
use crate::{Error, atomic_file};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

/// Values in a line of the file; OpenCV wraps near 80 columns too.
const VALUES_IN_LINE: usize = 12;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    /// SHA-256, to be kept where who changes the file cannot reach.
    pub sha256: [u8; 32],
    /// Templates in the file.
    pub templates: usize,
}

/// Writes the model beside `path`, readable by its owner alone, and puts it in its place when it is complete and on
/// the disk. A crash leaves the old file or the new one.
///
/// # Errors
/// [`Error::ModelFile`] with what the system says; the old file then stands unchanged.
pub fn write(
    path: &Path,
    templates: impl IntoIterator<Item = Template>,
) -> Result<ModelFile, Error> {
    let written = atomic_file::write(path, |file| {
        let mut out = BufWriter::with_capacity(1 << 16, Hashing::new(file));
        let templates = write_yaml(&mut out, templates)?;
        let hashing = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(ModelFile {
            sha256: hashing.hash.finalize().into(),
            templates,
        })
    });
    written.map_err(|source| Error::ModelFile {
        path: path.to_owned(),
        source,
    })
}

/// The hash of the file that [`write`] would write.
pub(crate) fn hash_of(templates: impl IntoIterator<Item = Template>) -> [u8; 32] {
    let mut hashing = Hashing::new(io::sink());
    let mut out = BufWriter::with_capacity(1 << 16, &mut hashing);
    let written = write_yaml(&mut out, templates);
    drop(out);
    // A sink takes everything.
    written.map_or([0; 32], |_| hashing.hash.finalize().into())
}

/// The hash of a model file, as [`write`] gives it.
///
/// # Errors
/// [`Error::ModelFile`] when it cannot be read.
pub fn hash(path: &Path) -> Result<[u8; 32], Error> {
    let read = || -> io::Result<[u8; 32]> {
        let mut file = File::open(path)?;
        let mut hash = Sha256::new();
        let mut part = vec![0; 1 << 16];
        loop {
            match file.read(&mut part)? {
                0 => return Ok(hash.finalize().into()),
                length => hash.update(&part[..length]),
            }
        }
    };
    read().map_err(|source| Error::ModelFile {
        path: path.to_owned(),
        source,
    })
}

/// Checks that a model file is the one that was written.
///
/// # Errors
/// [`Error::ModelForeign`] when its hash is another: do not use it, write it anew. [`Error::ModelFile`] when it cannot
/// be read.
pub fn verify(path: &Path, sha256: &[u8; 32]) -> Result<(), Error> {
    if hash(path)? == *sha256 {
        Ok(())
    } else {
        Err(Error::ModelForeign {
            path: path.to_owned(),
        })
    }
}

/// Writes the templates one by one, so that a large model needs no memory; answers how many there were.
fn write_yaml(
    out: &mut impl Write,
    templates: impl IntoIterator<Item = Template>,
) -> io::Result<usize> {
    writeln!(out, "%YAML:1.0\n---\nopencv_lbphfaces:")?;
    writeln!(out, "   threshold: {:e}", f64::MAX)?;
    writeln!(
        out,
        "   radius: {RADIUS}\n   neighbors: {NEIGHBOURS}\n   grid_x: {GRID}\n   grid_y: {GRID}"
    )?;
    write!(out, "   histograms:")?;
    let shares: Vec<String> = (0..=CELL_PIXELS).map(share).collect();
    let mut labels: Vec<String> = Vec::new();
    for template in templates {
        let values = template
            .counts
            .as_bytes()
            .iter()
            .map(|&n| shares[usize::from(n)].as_str());
        write!(
            out,
            "\n      - !!opencv-matrix\n         rows: 1\n         cols: {BINS}\n         dt: f"
        )?;
        write_values(out, "         ", values)?;
        labels.push(template.label.to_string());
    }
    if labels.is_empty() {
        write!(out, " []")?;
    }
    let count = labels.len();
    write!(
        out,
        "\n   labels: !!opencv-matrix\n      rows: {count}\n      cols: 1\n      dt: i"
    )?;
    write_values(out, "      ", labels.iter().map(String::as_str))?;
    writeln!(out, "\n   labelsInfo:\n      []")?;
    out.flush()?;
    Ok(count)
}

/// `data: [ … ]`, wrapped.
fn write_values<'a>(
    out: &mut impl Write,
    indent: &str,
    values: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    write!(out, "\n{indent}data: [")?;
    let wrap = format!("\n{indent}    ");
    for (place, value) in values.enumerate() {
        // Tens of millions of values: no formatting here.
        if place > 0 {
            out.write_all(b",")?;
        }
        let wrapped = place > 0 && place.is_multiple_of(VALUES_IN_LINE);
        out.write_all(if wrapped { wrap.as_bytes() } else { b" " })?;
        out.write_all(value.as_bytes())?;
    }
    write!(out, " ]")
}

/// A count as OpenCV writes its share of a cell: whole numbers end with a point.
fn share(count: u32) -> String {
    if count.is_multiple_of(CELL_PIXELS) {
        format!("{}.", count / CELL_PIXELS)
    } else {
        format!("{:e}", count as f32 / CELL_PIXELS as f32)
    }
}

/// Hashes what it passes on.
struct Hashing<W> {
    to: W,
    hash: Sha256,
}

impl<W> Hashing<W> {
    fn new(to: W) -> Self {
        Self {
            to,
            hash: Sha256::new(),
        }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
