//! One decision over several frames.

use crate::distance::median;
use crate::{Error, Gallery, Histogram, Lbph, Observation, Score};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// Frames of a full window. Refused across sessions with 1 / 5 / 10 frames: 12.1 / 11.0 / 8.0 %; within one session 0 from
/// five on.
const FRAMES: usize = 10;
/// Frames that are enough when a slow machine does not get more.
const ENOUGH_FRAMES: usize = 5;
/// From this age of its first frame on, a window of [`ENOUGH_FRAMES`] is decided.
const PATIENCE: Duration = Duration::from_secs(2);
/// Older frames say nothing about who stands there now.
const OLDEST: Duration = Duration::from_secs(4);
/// Share of frames that must point to a claimed person.
const CLAIMED_SHARE: f32 = 0.6;
/// Share of frames that must point to one person when anybody may stand there.
const OPEN_SHARE: f32 = 0.8;
/// Best score over the second best, at most: it takes enrolled people's faces for each other from 0.18 to 0.00 % and
/// strangers from 1.2 to 0.45 % with twenty people.
const MARGIN: f32 = 0.94;

/// Who is said to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody said: any enrolled person may be confirmed.
    Anyone,
    /// A badge says that it is this person.
    Person(i32),
}

/// What the frames so far say.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Too few good frames yet.
    Gathering {
        /// Share of the frames that a decision needs, 0 to 1.
        progress: f32,
    },
    /// It is this person.
    Confirmed(Confirmed),
    /// It is nobody who may be confirmed. The next frame begins a new window.
    Refused(Refused),
}

/// A confirmation's figures, to be stored with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confirmed {
    /// The person.
    pub label: i32,
    /// Median score of the window; less is more alike.
    pub score: f32,
    /// The threshold that it had to stay below.
    pub threshold: f32,
    /// Share of frames that were nearest to this person.
    pub agreeing_share: f32,
    /// Frames of the window.
    pub frames: usize,
}

/// A refusal's reason and figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Refused {
    /// Why.
    pub reason: Refusal,
    /// Median score of the nearest person, if anybody is enrolled.
    pub score: Option<f32>,
}

/// Why a window was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// There are no templates to compare with.
    NobodyEnrolled,
    /// The claimed person has no templates.
    ClaimNotEnrolled,
    /// The face is not like enough.
    NotKnown,
    /// The frames do not point to one person.
    NotAgreeing,
    /// Two people are about as like.
    TwoAlike,
}

/// The last good frames of one unbroken track, and the decision over them.
pub struct Window {
    gallery: Arc<Gallery>,
    claim: Claim,
    histogram: Box<dyn Histogram>,
    track: u64,
    votes: VecDeque<Vote>,
}

struct Vote {
    at: Duration,
    scores: Vec<Score>,
}

impl Window {
    /// A window that compares by LBPH.
    pub fn new(gallery: Arc<Gallery>, claim: Claim) -> Result<Self, Error> {
        Ok(Self::with_histogram(gallery, claim, Box::new(Lbph::new()?)))
    }

    /// A window with another feature, to show that the verdict hangs on it.
    #[must_use]
    pub fn with_histogram(
        gallery: Arc<Gallery>,
        claim: Claim,
        histogram: Box<dyn Histogram>,
    ) -> Self {
        Self {
            gallery,
            claim,
            histogram,
            track: 0,
            votes: VecDeque::with_capacity(FRAMES),
        }
    }

    /// Forgets all frames.
    pub fn clear(&mut self) {
        self.votes.clear();
    }

    /// Takes what the next frame showed and decides when it can. Frames that do not count change nothing but their
    /// age; another track begins anew.
    pub fn push(&mut self, observation: &Observation) -> Result<Verdict, Error> {
        if observation.track != self.track {
            self.track = observation.track;
            self.votes.clear();
        }
        while self
            .votes
            .front()
            .is_some_and(|vote| observation.at.saturating_sub(vote.at) > OLDEST)
        {
            self.votes.pop_front();
        }
        let Some(crop) = &observation.crop else {
            return Ok(self.gathering());
        };
        if let Some(reason) = self.nothing_to_compare() {
            return Ok(Verdict::Refused(Refused {
                reason,
                score: None,
            }));
        }
        let scores = self.gallery.scores(&self.histogram.counts(crop)?);
        self.votes.push_back(Vote {
            at: observation.at,
            scores,
        });
        if !self.complete(observation.at) {
            return Ok(self.gathering());
        }
        let verdict = self.decide();
        self.votes.clear();
        Ok(verdict)
    }

    fn nothing_to_compare(&self) -> Option<Refusal> {
        match self.claim {
            _ if self.gallery.is_empty() => Some(Refusal::NobodyEnrolled),
            Claim::Person(label) if self.gallery.claimed_threshold(label).is_none() => {
                Some(Refusal::ClaimNotEnrolled)
            }
            Claim::Person(_) | Claim::Anyone => None,
        }
    }

    fn complete(&self, now: Duration) -> bool {
        let age = self
            .votes
            .front()
            .map_or(Duration::ZERO, |vote| now.saturating_sub(vote.at));
        self.votes.len() >= FRAMES || (self.votes.len() >= ENOUGH_FRAMES && age >= PATIENCE)
    }

    fn gathering(&self) -> Verdict {
        Verdict::Gathering {
            progress: self.votes.len() as f32 / FRAMES as f32,
        }
    }

    fn decide(&self) -> Verdict {
        let candidates = self.candidates();
        let best = match self.claim {
            Claim::Anyone => candidates.iter().min_by(|a, b| a.score.total_cmp(&b.score)),
            Claim::Person(label) => candidates.iter().find(|candidate| candidate.label == label),
        };
        let Some(best) = best.copied() else {
            return Verdict::Refused(Refused {
                reason: Refusal::NobodyEnrolled,
                score: None,
            });
        };
        let (threshold, share) = match self.claim {
            Claim::Anyone => (self.gallery.open_threshold(best.label), OPEN_SHARE),
            Claim::Person(_) => (self.gallery.claimed_threshold(best.label), CLAIMED_SHARE),
        };
        let threshold = threshold.unwrap_or_default();
        let second = candidates
            .iter()
            .filter(|other| other.label != best.label)
            .map(|other| other.score)
            .fold(f32::INFINITY, f32::min);
        let refuse = |reason| {
            Verdict::Refused(Refused {
                reason,
                score: Some(best.score),
            })
        };
        if best.score >= threshold {
            refuse(Refusal::NotKnown)
        } else if best.agreeing_share < share {
            refuse(Refusal::NotAgreeing)
        } else if self.claim == Claim::Anyone && best.score > MARGIN * second {
            refuse(Refusal::TwoAlike)
        } else {
            Verdict::Confirmed(Confirmed { threshold, ..best })
        }
    }

    /// Every enrolled person with the median score and the share of frames that were nearest to them.
    fn candidates(&self) -> Vec<Confirmed> {
        let nearest: Vec<Option<i32>> = self
            .votes
            .iter()
            .map(|vote| {
                let nearest = vote
                    .scores
                    .iter()
                    .min_by(|a, b| a.distance.total_cmp(&b.distance));
                nearest.map(|score| score.label)
            })
            .collect();
        let frames = self.votes.len();
        let candidate = |(place, label): (usize, i32)| Confirmed {
            label,
            score: median(
                &self
                    .votes
                    .iter()
                    .map(|vote| vote.scores[place].relative)
                    .collect::<Vec<_>>(),
            ),
            threshold: 0.0,
            agreeing_share: nearest.iter().filter(|n| **n == Some(label)).count() as f32
                / frames as f32,
            frames,
        };
        self.gallery.labels().enumerate().map(candidate).collect()
    }
}
