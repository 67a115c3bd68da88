//! What the application tells the page without being asked.

use ombor_desk::api::{backup, desk, enrolment, health, start, takeover};
use ombor_desk::change::ChangeTag;
use ombor_desk::event::Event;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event as _;

/// The worker's screen has a new state.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct DeskChanged(pub desk::DeskState);

/// The camera sees something else.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct FaceChanged(pub desk::FaceView);

/// An enrolment went on.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct EnrolmentChanged(pub enrolment::EnrolmentView);

/// A part of the station is in another state.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct HealthChanged(pub health::StationHealth);

/// Work on backups went on, or ended.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct BackupChanged {
    /// What is being done.
    pub work: Option<backup::BackupWork>,
}

/// Work on a takeover went on, or ended.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct TakeoverChanged {
    /// What is being done.
    pub work: Option<takeover::TakeoverWork>,
}

/// What was read before has changed.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct Changed {
    /// What has changed.
    pub tags: Vec<ChangeTag>,
}

/// The session is over.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct SessionEnded;

/// The start-up went on.
#[derive(Debug, Clone, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct StartChanged(pub start::StartStatus);

/// Hands an event to the page. A page that is gone misses nothing: it reads the state when it comes back.
pub fn send(page: &AppHandle, event: Event) {
    let sent = match event {
        Event::DeskChanged(state) => DeskChanged(*state).emit(page),
        Event::FaceChanged(view) => FaceChanged(view).emit(page),
        Event::EnrolmentChanged(view) => EnrolmentChanged(view).emit(page),
        Event::HealthChanged(health) => HealthChanged(health).emit(page),
        Event::BackupChanged(work) => BackupChanged { work }.emit(page),
        Event::TakeoverChanged(work) => TakeoverChanged { work }.emit(page),
        Event::Changed(tags) => Changed { tags }.emit(page),
        Event::SessionEnded => SessionEnded.emit(page),
        Event::StartChanged(status) => StartChanged(status).emit(page),
    };
    if let Err(error) = sent {
        tracing::warn!(%error, "an event did not reach the page");
    }
}
