//! The worker's screen at work: scans and keys in, the pure flow of [`crate::posting`], its effects out.

mod bench;
mod confirm;
mod gate;
mod post;
mod scan;
mod search;
mod sight;
mod ways_on;

pub(crate) use bench::Bench;
pub(crate) use gate::Rules;
pub(crate) use post::recent_movement;
pub(crate) use sight::hint_of;

use std::sync::Arc;

use ombor_core::actor::Permission;
use ombor_core::people::session;
use tokio::sync::MutexGuard;

use crate::api::desk::{DeskKey, DeskState, KeyStroke};
use crate::error::Result;
use crate::event::Event;
use crate::fault;
use crate::ombor::{Ombor, Work};
use crate::posting::{self, Draft, Effect};
use crate::view::{self, Surroundings};

impl Ombor {
    /// The worker's screen as it is.
    pub async fn desk_state(&self) -> Result<DeskState> {
        let work = self.work().await?;
        let bench = self.bench.lock().await;
        Ok(draw(&bench, &work))
    }

    /// A burst of keys that a scanner typed.
    pub async fn desk_scan(self: &Arc<Self>, strokes: Vec<KeyStroke>) -> Result<DeskState> {
        let mut bench = self.bench.lock().await;
        let mut work = self.active().await?;
        if let Some(event) = self.read_scan(&mut bench, &mut work, strokes).await? {
            self.take(&mut bench, event);
        }
        self.show(&mut bench, &work);
        Ok(draw(&bench, &work))
    }

    /// A code that a person typed.
    pub async fn desk_type_code(self: &Arc<Self>, code: String) -> Result<DeskState> {
        let mut bench = self.bench.lock().await;
        let mut work = self.active().await?;
        let event = self.understand(&mut bench, &mut work, code.trim()).await?;
        self.take(&mut bench, event);
        self.show(&mut bench, &work);
        Ok(draw(&bench, &work))
    }

    /// A key that a person pressed.
    pub async fn desk_key(self: &Arc<Self>, key: DeskKey) -> Result<DeskState> {
        self.act(posting::Event::Key(key)).await
    }

    /// Takes a line off; its number on the document, from 1.
    pub async fn desk_take_line(self: &Arc<Self>, index: u32) -> Result<DeskState> {
        self.act(posting::Event::TakeLine(index)).await
    }

    async fn act(self: &Arc<Self>, event: posting::Event) -> Result<DeskState> {
        let mut bench = self.bench.lock().await;
        let work = self.active().await?;
        self.take(&mut bench, event);
        self.show(&mut bench, &work);
        Ok(draw(&bench, &work))
    }

    /// The person at the desk, who is active: a scan, a face and a key reset the idle time. Who may not move goods
    /// is refused here, before anything is gathered.
    pub(crate) async fn active(&self) -> Result<Work> {
        let mut work = self.work().await?;
        let permitted = work.actor.require(Permission::PostMovement);
        if permitted.is_err() {
            return match work.done(permitted).await {
                Ok(()) => Err(crate::error::AppError::new(
                    crate::error::ErrorCode::NotPermitted,
                )),
                Err(error) => Err(error),
            };
        }
        let session = work.actor.session_id();
        let (connection, _) = work.parts();
        session::touch(connection, session)
            .await
            .map_err(fault::from_core)?;
        Ok(work)
    }

    /// Hands an event to the flow and does what it answers.
    pub(crate) fn take(self: &Arc<Self>, bench: &mut MutexGuard<'_, Bench>, event: posting::Event) {
        for effect in posting::step(&mut bench.state, event) {
            match effect {
                Effect::Sound(tone) => self.sounds.play(tone),
                Effect::Post(request) => self.begin_posting(bench, request),
                Effect::KeepDraft => self.keep_draft(Draft::of(&bench.state)),
                Effect::ClearDraft => self.keep_draft(None),
                Effect::ForgetConfirmation => bench.forget_confirmation(),
            }
        }
        self.look_for_face(bench);
    }

    /// Tells the window that the screen is another one.
    pub(crate) fn show(&self, bench: &mut Bench, work: &Work) {
        bench.revision = bench.revision.wrapping_add(1);
        bench.may_create_product = work.actor.may(Permission::CreateProduct);
        self.events
            .emit(Event::DeskChanged(Box::new(draw(bench, work))));
    }

    /// The same when nobody asked for it.
    pub(crate) fn show_unasked(&self, bench: &mut Bench) {
        bench.revision = bench.revision.wrapping_add(1);
        let state = view::draw(&bench.state, bench.surroundings());
        self.events.emit(Event::DeskChanged(Box::new(state)));
    }
}

fn draw(bench: &Bench, work: &Work) -> DeskState {
    let around = Surroundings {
        can_create_product: work.actor.may(Permission::CreateProduct),
        ..bench.surroundings()
    };
    view::draw(&bench.state, around)
}
