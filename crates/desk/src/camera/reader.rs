//! Reads frames, shows them and lays the newest one ready for the judge.

use std::sync::Arc;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use ombor_face::{Frame, FrameSource, SourceConfig};

use super::{Eye, Seen};
use crate::api::settings::FrameSource as Setting;

/// Pause between two tries to open a source that does not give frames.
const RETRY: Duration = Duration::from_secs(1);

/// The preview shows at most so many pictures a second.
const PREVIEW_INTERVAL: Duration = Duration::from_millis(50);

/// Size of a preview picture in pixels.
const PREVIEW_SIZE: (u32, u32) = (640, 480);

/// A folder of pictures is played at this speed.
const FOLDER_FPS: f64 = 15.0;

pub(super) fn read(eye: &Eye) {
    let began = Instant::now();
    let mut opened_before = None;
    while !eye.closing() {
        let (setting, revision) = {
            let shared = eye.shared();
            (shared.source.clone(), shared.source_revision)
        };
        match ombor_face::open(&config(&setting)) {
            Ok(mut source) => {
                if opened_before != Some(revision) {
                    eye.tell(Seen::Opened { name: source.name() });
                }
                opened_before = Some(revision);
                if let Err(error) = play(eye, source.as_mut(), revision, began) {
                    opened_before = None;
                    eye.tell(Seen::Lost(error));
                    rest(eye, revision);
                }
            }
            Err(error) => {
                opened_before = None;
                eye.tell(Seen::Lost(error));
                rest(eye, revision);
            }
        }
    }
}

/// Plays a source until it ends, fails or another one is wanted.
fn play(
    eye: &Eye,
    source: &mut dyn FrameSource,
    revision: u32,
    began: Instant,
) -> Result<(), ombor_face::Error> {
    let mut shown = None;
    let mut number = 0;
    while let Some(frame) = source.next_frame()? {
        let at = began.elapsed();
        let frame = Arc::new(frame);
        number += 1;
        {
            let mut shared = eye.shared();
            if shared.source_revision != revision || eye.closing() {
                return Ok(());
            }
            shared.newest = Some((number, Arc::clone(&frame), at));
            eye.changed.notify_all();
        }
        if shown.is_none_or(|last| at.saturating_sub(last) >= PREVIEW_INTERVAL) {
            shown = Some(at);
            show(eye, &frame);
        }
    }
    Ok(())
}

fn show(eye: &Eye, frame: &Frame) {
    let Some(mut preview) = eye.shared().preview.take() else { return };
    match ombor_face::preview_jpeg(frame, PREVIEW_SIZE.0, PREVIEW_SIZE.1) {
        Ok(jpeg) => {
            if preview(jpeg) {
                eye.shared().preview.get_or_insert(preview);
            }
        }
        Err(error) => tracing::warn!(%error, "a preview picture cannot be made"),
    }
}

/// Waits before the next try, but no longer than until another source is wanted.
fn rest(eye: &Eye, revision: u32) {
    let shared = eye.shared();
    let waited = eye.changed.wait_timeout_while(shared, RETRY, |shared| {
        shared.source_revision == revision && !eye.closing()
    });
    drop(waited.unwrap_or_else(PoisonError::into_inner));
}

fn config(setting: &Setting) -> SourceConfig {
    match setting {
        Setting::Camera { index } => SourceConfig::Camera { index: *index },
        Setting::Folder { path } => SourceConfig::Folder { path: path.into(), fps: FOLDER_FPS },
        Setting::Video { path } => SourceConfig::Video { path: path.into() },
    }
}
