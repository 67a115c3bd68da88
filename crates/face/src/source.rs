//! Where frames come from: a camera, a video, a folder of pictures. Nobody further on knows which.

mod capture;
mod folder;
mod watch;
pub mod wire;

use crate::{Error, Frame, platform};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

pub use crate::platform::CAPTURE_BACKEND;
pub use capture::{Capture, Limits};
pub use folder::Folder;
pub use watch::{Seen, Watch};

/// Gives frames one after the other.
pub trait FrameSource: Send {
    /// The next frame: of a camera the newest, waiting for it; of a recording the following one, at once. `None` when
    /// a recording is over.
    ///
    /// # Errors
    /// Whatever keeps the source from going on; it must then be opened anew.
    fn next_frame(&mut self) -> Result<Option<Frame>, Error>;

    /// How long to wait between frames to see a recording at its own speed; `None` for a camera, which waits itself.
    fn interval(&self) -> Option<Duration>;

    /// What to call the source before a person.
    fn name(&self) -> &str;
}

/// Which source to open, as settings keep it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SourceConfig {
    /// A camera of this computer.
    Camera {
        /// Its place in the system's list, from 0.
        index: u32,
    },
    /// A video file.
    Video {
        /// The file.
        path: PathBuf,
    },
    /// A folder of PNG and JPEG files, shown in the order of their names.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Pictures a second.
        fps: f32,
        /// Whether to begin again after the last.
        repeat: bool,
    },
}

/// A camera that the system knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraName {
    /// Its place in the system's list.
    pub index: u32,
    /// What its maker calls it.
    pub name: String,
}

/// The cameras of this computer that give pictures, by index; empty where the system does not name them.
#[must_use]
pub fn list_cameras() -> Vec<CameraName> {
    platform::cameras()
}

/// Opens a source.
///
/// # Errors
/// What the source says: a missing camera, capture program, file or folder, or a folder without pictures. A camera and
/// a video answer with their first frame, since they are opened in a program of their own.
pub fn open(config: &SourceConfig) -> Result<Box<dyn FrameSource>, Error> {
    Ok(match config {
        SourceConfig::Camera { index } => Box::new(Capture::camera(*index)?),
        SourceConfig::Video { path } => Box::new(Capture::video(path)?),
        SourceConfig::Folder { path, fps, repeat } => Box::new(Folder::open(path, *fps, *repeat)?),
    })
}
