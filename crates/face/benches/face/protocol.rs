//! Who is enrolled, who is tried, and who is a stranger: chosen by what a set holds.

use crate::set::{Picture, Set};
use std::collections::BTreeMap;

/// Splits of a set in which everybody has one session.
const SPLITS: usize = 10;
/// Frames of a burst that make one decision.
pub const WINDOWS: [usize; 3] = [1, 5, 10];

/// A protocol's name and its trials.
pub struct Protocol {
    pub name: &'static str,
    pub trials: Vec<Trial>,
    /// How many frames make a decision.
    pub windows: &'static [usize],
}

/// One gallery and what is tried against it; pictures are places in [`Set::pictures`].
#[derive(Default)]
pub struct Trial {
    /// People and their enrolment pictures, in the first and in a second light.
    pub enrolled: BTreeMap<usize, [Vec<usize>; 2]>,
    pub genuine: Vec<usize>,
    pub strangers: Vec<usize>,
    /// Printed photos, each claiming its person.
    pub attacks: Vec<usize>,
}

/// What a set is good for.
pub fn protocols(set: &Set) -> Vec<Protocol> {
    if !set.has_sessions() {
        return vec![Protocol {
            name: "split",
            trials: (0..SPLITS).map(|split| split_trial(set, split)).collect(),
            windows: &WINDOWS[..1],
        }];
    }
    let sessions: Vec<&str> = set.sessions().into_iter().collect();
    let same = |session: &&str| session_trial(set, session, |own, of| own == of);
    let cross = |session: &&str| session_trial(set, session, |own, of| own != of);
    let mut protocols = vec![
        Protocol {
            name: "same",
            trials: sessions.iter().map(same).collect(),
            windows: &WINDOWS,
        },
        Protocol {
            name: "cross",
            trials: sessions.iter().map(cross).collect(),
            windows: &WINDOWS,
        },
        Protocol {
            name: "topup3",
            trials: top_up_trials(set, &sessions),
            windows: &WINDOWS,
        },
    ];
    if set.pictures.iter().any(|picture| picture.attack) {
        protocols.push(Protocol {
            name: "attack",
            trials: sessions.iter().map(|s| attack_trial(set, s)).collect(),
            windows: &WINDOWS[..1],
        });
    }
    protocols.retain(|protocol| {
        let tried = |trial: &Trial| !trial.genuine.is_empty() || !trial.attacks.is_empty();
        protocol.trials.iter().any(tried)
    });
    protocols
}

fn places(set: &Set, which: impl Fn(&Picture) -> bool) -> Vec<usize> {
    let all = set.pictures.iter().enumerate();
    all.filter(|(_, picture)| which(picture))
        .map(|(place, _)| place)
        .collect()
}

/// Everybody who has the session is enrolled in it; `tries` says which sessions' probes of theirs are tried.
fn session_trial(set: &Set, session: &str, tries: impl Fn(&str, &str) -> bool) -> Trial {
    let mut trial = Trial::default();
    let people = 0..set.people.len();
    for person in people.filter(|person| set.sessions_of(*person).contains(session)) {
        let own = |picture: &Picture| picture.person == person && picture.session == session;
        let enrolling = places(set, |picture| picture.enrols() && own(picture));
        trial.enrolled.insert(person, [enrolling, Vec::new()]);
    }
    let known = |picture: &Picture| trial.enrolled.contains_key(&picture.person);
    let probes = |picture: &Picture| picture.probes() && tries(&picture.session, session);
    trial.genuine = places(set, |picture| probes(picture) && known(picture));
    trial.strangers = places(set, |picture| picture.probes() && !known(picture));
    trial
}

/// For each ordered pair of sessions: enrolled in the one, topped up by the first, the middle and the last frame of the
/// other, tried in that.
fn top_up_trials(set: &Set, sessions: &[&str]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for first in sessions {
        for second in sessions.iter().filter(|second| *second != first) {
            let mut trial = session_trial(set, first, |own, _| own == *second);
            trial.genuine.retain(|place| {
                let person = set.pictures[*place].person;
                set.sessions_of(person).contains(second)
            });
            for (person, pictures) in &mut trial.enrolled {
                let own = |p: &Picture| p.person == *person && p.session == **second;
                pictures[1] = places(set, |picture| picture.enrols() && own(picture));
            }
            if !trial.genuine.is_empty() {
                trials.push(trial);
            }
        }
    }
    trials
}

fn attack_trial(set: &Set, session: &str) -> Trial {
    let same = session_trial(set, session, |own, of| own == of);
    let attacks = places(set, |picture| {
        picture.attack && same.enrolled.contains_key(&picture.person)
    });
    Trial {
        enrolled: same.enrolled,
        attacks,
        ..Trial::default()
    }
}

/// Half of the people, in an order that differs from split to split.
fn split_trial(set: &Set, split: usize) -> Trial {
    let mut order: Vec<usize> = (0..set.people.len()).collect();
    order.sort_by_key(|person| (((person + 1) * (split + 1) * 7919) % 10007, *person));
    let half = order.len().div_ceil(2);
    let enrolled = |person: usize| order[..half].contains(&person);
    let mut trial = Trial::default();
    for &person in &order[..half] {
        let enrolling = places(set, |picture| picture.enrols() && picture.person == person);
        trial.enrolled.insert(person, [enrolling, Vec::new()]);
    }
    trial.genuine = places(set, |picture| picture.probes() && enrolled(picture.person));
    trial.strangers = places(set, |picture| !picture.attack && !enrolled(picture.person));
    trial
}

/// The pictures in groups of `window`: single, or the first so many of each burst.
pub fn groups(set: &Set, pictures: &[usize], window: usize) -> Vec<Vec<usize>> {
    if window == 1 {
        return pictures.iter().map(|place| vec![*place]).collect();
    }
    let mut bursts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for place in pictures
        .iter()
        .filter(|place| set.pictures[**place].probes())
    {
        let burst = bursts.entry(set.pictures[*place].burst()).or_default();
        if burst.len() < window {
            burst.push(*place);
        }
    }
    bursts.into_values().collect()
}
