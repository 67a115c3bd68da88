//! Reads frames, shows them and lays the newest one ready for the judge.

use std::sync::Arc;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use ombor_face::source::{Seen as Looked, Watch};
use ombor_face::{Frame, SourceConfig};

use super::{Eye, Purpose, Seen, Shared};
use crate::api::settings::FrameSource as Setting;

/// The preview shows at most so many pictures a second.
const PREVIEW_INTERVAL: Duration = Duration::from_millis(50);

/// A source that is lost is opened again after this time, however often it was lost before: whoever plugs a camera in
/// waits before the screen.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Size of a preview picture in pixels.
const PREVIEW_SIZE: (u32, u32) = (640, 480);

/// A folder of pictures is played at this speed.
const FOLDER_FPS: f32 = 15.0;

pub(super) fn read(eye: &Eye) {
    let mut reader = Reader {
        eye,
        at: Duration::ZERO,
        asked: Instant::now(),
        number: 0,
        shown: None,
        told: None,
    };
    while !eye.closing() {
        let (setting, revision) = {
            let shared = eye.shared();
            (shared.source.clone(), shared.source_revision)
        };
        let opener = Arc::clone(&eye.opener);
        let watch = Watch::with_opener(config(&setting), Box::new(move |source| opener(source)));
        reader.play(watch, revision);
    }
}

struct Reader<'a> {
    eye: &'a Eye,
    /// The time of the frames: a camera's is the machine's, a recording's its own.
    at: Duration,
    /// When that was asked for last.
    asked: Instant,
    number: u64,
    /// When the preview was last shown.
    shown: Option<Duration>,
    /// The source whose opening was told.
    told: Option<u32>,
}

impl Reader<'_> {
    /// Plays a source until it is over or another one is wanted. A recording that is over is opened again, and
    /// what lies in a folder by then is played.
    fn play(&mut self, mut watch: Watch, revision: u32) {
        loop {
            let at = self.time(watch.interval());
            let pause = match watch.next(at) {
                Looked::Frame(frame) => {
                    if self.told.replace(revision) != Some(revision) {
                        let name = watch.name().unwrap_or_default().to_owned();
                        self.eye.tell(Seen::Opened { name });
                    }
                    self.lay_ready(Arc::new(frame), at);
                    if watch.interval().is_some() {
                        self.wait_for_the_judge(revision);
                    }
                    watch.interval()
                }
                Looked::Ended => return,
                Looked::Lost { error, .. } => {
                    self.told = None;
                    self.eye.tell(Seen::Lost(error));
                    self.rest(RETRY_AFTER, revision);
                    return;
                }
                Looked::Waiting { retry_in } => Some(retry_in),
            };
            if !self.rest(pause.unwrap_or_default(), revision) {
                return;
            }
        }
    }

    /// The time of the next frame: never less than the one before.
    fn time(&mut self, recorded: Option<Duration>) -> Duration {
        let gone = self.asked.elapsed();
        self.asked += gone;
        self.at += recorded.unwrap_or(gone);
        self.at
    }

    fn lay_ready(&mut self, frame: Arc<Frame>, at: Duration) {
        self.number += 1;
        {
            let mut shared = self.eye.shared();
            shared.newest = Some((self.number, Arc::clone(&frame), at));
            self.eye.changed.notify_all();
        }
        if self
            .shown
            .is_none_or(|last| at.saturating_sub(last) >= PREVIEW_INTERVAL)
        {
            self.shown = Some(at);
            show(self.eye, &frame);
        }
    }

    /// Waits until the frame has been taken, if anybody looks and the source is still wanted.
    fn wait_for_the_judge(&self, revision: u32) {
        let shared = self.eye.shared();
        let waited = self.eye.changed.wait_while(shared, |shared| {
            !self.eye.closing()
                && shared.source_revision == revision
                && !matches!(shared.purpose, Purpose::Rest)
                && shared.taken < self.number
        });
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits, but no longer than until another source is wanted; answers whether this one still is.
    fn rest(&self, pause: Duration, revision: u32) -> bool {
        let wanted =
            |shared: &mut Shared| shared.source_revision == revision && !self.eye.closing();
        let mut shared = self.eye.shared();
        if !pause.is_zero() {
            let waited = self.eye.changed.wait_timeout_while(shared, pause, wanted);
            shared = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        wanted(&mut shared)
    }
}

fn show(eye: &Eye, frame: &Frame) {
    let Some(mut preview) = eye.shared().preview.take() else {
        return;
    };
    match ombor_face::preview_jpeg(frame, PREVIEW_SIZE.0, PREVIEW_SIZE.1) {
        Ok(jpeg) => {
            if preview(jpeg) {
                eye.shared().preview.get_or_insert(preview);
            }
        }
        Err(error) => tracing::warn!(%error, "a preview picture cannot be made"),
    }
}

fn config(setting: &Setting) -> SourceConfig {
    match setting {
        Setting::Camera { index } => SourceConfig::Camera { index: *index },
        Setting::Folder { path } => SourceConfig::Folder {
            path: path.into(),
            fps: FOLDER_FPS,
            repeat: false,
        },
        Setting::Video { path } => SourceConfig::Video { path: path.into() },
    }
}
