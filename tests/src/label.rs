//! A label as the scanner sees it: the picture that would be printed, decoded.

use anyhow::{Context, Result};
use base64::Engine as _;

/// The text of the code in a picture that the page shows as a `data:` address.
pub fn read_data_url(url: &str) -> Result<String> {
    let (_, encoded) = url
        .split_once("base64,")
        .context("not a picture in the page")?;
    let picture = base64::engine::general_purpose::STANDARD.decode(encoded)?;
    read_png(&picture)
}

/// The text of the one code in a picture.
pub fn read_png(picture: &[u8]) -> Result<String> {
    let grey = image::load_from_memory(picture)?.into_luma8();
    let (width, height) = grey.dimensions();
    let found = rxing::helpers::detect_in_luma(grey.into_raw(), width, height, None)
        .context("no code can be read in the picture")?;
    Ok(found.getText().to_owned())
}
