//! Why a label cannot be drawn.

/// Why a label cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no code to print.
    #[error("a label needs a code")]
    CodeEmpty,
    /// The code's dots would be too small to be scanned on a label of this size.
    #[error("the code is too long for a label of this size")]
    CodeTooLong,
    /// A printer of this resolution is not known.
    #[error("{0} dots per inch is not a printer's resolution")]
    Resolution(u32),
    /// The bundled font cannot be read: the program is damaged.
    #[error("the bundled font cannot be read")]
    Font(#[from] ab_glyph::InvalidFont),
    /// The picture cannot be written.
    #[error("the picture cannot be written")]
    Picture(#[from] image::ImageError),
}
