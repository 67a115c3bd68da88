//! A source that is opened again when it is lost.

use super::{FrameSource, SourceConfig, open};
use crate::{Error, Frame};
use std::time::Duration;

/// Wait before the first new try…
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// …doubled up to this: a camera that is plugged in again is back within a few seconds.
const LONGEST_WAIT: Duration = Duration::from_secs(4);

type Opener = Box<dyn FnMut(&SourceConfig) -> Result<Box<dyn FrameSource>, Error> + Send>;

/// What a watched source gave.
#[derive(Debug)]
pub enum Seen {
    /// A frame.
    Frame(Frame),
    /// The recording is over.
    Ended,
    /// The source is not there, for the first time or again.
    Lost {
        /// Why.
        error: Error,
        /// When it will be tried again.
        retry_in: Duration,
    },
    /// The source is still not there and it is not yet time to try again.
    Waiting {
        /// When it will be tried.
        retry_in: Duration,
    },
}

/// Keeps one source open. It has no thread: whoever needs frames calls [`Watch::next`] from a thread of their own, with
/// the time on any clock that does not go back.
pub struct Watch {
    config: SourceConfig,
    opener: Opener,
    source: Option<Box<dyn FrameSource>>,
    retry_at: Duration,
    wait: Duration,
}

impl Watch {
    /// Watches a source; it is opened with the first call of [`Watch::next`].
    #[must_use]
    pub fn new(config: SourceConfig) -> Self {
        Self::with_opener(config, Box::new(open))
    }

    /// The same with another way to open sources, so that a test needs no device.
    #[must_use]
    pub fn with_opener(config: SourceConfig, opener: Opener) -> Self {
        Self {
            config,
            opener,
            source: None,
            retry_at: Duration::ZERO,
            wait: FIRST_WAIT,
        }
    }

    /// The open source's name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.source.as_ref().map(|source| source.name())
    }

    /// How long to wait before the next call to see a recording at its own speed.
    #[must_use]
    pub fn interval(&self) -> Option<Duration> {
        self.source.as_ref().and_then(|source| source.interval())
    }

    /// The next frame, or why there is none.
    pub fn next(&mut self, now: Duration) -> Seen {
        if self.source.is_none() && now < self.retry_at {
            return Seen::Waiting {
                retry_in: self.retry_at.saturating_sub(now),
            };
        }
        let given = match &mut self.source {
            Some(source) => source.next_frame(),
            closed => {
                (self.opener)(&self.config).and_then(|source| closed.insert(source).next_frame())
            }
        };
        match given {
            Ok(Some(frame)) => {
                self.wait = FIRST_WAIT;
                Seen::Frame(frame)
            }
            Ok(None) => Seen::Ended,
            Err(error) => self.lost(error, now),
        }
    }

    fn lost(&mut self, error: Error, now: Duration) -> Seen {
        self.source = None;
        let retry_in = self.wait;
        self.retry_at = now + retry_in;
        self.wait = (2 * retry_in).min(LONGEST_WAIT);
        Seen::Lost { error, retry_in }
    }
}
