//! What lies on the desk: the flow's state and what surrounds it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_core::id::ConfirmationId;
use ombor_core::people::confirmation::Confirmation;
use ombor_face::Gallery;
use ombor_scan::Bounce;

use super::gate::Gate;
use crate::api::desk::{ConfirmationView, RecentMovement};
use crate::posting::State;
use crate::view::Surroundings;
use crate::wire::{Direction, time};

/// A confirmation holds this long, by the database's clock.
const CONFIRMATION_HOLDS: Duration = Duration::from_mins(5);

/// A confirmation that holds.
pub(crate) struct Held {
    pub(crate) id: ConfirmationId,
    /// When it ends, by this process's own clock: what the database said was left, counted down.
    pub(crate) ends: Instant,
    view: ConfirmationView,
}

impl Held {
    pub(crate) fn new(confirmation: &Confirmation) -> Self {
        let left = Duration::from_millis(u64::from(confirmation.remaining_ms));
        let view = ConfirmationView {
            employee_id: confirmation.employee_id.to_string(),
            employee_name: confirmation.employee_name.clone(),
            method: confirmation.method.as_str().to_owned(),
            valid_until: time(confirmation.valid_until),
            remaining_ms: confirmation.remaining_ms,
            total_ms: u32::try_from(CONFIRMATION_HOLDS.as_millis()).unwrap_or(u32::MAX),
        };
        Self {
            id: confirmation.id,
            ends: Instant::now() + left,
            view,
        }
    }

    pub(crate) fn employee_id(&self) -> &str {
        &self.view.employee_id
    }

    fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }

    fn view(&self) -> ConfirmationView {
        let remaining_ms = u32::try_from(self.left().as_millis()).unwrap_or(u32::MAX);
        ConfirmationView {
            remaining_ms,
            ..self.view.clone()
        }
    }
}

/// What lies on the desk.
pub(crate) struct Bench {
    pub(crate) state: State,
    pub(crate) held: Option<Held>,
    pub(crate) gate: Gate,
    pub(crate) gallery: Arc<Gallery>,
    /// The revision of the known faces that the gallery holds.
    pub(crate) known_faces: i64,
    pub(crate) bounce: Bounce,
    pub(crate) recent: Vec<RecentMovement>,
    pub(crate) revision: u32,
    pub(crate) may_create_product: bool,
}

impl Bench {
    pub(crate) fn new(mode: Direction) -> Self {
        Self {
            state: State::new(mode),
            held: None,
            gate: Gate::new(),
            gallery: Arc::new(Gallery::build([])),
            known_faces: 0,
            bounce: Bounce::default(),
            recent: Vec::new(),
            revision: 0,
            may_create_product: false,
        }
    }

    /// Somebody else is at the desk: what was gathered stays with who gathered it, in the draft.
    pub(crate) fn clear(&mut self) {
        self.state = State::new(self.state.mode);
        self.held = None;
        self.gate.clear();
        self.bounce = Bounce::default();
    }

    /// No confirmation holds any more, nor does the badge that came before it.
    pub(crate) fn forget_confirmation(&mut self) {
        self.held = None;
        self.gate.claim = None;
    }

    pub(crate) fn surroundings(&self) -> Surroundings {
        Surroundings {
            revision: self.revision,
            confirmation: self.held.as_ref().map(Held::view),
            recent: self.recent.clone(),
            can_create_product: self.may_create_product,
        }
    }
}
