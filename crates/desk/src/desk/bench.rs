//! What lies on the desk: the flow's state and what surrounds it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_core::id::ConfirmationId;
use ombor_core::people::confirmation::Confirmation;
use ombor_face::Gallery;
use ombor_scan::Bounce;

use crate::api::desk::{ConfirmationView, FaceView, RecentMovement};
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
    pub(crate) gallery: Arc<Gallery>,
    pub(crate) bounce: Bounce,
    pub(crate) recent: Vec<RecentMovement>,
    pub(crate) face: Option<FaceView>,
    pub(crate) revision: u32,
    pub(crate) looking: bool,
    pub(crate) may_create_product: bool,
}

impl Bench {
    pub(crate) fn new(mode: Direction) -> Self {
        Self {
            state: State::new(mode),
            held: None,
            gallery: Arc::new(Gallery::build([])),
            bounce: Bounce::default(),
            recent: Vec::new(),
            face: None,
            revision: 0,
            looking: false,
            may_create_product: false,
        }
    }

    /// Somebody else is at the desk: what was gathered stays with who gathered it, in the draft.
    pub(crate) fn clear(&mut self) {
        self.state = State::new(self.state.mode);
        self.held = None;
        self.looking = false;
        self.bounce = Bounce::default();
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
