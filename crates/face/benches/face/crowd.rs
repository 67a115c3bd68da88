//! Five hundred enrolled people, most of them made up from the cells of real ones: does comparing only the likeliest find
//! the same?

use crate::figures::{limit_at, percent};
use crate::look::Seen;
use crate::protocol::Trial;
use crate::set::Set;
use anyhow::Result;
use ombor_face::{Counts, Gallery, Score, Template};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Enrolled people and templates of each.
const PEOPLE: usize = 500;
const TEMPLATES: usize = 12;
/// The likeliest that are compared in full.
const SHORTLIST: usize = 60;
/// Patterns of a cell.
const PATTERNS: usize = 256;
/// Two numbers without a common divisor with most others: who gives a made-up person's cells.
const STEPS: (usize, usize) = (7919, 104_729);

pub fn run(set: &Set, seen: &[Seen], trial: &Trial) -> Result<Value> {
    let gallery = Gallery::build(crowd(trial, seen)?);
    println!(
        "\n{}: {PEOPLE} enrolled, most of them made up of others' cells",
        set.name
    );
    let full = rates(set, seen, trial, |counts| gallery.scores_in_full(counts));
    let quick = rates(set, seen, trial, |counts| {
        gallery.scores_of_likeliest(counts, None, SHORTLIST)
    });
    for (name, rates) in [("all in full", &full), ("60 likeliest", &quick)] {
        println!("    {name:<14} {rates}");
    }
    Ok(json!({ "allInFull": full, "likeliest": quick }))
}

/// The trial's people with their own templates, and as many others as it takes.
fn crowd(trial: &Trial, seen: &[Seen]) -> Result<Vec<Template>> {
    let own: BTreeMap<usize, Vec<&Counts>> = trial
        .enrolled
        .iter()
        .map(|(person, lights)| {
            let faces = lights[0]
                .iter()
                .filter_map(|place| seen[*place].careful.as_ref());
            (*person, faces.map(|face| &face.counts).collect())
        })
        .collect();
    let own: Vec<(usize, Vec<&Counts>)> = own.into_iter().filter(|(_, f)| !f.is_empty()).collect();
    let template = |label: usize, counts: Counts| Template {
        label: label as i32,
        light: 1,
        quality: 1.0,
        counts,
    };
    let mut crowd = Vec::new();
    for (person, faces) in &own {
        crowd.extend(
            faces
                .iter()
                .take(TEMPLATES)
                .map(|f| template(*person, (*f).clone())),
        );
    }
    for made_up in 0..PEOPLE.saturating_sub(own.len()) {
        for n in 0..TEMPLATES {
            let mut bytes = own[0].1[0].as_bytes().to_vec();
            for (cell, into) in bytes.chunks_exact_mut(PATTERNS).enumerate() {
                let giver = (made_up * STEPS.0 + cell * STEPS.1 + made_up * cell) % own.len();
                let faces = &own[giver].1;
                let from = faces[(n + made_up) % faces.len()].as_bytes();
                into.copy_from_slice(&from[cell * PATTERNS..][..PATTERNS]);
            }
            crowd.push(template(10_000 + made_up, Counts::parse(bytes)?));
        }
    }
    Ok(crowd)
}

fn rates(set: &Set, seen: &[Seen], trial: &Trial, scores: impl Fn(&Counts) -> Vec<Score>) -> Value {
    let of = |place: &usize| Some(scores(&seen[*place].careful.as_ref()?.counts));
    let best = |scores: &[Score]| {
        let nearest = scores
            .iter()
            .min_by(|a, b| a.relative.total_cmp(&b.relative));
        nearest.map(|score| (score.label as usize, score.relative))
    };
    let (mut own, mut first) = (Vec::new(), 0);
    for place in &trial.genuine {
        let Some(scores) = of(place) else { continue };
        let person = set.pictures[*place].person;
        let score = scores.iter().find(|score| score.label as usize == person);
        own.extend(score.map(|score| score.relative));
        first += usize::from(best(&scores).is_some_and(|(label, _)| label == person));
    }
    let (mut strangers, mut taken, mut tried) = (Vec::new(), 0, 0);
    for place in &trial.strangers {
        tried += 1;
        let Some(scores) = of(place) else { continue };
        let enrolled = |score: &&Score| trial.enrolled.contains_key(&(score.label as usize));
        strangers.extend(scores.iter().filter(enrolled).map(|score| score.relative));
        taken += usize::from(best(&scores).is_some_and(|(_, score)| score < 0.90));
    }
    let pairs = tried * trial.enrolled.len();
    let refused = |limit: f32| percent(own.iter().filter(|s| **s >= limit).count(), own.len());
    let round = |value: f64| (100.0 * value).round() / 100.0;
    json!({
        "f1": round(refused(limit_at(&strangers, pairs, 0.01))),
        "f01": round(refused(limit_at(&strangers, pairs, 0.001))),
        "id": round(percent(first, own.len())),
        "frrAt090": round(refused(0.90)),
        "farAt090": round(percent(strangers.iter().filter(|s| **s < 0.90).count(), pairs)),
        "strangersTakenForAnybodyAt090": round(percent(taken, tried)),
    })
}
