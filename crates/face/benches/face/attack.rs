//! Printed photos of enrolled people: how many the recogniser alone takes for them.

use crate::figures::percent;
use crate::look::Seen;
use crate::protocol::Protocol;
use crate::set::Set;
use crate::system::{System, Trained};
use serde_json::{Value, json};

pub fn run(set: &Set, seen: &[Seen], protocol: &Protocol) -> Value {
    let mut report = json!({});
    for system in [System::Product, System::Plain] {
        let (mut tried, mut scored, mut accepted) = (0, 0, [0, 0]);
        for trial in &protocol.trials {
            let (trained, _) = Trained::on(trial, seen, system, set.has_sessions());
            for &picture in &trial.attacks {
                let person = set.pictures[picture].person;
                let Some(own) = trained.labels.iter().position(|label| *label == person) else {
                    continue;
                };
                tried += 1;
                let Some(scores) = trained.scores(picture) else {
                    continue;
                };
                scored += 1;
                for (count, limit) in accepted.iter_mut().zip(system.fixed()) {
                    *count += usize::from(scores[own] < limit);
                }
            }
        }
        let rates = accepted.map(|count| percent(count, tried));
        let [low, high] = system.fixed();
        println!(
            "attack     {:<14} {tried} photos, {scored} got a score; accepted {:.1} % below {low}, {:.1} % below {high}",
            system.name(),
            rates[0],
            rates[1]
        );
        report[system.name()] = json!({ "tried": tried, "scored": scored, "accepted": rates });
    }
    report
}
