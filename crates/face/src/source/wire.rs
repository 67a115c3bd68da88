//! How the capture program hands frames over: on its standard output, a head of 12 bytes and the pixels (BGR) of each.

use crate::{Error, Frame, PixelFormat};
use std::io::{self, ErrorKind, Read, Write};

/// Begins every frame, so that a stream of something else is noticed.
const MARK: [u8; 4] = *b"OMBF";

/// The capture program's exit code when what it was asked for does not open.
pub const EXIT_NOT_OPENED: u8 = 3;
/// The capture program's exit code when the system has the camera and it does not open: another program holds it.
pub const EXIT_BUSY: u8 = 5;
/// The capture program's exit code when an open source stopped giving frames.
pub const EXIT_LOST: u8 = 4;

/// Writes one BGR frame.
///
/// # Errors
/// What the stream says; a broken pipe means that nobody wants frames any more.
pub fn write_frame(stream: &mut impl Write, width: u32, height: u32, bgr: &[u8]) -> io::Result<()> {
    stream.write_all(&MARK)?;
    stream.write_all(&width.to_le_bytes())?;
    stream.write_all(&height.to_le_bytes())?;
    stream.write_all(bgr)?;
    stream.flush()
}

/// Reads the next frame; `None` when the stream ended between two frames.
///
/// # Errors
/// What the stream says, and `InvalidData` when what comes is no frame.
pub fn read_frame(stream: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut mark = [0; MARK.len()];
    match stream.read_exact(&mut mark) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    if mark != MARK {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "no frame begins here",
        ));
    }
    let mut number = || -> io::Result<u32> {
        let mut bytes = [0; 4];
        stream.read_exact(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    };
    let (width, height) = (number()?, number()?);
    let invalid = |error: Error| io::Error::new(ErrorKind::InvalidData, error);
    let mut pixels = vec![0; Frame::bytes(width, height, PixelFormat::Bgr).map_err(invalid)?];
    stream.read_exact(&mut pixels)?;
    Frame::new(width, height, PixelFormat::Bgr, pixels)
        .map(Some)
        .map_err(invalid)
}
