//! The two systems that are compared: templates in, scores out.

use crate::look::{Face, Seen};
use crate::plain;
use crate::protocol::Trial;
use ombor_face::{Gallery, Gates, Template};
use std::collections::BTreeMap;

/// With fewer usable pictures nobody is enrolled.
const FEWEST: usize = 3;
/// Pictures of a top-up.
const TOP_UP: usize = 3;
/// What the product accepts: its thresholds, and its margin among all.
const FIXED: [f32; 2] = [0.90, 0.92];
const MARGIN: f32 = 0.94;
/// What tutorials accept.
const PLAIN_FIXED: [f32; 2] = [80.0, 90.0];

/// Which search the product's probes come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum System {
    Product,
    /// The same with the quick search at the desk and the careful one at enrolment.
    ProductQuick,
    /// The same with the gates of enrolment for whoever is enrolled. Where nobody guided the people to better light they leave
    /// fewer people and templates, so that every score has fewer others to be compared with.
    ProductGuided,
    Plain,
}

impl System {
    pub const ALL: [Self; 4] = [
        Self::Product,
        Self::ProductQuick,
        Self::ProductGuided,
        Self::Plain,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::ProductQuick => "product, quick",
            Self::ProductGuided => "guided",
            Self::Plain => "OpenCV default",
        }
    }

    /// What a frame must pass to be a template.
    fn enrolling(self) -> &'static Gates {
        if self == Self::ProductGuided {
            &Gates::ENROLMENT
        } else {
            &Gates::DESK
        }
    }

    /// The scores below which it is said to accept, whoever is meant.
    pub fn fixed(self) -> [f32; 2] {
        if self == Self::Plain {
            PLAIN_FIXED
        } else {
            FIXED
        }
    }
}

/// A gallery made of one trial.
pub struct Trained<'a> {
    system: System,
    seen: &'a [Seen],
    gated: bool,
    people: People<'a>,
    pub labels: Vec<usize>,
}

enum People<'a> {
    Product(Gallery),
    Plain(BTreeMap<usize, Vec<&'a Vec<f32>>>),
}

impl<'a> Trained<'a> {
    /// Enrols whom the trial names; answers also who has too few usable pictures.
    pub fn on(trial: &Trial, seen: &'a [Seen], system: System, gated: bool) -> (Self, Vec<usize>) {
        let mut refused = Vec::new();
        let mut product = Vec::new();
        let mut plain = BTreeMap::new();
        for (&person, lights) in &trial.enrolled {
            if system == System::Plain {
                let mut own: Vec<&Vec<f32>> = histograms(&lights[0], seen);
                if own.len() < FEWEST {
                    refused.push(person);
                    continue;
                }
                own.extend(spread(histograms(&lights[1], seen), TOP_UP));
                plain.insert(person, own);
            } else {
                let gates = gated.then(|| system.enrolling());
                let own = faces(&lights[0], seen, gates);
                if own.len() < FEWEST {
                    refused.push(person);
                    continue;
                }
                let second = spread(faces(&lights[1], seen, gates), TOP_UP);
                for (light, faces) in [(1, spread(own, crate::TEMPLATES)), (2, second)] {
                    product.extend(faces.into_iter().map(|face| Template {
                        label: person as i32,
                        light,
                        quality: 1.0,
                        counts: face.counts.clone(),
                    }));
                }
            }
        }
        let people = if system == System::Plain {
            People::Plain(plain)
        } else {
            People::Product(Gallery::build(product))
        };
        let labels = match &people {
            People::Plain(people) => people.keys().copied().collect(),
            People::Product(gallery) => gallery.labels().map(|label| label as usize).collect(),
        };
        let trained = Self {
            system,
            seen,
            gated,
            people,
            labels,
        };
        (trained, refused)
    }

    /// The score against everybody in the order of `labels`; `None` without a face or past a gate.
    pub fn scores(&self, picture: usize) -> Option<Vec<f32>> {
        let seen = &self.seen[picture];
        match &self.people {
            People::Plain(people) => {
                let own = seen.plain.as_ref()?;
                let nearest = |templates: &Vec<&Vec<f32>>| {
                    let distances = templates.iter().map(|other| plain::distance(own, other));
                    distances.fold(f32::INFINITY, f32::min)
                };
                Some(people.values().map(nearest).collect())
            }
            People::Product(gallery) => {
                let face = match self.system {
                    System::ProductQuick => seen.quick.as_ref()?,
                    System::Product | System::ProductGuided | System::Plain => {
                        seen.careful.as_ref()?
                    }
                };
                if self.gated && !face.passes(&Gates::DESK) {
                    return None;
                }
                let scores = gallery.scores(&face.counts, None);
                Some(scores.iter().map(|score| score.relative).collect())
            }
        }
    }

    /// The product's own threshold for each person, when it is known who is meant.
    pub fn claimed(&self) -> Vec<f32> {
        match &self.people {
            People::Plain(people) => vec![PLAIN_FIXED[0]; people.len()],
            People::Product(gallery) => gallery
                .labels()
                .filter_map(|label| gallery.claimed_threshold(label))
                .collect(),
        }
    }

    pub fn fixed(&self) -> [f32; 2] {
        self.system.fixed()
    }

    /// Whom the scores confirm when anybody may stand there: a place in `labels`.
    pub fn anyone(&self, scores: &[f32]) -> Option<usize> {
        let (place, best) = scores
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(b.1))?;
        let others = scores
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        let second = others
            .map(|(_, score)| *score)
            .fold(f32::INFINITY, f32::min);
        let accepted = match &self.people {
            People::Plain(_) => *best < PLAIN_FIXED[0],
            People::Product(gallery) => {
                let threshold = gallery.open_threshold(self.labels[place] as i32);
                *best < threshold.unwrap_or_default() && *best <= MARGIN * second
            }
        };
        accepted.then_some(place)
    }
}

fn faces<'a>(pictures: &[usize], seen: &'a [Seen], gates: Option<&Gates>) -> Vec<&'a Face> {
    pictures
        .iter()
        .filter_map(|place| seen[*place].careful.as_ref())
        .filter(|face| gates.is_none_or(|gates| face.passes(gates)))
        .collect()
}

fn histograms<'a>(pictures: &[usize], seen: &'a [Seen]) -> Vec<&'a Vec<f32>> {
    pictures
        .iter()
        .filter_map(|place| seen[*place].plain.as_ref())
        .collect()
}

/// At most `count` of them, evenly, with the first and the last.
fn spread<T: Clone>(all: Vec<T>, count: usize) -> Vec<T> {
    if all.len() <= count {
        return all;
    }
    (0..count)
        .map(|n| all[n * (all.len() - 1) / (count - 1)].clone())
        .collect()
}
