//! What comes of a look at the camera: a confirmation, or a refusal.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_core::id::EmployeeId;
use ombor_core::people::confirmation::{self, Confirmation, ConfirmationMethod, NewConfirmation};
use ombor_core::people::face_refusal::{self, FaceRefusal, HeldAgainst, RefusalReason};
use ombor_core::people::{employee, session, vouching};
use ombor_face::{Act, Claim, Confirmed, PIPELINE_VERSION, Refusal, Refused};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::Bench;
use super::bench::Held;
use crate::api::desk::FaceHint;
use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::posting::Event;
use crate::sound::Tone;

/// Digits of a score that are kept.
const SCORE_DIGITS: u32 = 6;

impl Ombor {
    /// A face was looked at and not confirmed.
    pub(super) async fn refused(
        self: &Arc<Self>,
        search: u64,
        face: &Refused,
        asked: Option<Act>,
    ) -> Result<()> {
        let (claimed, threshold) = {
            let mut bench = self.bench.lock().await;
            if !bench.gate.is_search(search) {
                return Ok(());
            }
            // Taken now: the next badge may be scanned before this is written down.
            let held_against = held_against(&bench, face);
            bench.gate.say(match face.reason {
                Refusal::NobodyEnrolled => FaceHint::NobodyEnrolled,
                Refusal::NotLive => FaceHint::NotLive,
                _ => FaceHint::NotKnown,
            });
            self.tell_face(&mut bench);
            held_against
        };
        self.sounds.play(Tone::Error);
        self.record_refusal(face, asked, claimed, threshold).await?;
        self.changed(&[ChangeTag::Confirmation]);
        // Somebody may have been enrolled at another desk meanwhile.
        self.learn_faces().await.map(drop)
    }

    async fn record_refusal(
        &self,
        face: &Refused,
        asked: Option<Act>,
        claimed: Option<i32>,
        threshold: Option<f32>,
    ) -> Result<()> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let recorded = async {
            let held_against = match claimed.or(face.label) {
                None => HeldAgainst::Nobody,
                Some(label) => match employee::employee_by_face_label(connection, label).await? {
                    None => HeldAgainst::Nobody,
                    Some(employee) if claimed.is_some() => HeldAgainst::Claimed(employee.id),
                    Some(employee) => HeldAgainst::Nearest(employee.id),
                },
            };
            let refusal = FaceRefusal {
                reason: reason_of(face.reason),
                held_against,
                score: face.score.and_then(figure),
                threshold: threshold.and_then(figure),
                liveness: asked.map(|act| act.as_str().to_owned()),
            };
            face_refusal::record(connection, actor, &refusal).await
        };
        let recorded = recorded.await;
        work.done(recorded).await
    }

    /// Somebody was recognised.
    pub(super) async fn confirm(self: &Arc<Self>, search: u64, face: &Confirmed) -> Result<()> {
        // Whoever was erased or has left in the meantime, at whichever desk, confirms nothing.
        if self.learn_faces().await? {
            return Ok(());
        }
        let (vouched_for, method) = {
            let bench = self.bench.lock().await;
            if !bench.gate.is_search(search) {
                return Ok(());
            }
            let vouched_for = bench.gate.vouching.as_ref().map(|v| v.employee.id);
            let method = match bench.gate.wanted() {
                Some(Claim::Person(_)) => ConfirmationMethod::BadgeFace,
                _ => ConfirmationMethod::Face,
            };
            (vouched_for, method)
        };
        let confirmation = self.record_confirmation(face, method, vouched_for).await?;
        self.hold(&confirmation).await;
        Ok(())
    }

    /// A confirmation holds from now on; the document that waited for it is posted.
    pub(super) async fn hold(self: &Arc<Self>, confirmation: &Confirmation) {
        let mut bench = self.bench.lock().await;
        let held = Held::new(confirmation);
        let ends = held.ends;
        bench.held = Some(held);
        self.take(&mut bench, Event::Confirmed);
        bench.gate.see(FaceHint::Good, 1.0);
        self.tell_face(&mut bench);
        self.show_unasked(&mut bench);
        drop(bench);
        self.end_confirmation_at(ends);
        self.changed(&[ChangeTag::Confirmation, ChangeTag::Employee]);
    }

    async fn record_confirmation(
        &self,
        face: &Confirmed,
        method: ConfirmationMethod,
        vouched_for: Option<EmployeeId>,
    ) -> Result<Confirmation> {
        let mut work = self.work().await?;
        let session = work.actor.session_id();
        let (connection, actor) = work.parts();
        let recorded = async {
            session::touch(connection, session).await?;
            let employee = employee::employee_by_face_label(connection, face.label)
                .await?
                .ok_or(ombor_core::Error::EmployeeNotFound)?;
            let recognised = NewConfirmation {
                employee_id: employee.id,
                method,
                score: figure(face.score),
                threshold: figure(face.threshold),
                agreeing_share: figure(face.agreeing_share),
                liveness: face.act.map(|act| act.as_str().to_owned()),
                pipeline_version: Some(PIPELINE_VERSION.to_owned()),
            };
            match vouched_for {
                Some(employee) => {
                    vouching::vouch_by_face(connection, actor, employee, &recognised).await
                }
                None => confirmation::record(connection, actor, &recognised).await,
            }
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
                bench.forget_confirmation();
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

/// Whose badge said who it is, and the threshold that the score was held against.
fn held_against(bench: &Bench, face: &Refused) -> (Option<i32>, Option<f32>) {
    let claimed = match bench.gate.wanted() {
        Some(Claim::Person(label)) => Some(label),
        _ => None,
    };
    let threshold = match (claimed, face.label) {
        (Some(label), _) => bench.gallery.claimed_threshold(label),
        (None, Some(label)) => bench.gallery.open_threshold(label),
        (None, None) => None,
    };
    (claimed, threshold)
}

fn reason_of(refusal: Refusal) -> RefusalReason {
    match refusal {
        Refusal::NotKnown => RefusalReason::NotKnown,
        Refusal::NotAgreeing => RefusalReason::NotAgreeing,
        Refusal::TwoAlike => RefusalReason::TwoAlike,
        Refusal::NotLive => RefusalReason::NotLive,
        Refusal::ClaimNotEnrolled => RefusalReason::ClaimNotEnrolled,
        Refusal::NobodyEnrolled => RefusalReason::NobodyEnrolled,
    }
}
