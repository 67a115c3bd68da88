//! A person's templates from a short visit before the camera.

mod pose;

use crate::distance::median;
use crate::gallery::{Gallery, Template};
use crate::{Counts, Error, FaceEdges, FaceFinder, Frame, Hint, Histogram, Lbph, Observation};
use std::hash::{DefaultHasher, Hasher};
use std::time::Duration;

pub use pose::Pose;

/// Which visit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// The first ten frames, in one light.
    First,
    /// Ten more at another time of day or on another day: refusals in that light fall from 36 to 1 %.
    Second,
    /// Three frames in one more light. More of one person alone would draw strangers nearer: 1.0 % of them with three
    /// frames, 5.3 % with ten.
    TopUp,
}

impl Visit {
    /// What the person is asked for, one good frame each. 20 / 10 / 5 templates of one light: 23 / 25 / 28 % across
    /// sessions, and the file grows with each.
    fn poses(self) -> &'static [Pose] {
        match self {
            Self::First | Self::Second => &Pose::VISIT,
            Self::TopUp => &Pose::TOP_UP,
        }
    }
}

/// Frames closer in time than this are the same picture.
const APART: Duration = Duration::from_millis(300);
/// A pose that is not taken for so long is passed over: any good frame then counts.
const POSE_PATIENCE: Duration = Duration::from_millis(1200);
/// A frame at this score or above, against the frames of the same visit, is not the same person.
const SAME_VISIT: f32 = 0.92;
/// Frames after which the visit is known well enough to judge that.
const KNOWN_AFTER: usize = 3;
/// The median score of the kept-aside frames must stay below this. Within one session real people have 0.63–0.78.
const SELF_TEST: f32 = 0.85;
/// Below this median score against somebody who is enrolled, it may be the same person: it finds all duplicates of one
/// session and three of four of another, with a false alarm for 0–0.3 % of pairs.
const ALREADY_ENROLLED: f32 = 0.93;

/// Where an enrolment stands after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnrolmentStep {
    /// Good frames so far.
    pub accepted: usize,
    /// Good frames wanted.
    pub wanted: usize,
    /// How the person should stand for the next one.
    pub pose: Pose,
    /// What keeps this frame from counting.
    pub hint: Hint,
    /// Whether [`Enrolment::finish`] can be called.
    pub done: bool,
}

/// An enrolled person whom the new one resembles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resemblance {
    /// The enrolled person.
    pub label: i32,
    /// Median score of the new frames against that person.
    pub score: f32,
}

/// The outcome of an enrolment.
#[derive(Debug)]
pub struct Enrolled {
    /// To be stored.
    pub templates: Vec<Template>,
    /// Mean quality of the templates, 0 to 1.
    pub quality: f32,
    /// Median score of the visit's second half against all its other frames; less is better.
    pub self_test: f32,
    /// Somebody else who is enrolled and may be the same person: an Admin decides.
    pub already_enrolled: Option<Resemblance>,
}

struct Kept {
    at: Duration,
    /// Of the frame's pixels: a camera's noise makes every frame another, a frozen or repeated one is the same.
    fingerprint: u64,
    quality: f32,
    counts: Counts,
}

/// Collects good frames of one person. Only their histograms are kept.
pub struct Enrolment {
    label: i32,
    light: i16,
    visit: Visit,
    finder: FaceFinder,
    lbph: Lbph,
    /// Since when the next pose has been asked for.
    asked_at: Option<Duration>,
    /// The first frame, which looks straight.
    straight: Option<FaceEdges>,
    kept: Vec<Kept>,
}

impl Enrolment {
    /// Begins a visit of the person `label`; `light` numbers the lights from 1.
    pub fn new(label: i32, light: i16, visit: Visit) -> Result<Self, Error> {
        Ok(Self {
            label,
            light,
            visit,
            finder: FaceFinder::for_enrolment()?,
            lbph: Lbph::new()?,
            asked_at: None,
            straight: None,
            kept: Vec::with_capacity(visit.poses().len()),
        })
    }

    /// Looks at the next frame, seen at `at`, and keeps its histogram if it is good and new.
    pub fn push(
        &mut self,
        frame: &Frame,
        at: Duration,
    ) -> Result<(EnrolmentStep, Observation), Error> {
        let observation = self.finder.observe(frame, at)?;
        let mut hint = observation.hint;
        if let (Some(crop), Some(quality)) = (&observation.crop, observation.quality)
            && self.is_due(at)
        {
            let asked_at = *self.asked_at.get_or_insert(at);
            let passed_over = at.saturating_sub(asked_at) >= POSE_PATIENCE;
            let edges = observation.face.as_ref().map(|face| &face.edges);
            let first = self.straight.as_ref();
            let aside = edges
                .zip(first)
                .and_then(|(now, first)| now.parallax(first));
            if self.pose().is_shown(aside) || passed_over {
                if self.straight.is_none() {
                    self.straight = edges.filter(|edges| edges.shows_eyes()).cloned();
                }
                let counts = self.lbph.counts(crop)?;
                hint = self.take(frame, at, counts, quality.grade());
            }
        }
        let (accepted, wanted) = (self.kept.len(), self.visit.poses().len());
        let step = EnrolmentStep {
            accepted,
            wanted,
            pose: self.pose(),
            hint,
            done: accepted >= wanted,
        };
        Ok((step, observation))
    }

    /// The pose of the next frame; of a visit that is over the last one.
    fn pose(&self) -> Pose {
        let poses = self.visit.poses();
        poses[self.kept.len().min(poses.len() - 1)]
    }

    fn is_due(&self, at: Duration) -> bool {
        let apart = |last: &Kept| at.saturating_sub(last.at) >= APART;
        self.kept.len() < self.visit.poses().len() && self.kept.last().is_none_or(apart)
    }

    /// Keeps a frame unless it was seen already or shows somebody else.
    fn take(&mut self, frame: &Frame, at: Duration, counts: Counts, quality: f32) -> Hint {
        let fingerprint = fingerprint(frame);
        match self.novelty(fingerprint, &counts) {
            Novelty::Repeated => Hint::HoldStill,
            Novelty::SomebodyElse => Hint::LookHere,
            Novelty::New => {
                self.asked_at = None;
                self.kept.push(Kept {
                    at,
                    fingerprint,
                    quality,
                    counts,
                });
                Hint::Good
            }
        }
    }

    fn novelty(&self, fingerprint: u64, counts: &Counts) -> Novelty {
        if self.kept.iter().any(|kept| kept.fingerprint == fingerprint) {
            return Novelty::Repeated;
        }
        if self.kept.len() < KNOWN_AFTER {
            return Novelty::New;
        }
        let visit = Gallery::build(self.kept.iter().map(|kept| self.template(kept)));
        let same = visit
            .scores(counts, None)
            .iter()
            .all(|score| score.relative < SAME_VISIT);
        if same {
            Novelty::New
        } else {
            Novelty::SomebodyElse
        }
    }

    fn template(&self, kept: &Kept) -> Template {
        Template {
            label: self.label,
            light: self.light,
            quality: kept.quality,
            counts: kept.counts.clone(),
        }
    }

    /// Ends the visit: tests its frames on each other, and asks whether `others` holds this face under another number.
    /// `own_before` are the person's templates that stay: none at a first visit, those of the other lights later.
    ///
    /// # Errors
    /// [`Error::TooFewFrames`] before all poses were seen; [`Error::SelfTestFailed`] when the templates do not know their
    /// own person: enrol again.
    pub fn finish(self, others: &Gallery, own_before: &[Template]) -> Result<Enrolled, Error> {
        let (accepted, needed) = (self.kept.len(), self.visit.poses().len());
        if accepted < needed {
            return Err(Error::TooFewFrames { accepted, needed });
        }
        let templates: Vec<Template> = self.kept.iter().map(|kept| self.template(kept)).collect();
        let self_test = self.self_test(others, own_before, &templates);
        if self_test >= SELF_TEST {
            return Err(Error::SelfTestFailed { score: self_test });
        }
        let faces: Vec<Counts> = self.kept.into_iter().map(|kept| kept.counts).collect();
        let already_enrolled = others
            .closest(&faces, self.label)
            .filter(|(_, score)| *score < ALREADY_ENROLLED)
            .map(|(label, score)| Resemblance { label, score });
        let quality = templates.iter().map(|t| t.quality).sum::<f32>() / templates.len() as f32;
        Ok(Enrolled {
            templates,
            quality,
            self_test,
            already_enrolled,
        })
    }

    /// Median score of each frame of the second half against all that the person would have without it.
    fn self_test(&self, others: &Gallery, own_before: &[Template], new: &[Template]) -> f32 {
        let scores: Vec<f32> = (new.len() / 2..new.len())
            .map(|place| {
                let rest = new.iter().enumerate().filter(|(n, _)| *n != place);
                let own: Vec<&Template> = own_before.iter().chain(rest.map(|(_, t)| t)).collect();
                others.score_of_newcomer(&new[place].counts, &own, self.label)
            })
            .collect();
        median(&scores)
    }
}

/// A number that two different frames hardly share.
fn fingerprint(frame: &Frame) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(frame.pixels());
    hasher.finish()
}

/// What a frame adds to a visit.
enum Novelty {
    New,
    Repeated,
    SomebodyElse,
}
