//! How often a photo passes for a person who acts, and a person who acts for a photo.

use crate::TEMPLATES;
use crate::figures::percent;
use crate::goals::Goal;
use crate::look::Seen;
use crate::motion::{BEFORE, INTERVAL, Motion, Still};
use crate::set::Set;
use anyhow::Result;
use ombor_face::{
    Act, Claim, FaceEdges, FaceFinder, Gallery, Gates, Hint, Observation, Search, Template,
    Verdict, Window,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

/// Every so many pictures are made to move: each takes seconds.
const EVERY_ATTACK: usize = 4;
const EVERY_PROBE: usize = 10;
/// A photo must pass in at most so many of a hundred attempts.
const PHOTOS_PASS: f64 = 5.0;
const THREADS: usize = 2;

/// One picture that is made to move, and what it is tried against.
struct Attempt {
    place: usize,
    gallery: Arc<Gallery>,
}

/// How one act was judged in one movement.
struct Outcome {
    motion: &'static str,
    act: Act,
    passed: bool,
    /// Of a turn that was asked for and done: where it was lost.
    lost: Option<&'static str>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    tried: usize,
    passed: usize,
}

impl Count {
    fn share(self) -> f64 {
        percent(self.passed, self.tried)
    }
}

pub fn run(set: &Set, seen: &[Seen], goals: &mut Vec<Goal>) -> Result<Value> {
    let (attempts, left_out) = attempts(set, seen);
    let parts: Vec<Result<Vec<Outcome>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|first| {
                let own = attempts.iter().skip(first).step_by(THREADS);
                let outcomes = move || own.map(|attempt| outcomes(set, attempt)).collect();
                scope.spawn::<_, Result<Vec<Vec<Outcome>>>>(outcomes)
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| {
                let all = worker
                    .join()
                    .unwrap_or_else(|_| anyhow::bail!("a thread panicked"));
                Ok(all?.into_iter().flatten().collect())
            })
            .collect()
    });
    let parts: Vec<Vec<Outcome>> = parts.into_iter().collect::<Result<_>>()?;
    let outcomes: Vec<Outcome> = parts.into_iter().flatten().collect();
    Ok(report(set, &outcomes, left_out, goals))
}

/// The pictures that are made to move, and how many were passed over because the desk would ask for other light first.
fn attempts(set: &Set, seen: &[Seen]) -> (Vec<Attempt>, usize) {
    let mut attempts = Vec::new();
    let mut left_out = 0;
    for session in set.sessions() {
        let gallery = Arc::new(gallery(set, seen, session));
        for (attack, every) in [(true, EVERY_ATTACK), (false, EVERY_PROBE)] {
            let own = set.pictures.iter().enumerate().filter(|(_, picture)| {
                let enrolled = gallery.lights(picture.person as i32) > 0;
                let tried = picture.attack == attack && !picture.enrols();
                enrolled && tried && picture.session == session
            });
            for (place, _) in own.step_by(every) {
                let face = seen[place].careful.as_ref();
                if face.is_some_and(|face| face.passes(&Gates::DESK)) {
                    let gallery = Arc::clone(&gallery);
                    attempts.push(Attempt { place, gallery });
                } else {
                    left_out += 1;
                }
            }
        }
    }
    (attempts, left_out)
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

/// All movements of one picture, each judged for every act.
fn outcomes(set: &Set, attempt: &Attempt) -> Result<Vec<Outcome>> {
    let picture = &set.pictures[attempt.place];
    let claim = Claim::Person(picture.person as i32);
    let mut outcomes = Vec::new();
    let Some(still) = Still::of(set, attempt.place)? else {
        return Ok(outcomes);
    };
    for (motion, name) in motions(picture.attack) {
        let frames = observed(&still, *motion)?;
        for act in Act::ALL {
            let passed = passes(&attempt.gallery, claim, act, &frames)?;
            let done = motion.act() == Some(act);
            outcomes.push(Outcome {
                motion: name,
                act,
                passed,
                lost: (done && !passed).then(|| lost(&frames, act)),
            });
        }
    }
    Ok(outcomes)
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

/// Where a turn that was done was lost.
fn lost(frames: &[Observation], act: Act) -> &'static str {
    let edges = |frame: &Observation| frame.face.as_ref().map(|face| face.edges.clone());
    let before = frames.iter().take(BEFORE as usize);
    let straight = before
        .filter(|frame| frame.hint == Hint::Good)
        .filter_map(edges)
        .find(FaceEdges::shows_eyes);
    let Some(straight) = straight else {
        return "no frame before it";
    };
    let track = frames[0].track;
    if frames.iter().any(|f| f.face.is_none() || f.track != track) {
        return "the face was lost";
    }
    let during = frames.iter().skip(BEFORE as usize).filter_map(edges);
    let ways: Vec<Option<f32>> = during.map(|e| e.parallax(&straight)).collect();
    let side = if act == Act::TurnLeft { 1.0 } else { -1.0 };
    let far = |way: &&Option<f32>| way.is_some_and(|way| side * way >= FaceEdges::TURNED);
    if ways.iter().filter(far).count() >= 2 {
        "not recognised"
    } else if 2 * ways.iter().filter(|way| way.is_none()).count() > ways.len() {
        "eyes or nose were lost"
    } else {
        "the nose moved too little"
    }
}

fn report(set: &Set, outcomes: &[Outcome], left_out: usize, goals: &mut Vec<Goal>) -> Value {
    println!(
        "\n{}: recognised and seen to do what was asked, percent of attempts; {left_out} pictures that the gates refuse were left out",
        set.name
    );
    println!(
        "    {:<30} {:>8} {:>9} {:>10} {:>10}",
        "", "blink", "turnLeft", "turnRight", "attempts"
    );
    let mut counts: BTreeMap<&str, [Count; 3]> = BTreeMap::new();
    let mut lost: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        let count = &mut counts.entry(outcome.motion).or_default()[outcome.act as usize];
        count.tried += 1;
        count.passed += usize::from(outcome.passed);
        if let Some(where_to) = outcome.lost {
            *lost.entry(where_to).or_default() += 1;
        }
    }
    let mut all = json!({ "leftOut": left_out, "turnsLost": lost });
    for (name, counts) in &counts {
        let shares = counts.map(Count::share);
        let tried = counts[0].tried;
        println!(
            "    {name:<30} {:>8.1} {:>9.1} {:>10.1} {tried:>10}",
            shares[0], shares[1], shares[2]
        );
        all[name] = json!({
            "blink": shares[0], "turnLeft": shares[1], "turnRight": shares[2], "attempts": tried,
        });
        if name.contains("photo") {
            // Each act is asked as often as the others.
            let passed = shares.iter().sum::<f64>() / shares.len() as f64;
            let of = format!("{} {name}, passing", set.name);
            goals.push(Goal::new(of, passed, PHOTOS_PASS, 0.0).of_tries(3 * tried));
        }
    }
    let lost: Vec<String> = lost.iter().map(|(why, n)| format!("{why} {n}")).collect();
    println!("    turns not seen: {}", lost.join(", "));
    println!("    a person who blinks: not measured, no picture here shows a blink");
    all["a person who blinks"] = json!("not measured");
    all
}
