//! Enrolment: an employee looks at the camera until their face is known.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::AppError;
use super::desk::FaceHint;

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnrolmentPhase {
    /// Frames are being collected.
    Collecting,
    /// The templates are kept.
    Done,
    /// It could not be done; `failure` says why.
    Failed,
}

/// An enrolment as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentView {
    /// Whose face it is.
    pub employee_id: String,
    /// Where it stands.
    pub phase: EnrolmentPhase,
    /// Good frames so far.
    pub accepted: u32,
    /// Good frames that are needed.
    pub wanted: u32,
    /// One instruction.
    pub hint: FaceHint,
    /// Why it failed.
    pub failure: Option<AppError>,
}
