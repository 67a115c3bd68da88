//! Rates of a protocol: what is refused that should not be, and what is accepted.

use crate::look::Seen;
use crate::protocol::{Protocol, groups};
use crate::set::Set;
use crate::system::{System, Trained};
use serde::Serialize;
use std::collections::BTreeSet;

/// One line of the table; rates are in percent.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Line {
    pub set: String,
    pub protocol: String,
    pub frames: usize,
    pub system: String,
    pub enrolled: usize,
    /// Own tries that got a score, and those without a face or past a gate.
    pub genuine: usize,
    pub missed: usize,
    pub stranger_pairs: usize,
    /// Failure to acquire: no face, or a gate.
    pub fta: f64,
    pub eer: f64,
    /// Refused at 1 % false acceptance.
    pub f1: f64,
    /// Refused at 0.1 % false acceptance.
    pub f01: f64,
    /// Rank-1 identification.
    pub id: f64,
    /// Not found and accepted when 1 % of strangers' frames are taken for anybody.
    pub n1: f64,
    /// At the first fixed threshold, at the second, and at the product's own.
    pub fixed: [Decision; 3],
    /// Face alone, at the product's own threshold and margin.
    pub anyone: Decision,
}

/// Rates at one decision, percent.
#[derive(Debug, Clone, Copy, Serialize, Default, PartialEq)]
pub struct Decision {
    pub frr: f64,
    pub far: f64,
    /// Enrolled people taken for another enrolled person.
    pub wrong: f64,
}

/// Everything that was tried.
#[derive(Default)]
struct Pool {
    enrolled: usize,
    /// Own score, whether it is the best, and the scores against the other enrolled people.
    genuine: Vec<Own>,
    missed: usize,
    /// Scores of each group of strangers' frames; empty when there is none.
    strangers: Vec<Vec<f32>>,
    pairs: usize,
    accepted: [Accepted; 3],
    anyone: Accepted,
}

struct Own {
    score: f32,
    first: bool,
}

#[derive(Default, Clone, Copy)]
struct Accepted {
    own: usize,
    strangers: usize,
    wrong: usize,
    wrong_tried: usize,
}

/// Runs a protocol by one system.
pub fn line(
    set: &Set,
    seen: &[Seen],
    protocol: &Protocol,
    window: usize,
    system: System,
) -> (Line, BTreeSet<usize>) {
    let mut pool = Pool::default();
    let mut refused = BTreeSet::new();
    for trial in &protocol.trials {
        let (trained, few) = Trained::on(trial, seen, system, set.has_sessions());
        refused.extend(few);
        pool.enrolled += trained.labels.len();
        let claimed = trained.claimed();
        let score = |group: &[usize]| median_scores(&trained, group, window);
        for group in groups(set, &trial.genuine, window) {
            let person = set.pictures[group[0]].person;
            let Some(own) = trained.labels.iter().position(|label| *label == person) else {
                continue;
            };
            match score(&group) {
                None => pool.missed += 1,
                Some(scores) => pool.add_own(&trained, own, &scores, &claimed),
            }
        }
        for group in groups(set, &trial.strangers, window) {
            let scores = score(&group).unwrap_or_default();
            pool.add_stranger(&trained, scores, &claimed);
        }
    }
    (pool.line(set, protocol, window, system), refused)
}

/// Median score against everybody, if at least half of the frames have one.
fn median_scores(trained: &Trained, group: &[usize], window: usize) -> Option<Vec<f32>> {
    let scored: Vec<Vec<f32>> = group
        .iter()
        .filter_map(|place| trained.scores(*place))
        .collect();
    if 2 * scored.len() < window {
        return None;
    }
    let people = 0..trained.labels.len();
    Some(
        people
            .map(|person| median(scored.iter().map(|scores| scores[person]).collect()))
            .collect(),
    )
}

pub fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    match values.len() {
        0 => f32::INFINITY,
        n if n % 2 == 1 => values[n / 2],
        n => f32::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

impl Pool {
    fn add_own(&mut self, trained: &Trained, own: usize, scores: &[f32], claimed: &[f32]) {
        let others = scores.iter().enumerate().filter(|(place, _)| *place != own);
        let nearest_other = others
            .clone()
            .map(|(_, s)| *s)
            .fold(f32::INFINITY, f32::min);
        self.genuine.push(Own {
            score: scores[own],
            first: scores[own] < nearest_other,
        });
        for (accepted, limit) in self.accepted.iter_mut().zip(limits(trained, claimed)) {
            accepted.own += usize::from(scores[own] < limit(own));
            accepted.wrong += others.clone().filter(|(n, s)| **s < limit(*n)).count();
            accepted.wrong_tried += scores.len() - 1;
        }
        let named = trained.anyone(scores);
        self.anyone.own += usize::from(named == Some(own));
        self.anyone.wrong += usize::from(named.is_some_and(|place| place != own));
        self.anyone.wrong_tried += 1;
    }

    fn add_stranger(&mut self, trained: &Trained, scores: Vec<f32>, claimed: &[f32]) {
        self.pairs += trained.labels.len();
        for (accepted, limit) in self.accepted.iter_mut().zip(limits(trained, claimed)) {
            let passed = scores.iter().enumerate().filter(|(n, s)| **s < limit(*n));
            accepted.strangers += passed.count();
        }
        self.anyone.strangers += usize::from(trained.anyone(&scores).is_some());
        self.strangers.push(scores);
    }

    fn line(&self, set: &Set, protocol: &Protocol, window: usize, system: System) -> Line {
        let pairs: Vec<f32> = self.strangers.iter().flatten().copied().collect();
        let nearest: Vec<f32> = self
            .strangers
            .iter()
            .filter_map(|scores| scores.iter().copied().min_by(f32::total_cmp))
            .collect();
        let own: Vec<f32> = self.genuine.iter().map(|own| own.score).collect();
        let refused_at =
            |limit: f32| percent(own.iter().filter(|s| **s >= limit).count(), own.len());
        let open = limit_at(&nearest, self.strangers.len(), 0.01);
        let found = |own: &&Own| own.first && own.score < open;
        let decision = |accepted: &Accepted, tried: usize| Decision {
            frr: 100.0 - percent(accepted.own, own.len()),
            far: percent(accepted.strangers, tried),
            wrong: percent(accepted.wrong, accepted.wrong_tried),
        };
        Line {
            set: set.name.clone(),
            protocol: protocol.name.to_owned(),
            frames: window,
            system: system.name().to_owned(),
            enrolled: self.enrolled,
            genuine: self.genuine.len(),
            missed: self.missed,
            stranger_pairs: self.pairs,
            fta: percent(self.missed, self.missed + own.len()),
            eer: equal_error(&own, &pairs, self.pairs),
            f1: refused_at(limit_at(&pairs, self.pairs, 0.01)),
            f01: refused_at(limit_at(&pairs, self.pairs, 0.001)),
            id: percent(
                self.genuine.iter().filter(|own| own.first).count(),
                own.len(),
            ),
            n1: 100.0 - percent(self.genuine.iter().filter(found).count(), own.len()),
            fixed: self.accepted.each_ref().map(|a| decision(a, self.pairs)),
            anyone: decision(&self.anyone, self.strangers.len()),
        }
    }
}

/// Three limits for the person at a place: the two fixed ones and the system's own.
fn limits<'a>(trained: &'a Trained, claimed: &'a [f32]) -> [Box<dyn Fn(usize) -> f32 + 'a>; 3] {
    let [low, high] = trained.fixed();
    [
        Box::new(move |_| low),
        Box::new(move |_| high),
        Box::new(|place| claimed[place]),
    ]
}

pub fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The score below which `share` of all that was tried is accepted; refused frames count as tried.
pub fn limit_at(scores: &[f32], tried: usize, share: f64) -> f32 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f32::total_cmp);
    let accepted = (share * tried as f64).floor() as usize;
    sorted.get(accepted).copied().unwrap_or(f32::INFINITY)
}

/// Where as many are refused wrongly as accepted wrongly.
fn equal_error(own: &[f32], strangers: &[f32], pairs: usize) -> f64 {
    let mut limits = own.to_vec();
    limits.extend(strangers);
    limits.sort_by(f32::total_cmp);
    let (mut own, mut strangers) = (own.to_vec(), strangers.to_vec());
    own.sort_by(f32::total_cmp);
    strangers.sort_by(f32::total_cmp);
    let rates = |limit: f32| {
        let refused = own.len() - own.partition_point(|score| *score < limit);
        let accepted = strangers.partition_point(|score| *score < limit);
        (percent(refused, own.len()), percent(accepted, pairs))
    };
    limits
        .into_iter()
        .map(rates)
        .min_by(|a, b| (a.0 - a.1).abs().total_cmp(&(b.0 - b.1).abs()))
        .map_or(0.0, |(refused, accepted)| f64::midpoint(refused, accepted))
}
