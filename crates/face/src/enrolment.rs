//! A person's templates from a short visit before the camera.

use crate::distance::median;
use crate::gallery::{Gallery, Template};
use crate::{Counts, Error, FaceFinder, Frame, Hint, Histogram, Lbph, Observation};
use std::hash::{DefaultHasher, Hasher};
use std::time::Duration;

/// Good frames of a full visit: every second becomes a template, the others test them.
pub const WANTED_FRAMES: usize = 20;
/// Good frames without which nothing is enrolled. From about eight varied frames on nothing more is won within one light.
pub const MIN_FRAMES: usize = 10;
/// Templates kept of one visit, evenly in time. 20 / 10 / 5 templates: 23 / 25 / 28 % across sessions, and the file grows
/// with each.
const TEMPLATES: usize = 10;
/// Frames closer in time than this are the same picture.
const APART: Duration = Duration::from_millis(300);
/// A visit that has taken this long ends with what it has, if that is enough.
const PATIENCE: Duration = Duration::from_secs(20);
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
    /// What the person should do now.
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
    /// Median score of the later frames against the frames between them; less is better.
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
    finder: FaceFinder,
    lbph: Lbph,
    began: Option<Duration>,
    kept: Vec<Kept>,
}

impl Enrolment {
    /// Begins a visit of the person `label`; `light` numbers the visits from 1.
    pub fn new(label: i32, light: i16) -> Result<Self, Error> {
        Ok(Self {
            label,
            light,
            finder: FaceFinder::for_enrolment()?,
            lbph: Lbph::new()?,
            began: None,
            kept: Vec::with_capacity(WANTED_FRAMES),
        })
    }

    /// Looks at the next frame, seen at `at`, and keeps its histogram if it is good and new.
    pub fn push(
        &mut self,
        frame: &Frame,
        at: Duration,
    ) -> Result<(EnrolmentStep, Observation), Error> {
        let began = *self.began.get_or_insert(at);
        let observation = self.finder.observe(frame, at)?;
        let mut hint = observation.hint;
        let due = self
            .kept
            .last()
            .is_none_or(|last| at.saturating_sub(last.at) >= APART);
        if let (true, Some(crop), Some(quality)) = (due, &observation.crop, observation.quality)
            && self.kept.len() < WANTED_FRAMES
        {
            let fingerprint = fingerprint(frame);
            let counts = self.lbph.counts(crop)?;
            match self.novelty(fingerprint, &counts) {
                Novelty::New => self.kept.push(Kept {
                    at,
                    fingerprint,
                    quality: quality.grade(),
                    counts,
                }),
                Novelty::Repeated => hint = Hint::HoldStill,
                Novelty::SomebodyElse => hint = Hint::LookHere,
            }
        }
        let accepted = self.kept.len();
        let tired = at.saturating_sub(began) >= PATIENCE && accepted >= MIN_FRAMES;
        let done = accepted >= WANTED_FRAMES || tired;
        Ok((
            EnrolmentStep {
                accepted,
                wanted: WANTED_FRAMES,
                hint,
                done,
            },
            observation,
        ))
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
            .scores(counts)
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

    /// Ends the visit: tests half of the frames on the other half, chooses the templates and asks whether `enrolled` holds
    /// this face under another number. The person's other templates in `enrolled` stay as they are.
    ///
    /// # Errors
    /// [`Error::TooFewFrames`] below [`MIN_FRAMES`]; [`Error::SelfTestFailed`] when the templates do not know their own
    /// person: enrol again.
    pub fn finish(self, enrolled: &Gallery) -> Result<Enrolled, Error> {
        let accepted = self.kept.len();
        if accepted < MIN_FRAMES {
            return Err(Error::TooFewFrames {
                accepted,
                needed: MIN_FRAMES,
            });
        }
        let self_test = self.self_test(enrolled);
        if self_test >= SELF_TEST {
            return Err(Error::SelfTestFailed { score: self_test });
        }
        let templates: Vec<Template> = (0..TEMPLATES)
            .map(|n| self.template(&self.kept[n * accepted / TEMPLATES]))
            .collect();
        let faces: Vec<Counts> = self.kept.iter().map(|kept| kept.counts.clone()).collect();
        let already_enrolled = enrolled
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

    /// Median score of every second frame of the visit's second half against the frames between them.
    fn self_test(&self, enrolled: &Gallery) -> f32 {
        let others = enrolled
            .templates()
            .filter(|template| template.label != self.label)
            .cloned();
        let own = self.kept.iter().step_by(2).map(|kept| self.template(kept));
        let gallery = Gallery::build(others.chain(own));
        let second_half = self
            .kept
            .iter()
            .skip(1)
            .step_by(2)
            .filter(|kept| kept.at >= self.middle());
        let scores: Vec<f32> = second_half
            .flat_map(|kept| gallery.scores(&kept.counts))
            .filter(|score| score.label == self.label)
            .map(|score| score.relative)
            .collect();
        median(&scores)
    }

    /// When half of the frames were there.
    fn middle(&self) -> Duration {
        self.kept
            .get(self.kept.len() / 2)
            .map_or(Duration::ZERO, |kept| kept.at)
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
