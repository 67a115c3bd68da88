//! How often a photo passes for a person who acts, and a person who acts for a photo.

use crate::TEMPLATES;
use crate::figures::percent;
use crate::goals::Goal;
use crate::look::Seen;
use crate::motion::{INTERVAL, Motion, Still};
use crate::set::Set;
use anyhow::Result;
use ombor_face::{
    Act, Claim, FaceFinder, Gallery, Gates, Observation, Search, Template, Verdict, Window,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every so many pictures are made to move: each takes seconds.
const EVERY_ATTACK: usize = 4;
const EVERY_PROBE: usize = 16;
/// A photo must pass in at most so many of a hundred attempts.
const PHOTOS_PASS: f64 = 5.0;

/// Attempts and passes.
#[derive(Default, Clone, Copy)]
struct Count {
    tried: usize,
    passed: usize,
}

impl Count {
    fn add(&mut self, passed: bool) {
        self.tried += 1;
        self.passed += usize::from(passed);
    }

    fn share(self) -> f64 {
        percent(self.passed, self.tried)
    }
}

pub fn run(set: &Set, seen: &[Seen], goals: &mut Vec<Goal>) -> Result<Value> {
    let mut counts: BTreeMap<(&str, &str), Count> = BTreeMap::new();
    for session in set.sessions() {
        let gallery = Arc::new(gallery(set, seen, session));
        let mut attacks = 0;
        let mut probes = 0;
        for (place, picture) in set.pictures.iter().enumerate() {
            let enrolled = gallery.lights(picture.person as i32) > 0;
            if !enrolled || picture.session != session || picture.enrols() {
                continue;
            }
            let number = if picture.attack {
                &mut attacks
            } else {
                &mut probes
            };
            let every = if picture.attack {
                EVERY_ATTACK
            } else {
                EVERY_PROBE
            };
            *number += 1;
            if *number % every != 1 {
                continue;
            }
            let Some(still) = Still::of(set, place)? else {
                continue;
            };
            let claim = Claim::Person(picture.person as i32);
            for (motion, name) in motions(picture.attack) {
                let frames = observed(&still, *motion)?;
                for act in Act::ALL {
                    let passed = passes(&gallery, claim, act, &frames)?;
                    counts.entry((name, act.as_str())).or_default().add(passed);
                }
            }
        }
    }
    Ok(report(set, &counts, goals))
}

/// What is tried with a picture, and what it is called.
fn motions(attack: bool) -> &'static [(Motion, &'static str)] {
    if attack {
        &[
            (Motion::Still, "printed photo, held still"),
            (Motion::Swung, "printed photo, swung"),
        ]
    } else {
        &[
            (Motion::Still, "perfect photo, held still"),
            (Motion::Swung, "perfect photo, swung"),
            (Motion::TurnLeft, "simulated turn to the left"),
            (Motion::TurnRight, "simulated turn to the right"),
        ]
    }
}

fn gallery(set: &Set, seen: &[Seen], session: &str) -> Gallery {
    let mut templates: Vec<Template> = Vec::new();
    let pictures = set.pictures.iter().zip(seen);
    for (picture, seen) in pictures.filter(|(p, _)| p.enrols() && p.session == session) {
        let label = picture.person as i32;
        let own = templates.iter().filter(|t| t.label == label).count();
        let face = seen
            .careful
            .as_ref()
            .filter(|face| face.passes(&Gates::DESK));
        if let (Some(face), true) = (face, own < TEMPLATES) {
            templates.push(Template {
                label,
                light: 1,
                quality: 1.0,
                counts: face.counts.clone(),
            });
        }
    }
    Gallery::build(templates)
}

fn observed(still: &Still, motion: Motion) -> Result<Vec<Observation>> {
    let mut finder = FaceFinder::for_desk(Search::Quick)?;
    still
        .moving(motion)
        .zip(0..)
        .map(|(frame, n)| Ok(finder.observe(&frame?, n * INTERVAL)?))
        .collect()
}

fn passes(gallery: &Arc<Gallery>, claim: Claim, act: Act, frames: &[Observation]) -> Result<bool> {
    let mut window = Window::new(Arc::clone(gallery), claim, Some(act))?;
    for observation in frames {
        if let Verdict::Confirmed(_) = window.push(observation)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn report(set: &Set, counts: &BTreeMap<(&str, &str), Count>, goals: &mut Vec<Goal>) -> Value {
    println!(
        "\n{}: recognised and seen to do what was asked, percent of attempts",
        set.name
    );
    println!(
        "    {:<30} {:>8} {:>9} {:>10} {:>10}",
        "", "blink", "turnLeft", "turnRight", "attempts"
    );
    let mut all = json!({});
    let names: Vec<&str> = counts.keys().map(|(name, _)| *name).collect();
    let mut names: Vec<&str> = names;
    names.dedup();
    for name in names {
        let count = |act: Act| {
            counts
                .get(&(name, act.as_str()))
                .copied()
                .unwrap_or_default()
        };
        let shares = Act::ALL.map(|act| count(act).share());
        println!(
            "    {name:<30} {:>8.1} {:>9.1} {:>10.1} {:>10}",
            shares[0],
            shares[1],
            shares[2],
            count(Act::Blink).tried
        );
        all[name] = json!({
            "blink": shares[0], "turnLeft": shares[1], "turnRight": shares[2],
            "attempts": count(Act::Blink).tried,
        });
        if name.contains("photo") {
            // Each act is asked as often as the others.
            let passed = shares.iter().sum::<f64>() / shares.len() as f64;
            let of = format!("{} {name}, passing", set.name);
            goals.push(Goal::new(of, passed, PHOTOS_PASS, 0.0));
        }
    }
    println!("    a person who blinks: not measured, no picture here shows a blink");
    all["a person who blinks"] = json!("not measured");
    all
}
