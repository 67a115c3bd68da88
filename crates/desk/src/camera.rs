//! The eye of the desk: one thread reads frames, another judges them.
//!
//! The reader of a camera never waits for the judge: the judge takes the newest frame and skips what it missed, so
//! the preview stays smooth while a face is being recognised. A recording has a time of its own and is judged frame
//! by frame, so that a slow machine sees the same in it as a fast one. A source that fails is opened again.

mod judge;
mod reader;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ombor_face::{
    Act, Claim, Confirmed, Enrolled, EnrolmentStep, Frame, FrameSource as Source, Gallery, Hint,
    Refused, SourceConfig, Template, Visit,
};
use tokio::sync::mpsc;

use crate::api::settings::FrameSource;

/// Opens a source of frames; whoever has no camera at hand brings another one.
pub type Opener =
    Arc<dyn Fn(&SourceConfig) -> Result<Box<dyn Source>, ombor_face::Error> + Send + Sync>;

/// A search for somebody who is enrolled.
#[derive(Clone)]
pub struct Search {
    /// What comes of it carries this number, so that a late answer is not taken for another search's.
    pub number: u64,
    /// Everybody who is enrolled.
    pub gallery: Arc<Gallery>,
    /// Who is said to stand there.
    pub claim: Claim,
    /// A sign of life is asked for, drawn anew for each window of frames.
    pub liveness: bool,
}

/// A visit of somebody who is being enrolled.
#[derive(Clone)]
pub struct Sitting {
    /// The person.
    pub label: i32,
    /// The number of the light.
    pub light: i16,
    /// Which visit it is.
    pub visit: Visit,
    /// Everybody else.
    pub others: Arc<Gallery>,
    /// What is kept of the person from earlier visits.
    pub before: Arc<[Template]>,
}

/// What the judge looks for.
#[derive(Clone)]
pub enum Purpose {
    /// Nothing; the picture is only shown.
    Rest,
    /// Somebody who is enrolled.
    Confirm(Search),
    /// Frames for an enrolment.
    Enrol(Sitting),
}

/// What came of looking.
#[derive(Debug)]
pub enum Seen {
    /// The source gives frames.
    Opened {
        /// What it is called.
        name: String,
    },
    /// The source gives no frames.
    Lost(ombor_face::Error),
    /// One instruction to the person, and how far the agreement is, 0 to 1.
    Hint {
        /// The search.
        search: u64,
        /// The instruction.
        hint: Hint,
        /// The sign of life that is asked for.
        asked: Option<Act>,
        /// The share.
        progress: f32,
    },
    /// Somebody who is enrolled.
    Confirmed {
        /// The search.
        search: u64,
        /// Who, and the figures.
        face: Confirmed,
    },
    /// A face, but nobody who may be confirmed.
    Refused {
        /// The search.
        search: u64,
        /// Why, and the figures.
        face: Refused,
        /// The sign of life that was asked for.
        asked: Option<Act>,
    },
    /// The enrolment went on.
    Enrolling(EnrolmentStep),
    /// The enrolment ended.
    Enrolled(Box<Result<Enrolled, ombor_face::Error>>),
}

/// Takes a preview picture (JPEG); answers whether it wants more.
pub type Preview = Box<dyn FnMut(Vec<u8>) -> bool + Send>;

struct Shared {
    source: FrameSource,
    /// Grows whenever the source has to be opened anew.
    source_revision: u32,
    purpose: Purpose,
    /// Grows whenever the judge has to begin anew.
    purpose_revision: u32,
    newest: Option<(u64, Arc<Frame>, Duration)>,
    /// The number of the frame that the judge took last.
    taken: u64,
    preview: Option<Preview>,
}

struct Eye {
    shared: Mutex<Shared>,
    changed: Condvar,
    closing: AtomicBool,
    seen: mpsc::UnboundedSender<Seen>,
    opener: Opener,
}

impl Eye {
    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    fn tell(&self, seen: Seen) {
        if self.seen.send(seen).is_err() {
            self.closing.store(true, Ordering::Relaxed);
        }
    }
}

/// The camera of the desk.
pub struct Camera {
    eye: Arc<Eye>,
    threads: Vec<JoinHandle<()>>,
}

impl Camera {
    /// Opens the eye; what it sees comes out of the receiver.
    pub fn open(source: FrameSource, opener: Opener) -> (Self, mpsc::UnboundedReceiver<Seen>) {
        let (seen, receiver) = mpsc::unbounded_channel();
        let shared = Shared {
            source,
            source_revision: 0,
            purpose: Purpose::Rest,
            purpose_revision: 0,
            newest: None,
            taken: 0,
            preview: None,
        };
        let eye = Arc::new(Eye {
            shared: Mutex::new(shared),
            changed: Condvar::new(),
            closing: AtomicBool::new(false),
            seen,
            opener,
        });
        let (reading, judging) = (Arc::clone(&eye), Arc::clone(&eye));
        let threads = vec![
            thread::spawn(move || reader::read(&reading)),
            thread::spawn(move || judge::judge(&judging)),
        ];
        (Self { eye, threads }, receiver)
    }

    /// Looks through another source from now on; the same one is opened anew.
    pub fn set_source(&self, source: FrameSource) {
        let mut shared = self.eye.shared();
        shared.source = source;
        shared.source_revision += 1;
        self.eye.changed.notify_all();
    }

    /// Looks for something else from now on; the judge begins anew.
    pub fn set_purpose(&self, purpose: Purpose) {
        let mut shared = self.eye.shared();
        shared.purpose = purpose;
        shared.purpose_revision += 1;
        self.eye.changed.notify_all();
    }

    /// Shows the live picture; there is one viewer at a time.
    pub fn set_preview(&self, preview: Option<Preview>) {
        self.eye.shared().preview = preview;
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.eye.closing.store(true, Ordering::Relaxed);
        self.eye.changed.notify_all();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a camera thread ended in a panic");
            }
        }
    }
}
