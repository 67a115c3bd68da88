//! What the camera saw, and the confirmation that comes of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_core::people::confirmation::{self, Confirmation, ConfirmationMethod, NewConfirmation};
use ombor_core::people::{employee, session};
use ombor_face::{Confirmed, Hint, PIPELINE_VERSION};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use tokio::sync::mpsc;

use super::bench::Held;
use crate::api::desk::{FaceHint, FaceView};
use crate::camera::Seen;
use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::posting::Event;
use crate::sound::Tone;

/// Digits of a score that are kept.
const SCORE_DIGITS: u32 = 6;

impl Ombor {
    /// Takes what the camera sees for as long as there is a camera.
    pub(crate) async fn follow_camera(self: Arc<Self>, mut seen: mpsc::UnboundedReceiver<Seen>) {
        while let Some(seen) = seen.recv().await {
            match seen {
                Seen::Opened { name } => self.camera_is(Some(name)).await,
                Seen::Lost(error) => {
                    tracing::warn!(%error, "the camera gives no frames");
                    self.camera_is(None).await;
                }
                Seen::Hint { hint, progress } => self.hint(hint_of(hint), progress).await,
                Seen::NotKnown => self.not_known().await,
                Seen::Confirmed(face) => {
                    if let Err(error) = self.confirm(&face).await {
                        tracing::warn!(%error, "a confirmation could not be recorded");
                        self.look_again().await;
                    }
                }
                Seen::Enrolling {
                    accepted,
                    wanted,
                    hint,
                } => {
                    self.enrolling(accepted, wanted, hint_of(hint));
                }
                Seen::Enrolled(outcome) => self.enrolled(*outcome).await,
            }
        }
    }

    async fn camera_is(self: &Arc<Self>, name: Option<String>) {
        let is_lost = name.is_none();
        {
            let mut signs = lock(&self.signs);
            signs.camera_lost = is_lost;
            if name.is_some() {
                signs.camera = name;
            }
        }
        self.look_after().await;
        if is_lost {
            self.hint(FaceHint::CameraMissing, 0.0).await;
        }
    }

    async fn hint(&self, hint: FaceHint, progress: f32) {
        let mut bench = self.bench.lock().await;
        let active = bench.looking;
        self.tell_face(
            &mut bench,
            FaceView {
                active,
                hint,
                progress: f64::from(progress),
            },
        );
    }

    async fn not_known(&self) {
        self.sounds.play(Tone::Error);
        let mut bench = self.bench.lock().await;
        let nobody = bench.gallery.is_empty();
        let hint = if nobody {
            FaceHint::NobodyEnrolled
        } else {
            FaceHint::NotKnown
        };
        self.tell_face(
            &mut bench,
            FaceView {
                active: true,
                hint,
                progress: 0.0,
            },
        );
    }

    /// The judge rests after a verdict; if that came to nothing, it begins anew.
    async fn look_again(&self) {
        let mut bench = self.bench.lock().await;
        bench.looking = false;
        self.look_for_face(&mut bench);
    }

    async fn confirm(self: &Arc<Self>, face: &Confirmed) -> Result<()> {
        let confirmation = self.record_confirmation(face).await?;
        let mut bench = self.bench.lock().await;
        let held = Held::new(&confirmation);
        let ends = held.ends;
        bench.held = Some(held);
        self.take(&mut bench, Event::Confirmed);
        let hint = FaceHint::Good;
        self.tell_face(
            &mut bench,
            FaceView {
                active: false,
                hint,
                progress: 1.0,
            },
        );
        self.show_unasked(&mut bench);
        drop(bench);
        self.end_confirmation_at(ends);
        self.changed(&[ChangeTag::Confirmation, ChangeTag::Employee]);
        Ok(())
    }

    async fn record_confirmation(&self, face: &Confirmed) -> Result<Confirmation> {
        let mut work = self.work().await?;
        let session = work.actor.session_id();
        let (connection, actor) = work.parts();
        let recorded = async {
            session::touch(connection, session).await?;
            let employee = employee::employee_by_face_label(connection, face.label)
                .await?
                .ok_or(ombor_core::Error::EmployeeNotFound)?;
            let new = NewConfirmation {
                employee_id: employee.id,
                method: ConfirmationMethod::Face,
                score: figure(face.score),
                threshold: figure(face.threshold),
                agreeing_share: figure(face.agreeing_share),
                liveness: None,
                pipeline_version: Some(PIPELINE_VERSION.to_owned()),
            };
            confirmation::record(connection, actor, &new).await
        };
        let recorded = recorded.await;
        work.done(recorded).await
    }

    /// After five minutes the ring has run down.
    pub(crate) fn end_confirmation_at(self: &Arc<Self>, ends: Instant) {
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep_until(ends.into()).await;
            let mut bench = ombor.bench.lock().await;
            if bench.held.as_ref().is_some_and(|held| held.ends <= ends) {
                bench.held = None;
                ombor.take(&mut bench, Event::ConfirmationEnded);
                ombor.show_unasked(&mut bench);
            }
        });
    }

    /// A confirmation of this session that still holds, after the window was opened again.
    pub(crate) async fn find_confirmation(self: &Arc<Self>) -> Result<()> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let found = confirmation::current(connection, actor)
            .await
            .map_err(fault::from_core)?;
        let mut bench = self.bench.lock().await;
        bench.state.confirmed = found.is_some();
        bench.held = found.as_ref().map(Held::new);
        let ends = bench.held.as_ref().map(|held| held.ends);
        drop(bench);
        if let Some(ends) = ends.filter(|ends| *ends > Instant::now() + Duration::from_millis(1)) {
            self.end_confirmation_at(ends);
        }
        Ok(())
    }
}

fn figure(value: f32) -> Option<Decimal> {
    Decimal::from_f32(value).map(|value| value.round_dp(SCORE_DIGITS))
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
    }
}
