//! What the application tells its window without being asked.

use std::sync::Arc;

use crate::api::{
    backup::BackupWork,
    desk::{DeskState, FaceView},
    enrolment::EnrolmentView,
    health::StationHealth,
    start::StartStatus,
    takeover::TakeoverWork,
};
use crate::change::ChangeTag;

/// Something that the window should know at once.
#[derive(Debug, Clone)]
pub enum Event {
    /// The worker's screen has a new state.
    DeskChanged(Box<DeskState>),
    /// The camera sees something else.
    FaceChanged(FaceView),
    /// The enrolment went on.
    EnrolmentChanged(EnrolmentView),
    /// A device or the database is in another state.
    HealthChanged(StationHealth),
    /// Work on backups went on; `None` when it ended.
    BackupChanged(Option<BackupWork>),
    /// Work on a takeover went on; `None` when it ended.
    TakeoverChanged(Option<TakeoverWork>),
    /// What was read before has changed.
    Changed(Vec<ChangeTag>),
    /// The session is over: idle for too long, or logged out elsewhere.
    SessionEnded,
    /// The start-up went on.
    StartChanged(StartStatus),
}

/// Where events go: the window, or a test.
pub trait EventSink: Send + Sync + 'static {
    /// Takes one event. Must not block.
    fn emit(&self, event: Event);
}

impl<F: Fn(Event) + Send + Sync + 'static> EventSink for F {
    fn emit(&self, event: Event) {
        self(event);
    }
}

/// A sink that can be shared.
pub type Events = Arc<dyn EventSink>;
