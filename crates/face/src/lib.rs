//! Frames in, a verdict out: who stands before the camera, decided by LBPH over several frames.
//!
//! ```text
//! FrameSource ─▶ Frame ─▶ FaceFinder ─▶ Observation ─▶ Window ─▶ Verdict
//!                            │ box, eyes, gates, crop     │ LBPH counts, distances, scores (Gallery)
//!                            │              │ liveness: the asked act (Act)
//!                            └─────────▶ Enrolment ─▶ Template ─▶ Gallery, model.yml, model.bin
//! ```
//!
//! The crate knows no employee: people are numbers (`i32`, the labels of `model.yml`). It reads no clock: every
//! frame comes with the time at which it was seen. It keeps no picture: frames and crops live in memory only, and what
//! leaves is histogram counts.
//!
//! Every parameter is a named constant beside the step that uses it, with the measurement that chose it. Percentages
//! without a source are from the project's own comparison on public research sets (NUAA, ORL, Yale, Extended Yale B,
//! Faces94): the false rejection rate at 1 % false acceptance, lower is better.

mod align;
mod atomic_file;
mod calibration;
mod cascade;
mod distance;
mod enrolment;
mod error;
mod finder;
mod frame;
mod gallery;
mod lbph;
mod light;
mod liveness;
pub mod model;
pub mod model_bin;
pub mod model_yml;
mod platform;
mod preview;
mod quality;
pub mod source;
mod window;

pub use align::Crop;
pub use cascade::CASCADES;
pub use enrolment::{Enrolled, Enrolment, EnrolmentStep, Pose, Resemblance, Visit};
pub use error::Error;
pub use finder::{FaceBox, FaceEdges, FaceFinder, Hint, Observation, Point, Search, TrackedFace};
pub use frame::{Frame, PixelFormat};
pub use gallery::{Gallery, Score, Template};
pub use lbph::{Counts, Histogram, Lbph};
pub use liveness::{Act, EyeSight};
pub use preview::preview_jpeg;
pub use quality::{EyeGeometry, Gates, Quality};
pub use source::{CameraName, FrameSource, SourceConfig, list_cameras, open};
pub use window::{Claim, Confirmed, Refusal, Refused, Verdict, Window};

/// Names the features and the decision. It is stored with every template and every confirmation; templates of another
/// version are not comparable and must be enrolled anew.
pub const PIPELINE_VERSION: &str = "lbph-r4n8g10-tt1";
