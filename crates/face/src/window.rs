//! One decision over several frames.

mod decision;
mod verdict;

use crate::liveness::{ActWatch, Done};
use crate::{Act, Error, Gallery, Histogram, Lbph, Observation, Score};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

pub use verdict::{Claim, Confirmed, Refusal, Refused, Verdict};

/// Frames of a full window. Refused across sessions with 1 / 5 / 10 frames: 12.1 / 11.0 / 8.0 %; within one session 0 from
/// five on.
const FRAMES: usize = 10;
/// Frames that are enough when a slow machine does not get more.
const ENOUGH_FRAMES: usize = 5;
/// From this age of its first frame on, a window of [`ENOUGH_FRAMES`] is decided.
const PATIENCE: Duration = Duration::from_secs(2);
/// Older frames say nothing about who stands there now.
const OLDEST: Duration = Duration::from_secs(4);
/// Frames of the same face before the act and after it, each: who acts is who is confirmed.
const WITNESSES: usize = 2;
/// How long a person has for the act, from the first frames that count. Reading, turning and coming back take four
/// seconds.
const ACT_TIME: Duration = Duration::from_secs(8);

/// The last good frames of one unbroken track, and the decision over them. It reads no clock and draws no act: both come
/// in.
pub struct Window {
    gallery: Arc<Gallery>,
    claim: Claim,
    act: Option<Act>,
    histogram: Box<dyn Histogram>,
    track: u64,
    votes: VecDeque<Vote>,
    liveness: Liveness,
}

/// What one good frame says.
#[derive(Clone)]
struct Vote {
    at: Duration,
    scores: Vec<Score>,
}

/// How far the asked act is.
enum Liveness {
    /// Nothing is asked.
    Unasked,
    /// It was not seen yet.
    Waiting {
        watch: ActWatch,
        asked_at: Option<Duration>,
    },
    /// It was seen.
    Seen {
        done: Done,
        /// The last frames before it.
        before: Vec<Vote>,
    },
}

impl Liveness {
    fn begin(act: Option<Act>) -> Self {
        act.map_or(Self::Unasked, |act| Self::Waiting {
            watch: ActWatch::new(act),
            asked_at: None,
        })
    }
}

impl Window {
    /// A window that compares by LBPH. With an `act`, nobody is confirmed who has not done it. Draw another one for the
    /// next window ([`Act::draw`]): after a refusal this one asks for the same again.
    pub fn new(gallery: Arc<Gallery>, claim: Claim, act: Option<Act>) -> Result<Self, Error> {
        let histogram = Box::new(Lbph::new()?);
        Ok(Self::with_histogram(gallery, claim, act, histogram))
    }

    /// A window with another feature, to show that the verdict hangs on it.
    #[must_use]
    pub fn with_histogram(
        gallery: Arc<Gallery>,
        claim: Claim,
        act: Option<Act>,
        histogram: Box<dyn Histogram>,
    ) -> Self {
        Self {
            gallery,
            claim,
            act,
            histogram,
            track: 0,
            votes: VecDeque::with_capacity(FRAMES),
            liveness: Liveness::begin(act),
        }
    }

    /// Forgets all frames and what was done in them.
    pub fn clear(&mut self) {
        self.votes.clear();
        self.liveness = Liveness::begin(self.act);
    }

    /// Takes what the next frame showed and decides when it can. Frames that do not count may still show the act;
    /// another track begins anew.
    pub fn push(&mut self, observation: &Observation) -> Result<Verdict, Error> {
        if observation.track != self.track {
            self.track = observation.track;
            self.clear();
        }
        let now = observation.at;
        self.votes
            .retain(|vote| now.saturating_sub(vote.at) <= OLDEST);
        let ahead = self.watch_act(observation);
        if let Some(crop) = observation.crop.as_ref().filter(|_| ahead) {
            if let Some(reason) = self.nothing_to_compare() {
                return Ok(self.refuse(reason, None));
            }
            let claimed = match self.claim {
                Claim::Person(label) => Some(label),
                Claim::Anyone | Claim::AnyoneBut(_) => None,
            };
            let scores = self.gallery.scores(&self.histogram.counts(crop)?, claimed);
            self.votes.push_back(Vote { at: now, scores });
            if self.complete(now) {
                return Ok(self.decide(now));
            }
        }
        Ok(self.gathering(now))
    }

    /// Looks for the act; answers whether the frame may vote. An act that begins before two frames have shown whose face it
    /// is does not count.
    fn watch_act(&mut self, observation: &Observation) -> bool {
        let Liveness::Waiting { watch, .. } = &mut self.liveness else {
            return true;
        };
        let done = watch.push(observation);
        let ahead = watch.is_ahead();
        if let Some(done) = done {
            let earlier = self.votes.iter().filter(|vote| vote.at < done.from).count();
            if earlier >= WITNESSES {
                let first = earlier.saturating_sub(2 * WITNESSES + 1);
                let before = self.votes.range(first..earlier).cloned().collect();
                self.liveness = Liveness::Seen { done, before };
            }
        }
        ahead
    }

    fn nothing_to_compare(&self) -> Option<Refusal> {
        match self.claim {
            _ if self.gallery.is_empty() => Some(Refusal::NobodyEnrolled),
            Claim::Person(label) if self.gallery.claimed_threshold(label).is_none() => {
                Some(Refusal::ClaimNotEnrolled)
            }
            Claim::Person(_) | Claim::Anyone | Claim::AnyoneBut(_) => None,
        }
    }

    /// Whether there are frames enough, and as many after the act as before it.
    fn complete(&self, now: Duration) -> bool {
        let age = self
            .votes
            .front()
            .map_or(Duration::ZERO, |vote| now.saturating_sub(vote.at));
        let enough =
            self.votes.len() >= FRAMES || (self.votes.len() >= ENOUGH_FRAMES && age >= PATIENCE);
        let witnessed = match &self.liveness {
            Liveness::Seen { done, .. } => self.since(done.to).count() >= WITNESSES,
            Liveness::Unasked | Liveness::Waiting { .. } => true,
        };
        enough && witnessed
    }

    fn since(&self, at: Duration) -> impl Iterator<Item = &Vote> {
        self.votes.iter().filter(move |vote| vote.at >= at)
    }

    /// The verdict over the latest frames, once there are enough.
    fn decide(&mut self, now: Duration) -> Verdict {
        match self.best_candidate() {
            Err((reason, best)) => self.refuse(reason, best),
            Ok(best) => match &self.liveness {
                Liveness::Waiting { .. } => self.gathering(now),
                Liveness::Seen { done, before } if !self.same_face(&best, before, *done) => {
                    self.refuse(Refusal::NotLive, Some(best))
                }
                Liveness::Seen { .. } | Liveness::Unasked => {
                    self.clear();
                    Verdict::Confirmed(Confirmed {
                        act: self.act,
                        ..best
                    })
                }
            },
        }
    }

    /// Whether the confirmed person was there right before the act and right after it.
    fn same_face(&self, best: &Confirmed, before: &[Vote], done: Done) -> bool {
        let is_best = |vote: &Vote| {
            let own = vote.scores.iter().find(|score| score.label == best.label);
            own.is_some_and(|score| score.relative < best.threshold)
        };
        let counted = |votes: Vec<&Vote>| {
            let own = votes.iter().filter(|vote| is_best(vote)).count();
            2 * own > votes.len()
        };
        counted(before.iter().collect())
            && counted(self.since(done.to).take(2 * WITNESSES + 1).collect())
    }

    /// More frames are needed, or the act; past its time nobody living is there.
    fn gathering(&mut self, now: Duration) -> Verdict {
        let progress = (self.votes.len() as f32 / FRAMES as f32).min(1.0);
        let counted = self.votes.len();
        let mut asked = None;
        if let Liveness::Waiting { asked_at, .. } = &mut self.liveness {
            if counted >= WITNESSES {
                asked_at.get_or_insert(now);
            }
            asked = asked_at.and(self.act);
            if asked_at.is_some_and(|since| now.saturating_sub(since) > ACT_TIME) {
                let best = self.best_candidate().ok();
                return self.refuse(Refusal::NotLive, best);
            }
        }
        Verdict::Gathering { progress, asked }
    }

    fn refuse(&mut self, reason: Refusal, best: Option<Confirmed>) -> Verdict {
        self.clear();
        Verdict::Refused(Refused {
            reason,
            score: best.map(|best| best.score),
            label: best.map(|best| best.label),
        })
    }
}
