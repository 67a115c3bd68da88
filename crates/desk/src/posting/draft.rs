//! What was being gathered, kept so that it comes back after a crash.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Effect, Line, State};
use crate::api::desk::{NoticeCode, NoticeKind, Phase};
use crate::wire::Direction;

/// A document that was being gathered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// In or out.
    pub mode: Direction,
    /// The document; the same identifier again, so that nothing is posted twice.
    pub document_id: Uuid,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Draft {
    /// What is gathered, if anything is.
    pub fn of(state: &State) -> Option<Self> {
        (!state.lines.is_empty()).then(|| Self {
            mode: state.mode,
            document_id: state.document_id,
            lines: state.lines.clone(),
        })
    }
}

pub(super) fn restore(state: &mut State, draft: Draft) -> Vec<Effect> {
    state.start_over();
    state.mode = draft.mode;
    state.document_id = draft.document_id;
    state.lines = draft.lines;
    state.phase = Phase::Gathering;
    state.notify(NoticeKind::Info, NoticeCode::Restored);
    Vec::new()
}
