//! What the camera sees, and how the camera itself is.

use std::sync::Arc;

use ombor_face::{Act, Hint};
use tokio::sync::mpsc;

use crate::api::desk::FaceHint;
use crate::camera::Seen;
use crate::ombor::{Ombor, lock};

impl Ombor {
    /// Takes what the camera sees for as long as there is a camera.
    pub(crate) async fn follow_camera(self: Arc<Self>, mut seen: mpsc::UnboundedReceiver<Seen>) {
        while let Some(seen) = seen.recv().await {
            match seen {
                Seen::Opened { name } => self.camera_opened(name).await,
                Seen::Lost(error) => self.camera_lost(&error).await,
                Seen::Hint {
                    search,
                    hint,
                    asked,
                    progress,
                } => self.hint(search, asked_or(hint, asked), progress).await,
                Seen::Refused {
                    search,
                    face,
                    asked,
                } => {
                    if let Err(error) = self.refused(search, &face, asked).await {
                        tracing::warn!(%error, "a refusal could not be recorded");
                    }
                }
                Seen::Confirmed { search, face } => {
                    if let Err(error) = self.confirm(search, &face).await {
                        tracing::warn!(%error, "a confirmation could not be recorded");
                        self.look_again().await;
                    }
                }
                Seen::Enrolling(step) => self.enrolling(&step).await,
                Seen::Enrolled(outcome) => self.enrolled(*outcome).await,
            }
        }
    }

    async fn camera_opened(self: &Arc<Self>, name: String) {
        {
            let mut signs = lock(&self.signs);
            signs.camera = Some(name);
            signs.camera_trouble = None;
        }
        let mut bench = self.bench.lock().await;
        bench.gate.camera_lost = None;
        self.tell_face(&mut bench);
        drop(bench);
        self.look_after().await;
    }

    /// The picture is gone: the sentence takes its place, and what was gathered waits.
    async fn camera_lost(self: &Arc<Self>, error: &ombor_face::Error) {
        let trouble = match error.code() {
            "cameraBusy" => FaceHint::CameraBusy,
            _ => FaceHint::CameraMissing,
        };
        let before = lock(&self.signs).camera_trouble.replace(trouble);
        // It is tried again every second; the log need not say so each time.
        if before != Some(trouble) {
            tracing::warn!(%error, "the camera gives no frames");
        }
        let mut bench = self.bench.lock().await;
        bench.gate.camera_lost = Some(trouble);
        self.tell_face(&mut bench);
        drop(bench);
        self.enrolment_hint(trouble);
        self.look_after().await;
    }

    /// What the picture itself says about the camera: it is covered, or it hangs upside down.
    pub(crate) async fn camera_shows(self: &Arc<Self>, hint: FaceHint) {
        let trouble = matches!(hint, FaceHint::CameraBlack | FaceHint::CameraUpsideDown);
        let trouble = trouble.then_some(hint);
        let changed = std::mem::replace(&mut lock(&self.signs).camera_trouble, trouble) != trouble;
        if changed {
            self.look_after().await;
        }
    }

    async fn hint(self: &Arc<Self>, search: u64, hint: FaceHint, progress: f32) {
        let mut bench = self.bench.lock().await;
        if !bench.gate.is_search(search) {
            return;
        }
        bench.gate.see(hint, f64::from(progress));
        let is_there = bench.gate.camera_lost.is_none();
        self.tell_face(&mut bench);
        drop(bench);
        if is_there {
            self.camera_shows(hint).await;
        }
    }
}

/// The act takes the place of what a face that does it brings about.
fn asked_or(hint: Hint, asked: Option<Act>) -> FaceHint {
    match (hint, asked) {
        (Hint::Good | Hint::HoldStill | Hint::LookHere, Some(act)) => match act {
            Act::Blink => FaceHint::Blink,
            Act::TurnLeft => FaceHint::TurnLeft,
            Act::TurnRight => FaceHint::TurnRight,
        },
        _ => hint_of(hint),
    }
}

/// The same hint on the wire.
pub(crate) fn hint_of(hint: Hint) -> FaceHint {
    match hint {
        Hint::NoFace => FaceHint::NoFace,
        Hint::TwoFaces => FaceHint::TwoFaces,
        Hint::Closer => FaceHint::Closer,
        Hint::Farther => FaceHint::Farther,
        Hint::MoreLight => FaceHint::MoreLight,
        Hint::LessLight => FaceHint::LessLight,
        Hint::LookHere => FaceHint::LookHere,
        Hint::HoldStill => FaceHint::HoldStill,
        Hint::Good => FaceHint::Good,
        Hint::Black => FaceHint::CameraBlack,
        Hint::UpsideDown => FaceHint::CameraUpsideDown,
    }
}
