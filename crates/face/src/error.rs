//! What can go wrong, one variant for each thing that a caller can act on.

use std::path::PathBuf;

/// Why a face operation failed. Refusing a face is not an error but a [`crate::Verdict`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The frame has no pixels.
    #[error("the frame is empty ({width} x {height})")]
    FrameEmpty {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The frame is larger than any camera of a desk gives.
    #[error("the frame is too large ({width} x {height})")]
    FrameTooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The number of bytes is not what width, height and format ask for.
    #[error("the frame has {actual} bytes instead of {expected}")]
    FrameLayout {
        /// Bytes that the size and format ask for.
        expected: usize,
        /// Bytes that came.
        actual: usize,
    },
    /// Bytes that are not the counts of an LBPH histogram of this pipeline.
    #[error("not a template of this pipeline: {reason}")]
    TemplateInvalid {
        /// What is wrong with them.
        reason: &'static str,
    },
    /// The enrolment was ended before enough good frames were seen.
    #[error("{accepted} good frames are too few, at least {needed} are needed")]
    TooFewFrames {
        /// Good frames so far.
        accepted: usize,
        /// Good frames needed.
        needed: usize,
    },
    /// The model just enrolled does not recognise the frames it was made from well enough.
    #[error("the enrolment does not recognise its own person (score {score:.3})")]
    SelfTestFailed {
        /// Median score of the frames that were kept aside.
        score: f32,
    },
    /// No camera answers at this index.
    #[error("no camera {index}")]
    CameraMissing {
        /// The index that was asked for.
        index: u32,
    },
    /// The camera is there and does not open: another program has taken it.
    #[error("camera {index} is taken by another program")]
    CameraBusy {
        /// The index that was asked for.
        index: u32,
    },
    /// The camera was there and stopped giving frames: unplugged.
    #[error("the camera was lost")]
    CameraLost,
    /// The camera is open but gave no frame in time.
    #[error("the camera gives no picture")]
    CameraSilent,
    /// The capture program is not beside the application.
    #[error("the capture program {path} does not start")]
    CaptureProgram {
        /// Where it was looked for.
        path: PathBuf,
        /// Why it did not start.
        #[source]
        source: std::io::Error,
    },
    /// The video cannot be opened or holds no picture.
    #[error("the video {path} cannot be read")]
    VideoUnreadable {
        /// The video.
        path: PathBuf,
    },
    /// The folder of frames cannot be listed.
    #[error("the folder {path} cannot be read")]
    FolderUnreadable {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The folder holds no PNG or JPEG file.
    #[error("no pictures in the folder {path}")]
    FolderWithoutPictures {
        /// The folder.
        path: PathBuf,
    },
    /// A file with a picture's name that is none.
    #[error("{path} is not a picture")]
    PictureUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: image::ImageError,
    },
    /// `model.yml` could not be written or read.
    #[error("the model file {path} could not be used")]
    ModelFile {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// `model.yml` is not the file that this desk wrote: its hash is another.
    #[error("the model file {path} is not the one that was written")]
    ModelForeign {
        /// The file.
        path: PathBuf,
    },
    /// The companion of `model.yml` is not what was written: cut short, changed, or of another version.
    #[error("the model's companion {path} cannot be used: {reason}")]
    CompanionInvalid {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The companion holds other templates than the `model.yml` that was written.
    #[error("the model's companion {path} holds templates that were not written")]
    CompanionForeign {
        /// The file.
        path: PathBuf,
    },
    /// A cascade that is compiled in did not load: the build is broken.
    #[error("the cascade {name} does not load")]
    Cascade {
        /// Its name.
        name: &'static str,
    },
    /// A preview could not be encoded.
    #[error("the preview could not be encoded")]
    Preview(#[source] image::ImageError),
    /// OpenCV refused an operation.
    #[error(transparent)]
    OpenCv(#[from] opencv::Error),
}

impl Error {
    /// A stable name, in the spelling that crosses to the window.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FrameEmpty { .. } | Self::FrameTooLarge { .. } | Self::FrameLayout { .. } => {
                "frameInvalid"
            }
            Self::TemplateInvalid { .. } => "templateInvalid",
            Self::TooFewFrames { .. } => "tooFewFrames",
            Self::SelfTestFailed { .. } => "selfTestFailed",
            Self::CameraMissing { .. } => "cameraMissing",
            Self::CameraBusy { .. } => "cameraBusy",
            Self::CameraLost => "cameraLost",
            Self::CameraSilent => "cameraSilent",
            Self::CaptureProgram { .. } => "captureProgramMissing",
            Self::VideoUnreadable { .. }
            | Self::FolderUnreadable { .. }
            | Self::FolderWithoutPictures { .. }
            | Self::PictureUnreadable { .. } => "fileNotReadable",
            Self::ModelFile { .. } => "modelFile",
            Self::ModelForeign { .. }
            | Self::CompanionInvalid { .. }
            | Self::CompanionForeign { .. } => "modelForeign",
            Self::Cascade { .. } | Self::Preview(_) | Self::OpenCv(_) => "internal",
        }
    }
}
