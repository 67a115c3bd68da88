//! Writes drawn faces: `generate-faces DIR [PERSON [FRAMES [VISIT]]]`, by default twenty frames of person 1.

use anyhow::{Context, Result};
use ombor_testkit::face::{Variation, write_folder};
use std::path::PathBuf;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().context("which folder?")?);
    let mut number = |name: &'static str, otherwise: u64| match arguments.next() {
        None => Ok(otherwise),
        Some(text) => text
            .to_string_lossy()
            .parse()
            .with_context(|| format!("{name} is a number")),
    };
    let (person, frames, visit) = (
        number("PERSON", 1)?,
        number("FRAMES", 20)?,
        number("VISIT", 1)?,
    );
    let frames = u32::try_from(frames).context("too many FRAMES")?;
    write_folder(&folder, person, frames, &Variation::visit(visit))?;
    Ok(())
}
