//! What the figures should be, and whether they are.

use crate::figures::{Line, percent};
use serde::Serialize;

/// A figure with its limits: percent, or what `of` says.
#[derive(Debug, Serialize)]
pub struct Goal {
    pub of: String,
    pub measured: f64,
    /// What must be reached.
    pub must: f64,
    /// What is aimed at.
    pub stretch: f64,
    pub met: bool,
    /// Of a rate: what one try adds to it.
    pub one: Option<f64>,
}

impl Goal {
    pub fn new(of: String, measured: f64, must: f64, stretch: f64) -> Self {
        Self {
            of,
            measured,
            must,
            stretch,
            met: measured <= must,
            one: None,
        }
    }

    /// The same figure as a rate of so many tries.
    pub fn of_tries(self, tries: usize) -> Self {
        Self {
            one: Some(percent(1, tries)),
            ..self
        }
    }

    /// How many tries fewer would meet it.
    pub fn tries_too_many(&self) -> Option<f64> {
        let over = self.measured - self.must;
        self.one
            .filter(|_| over > 0.0)
            .map(|one| (over / one).ceil())
    }
}

/// Protocol, frames, and must and stretch of F1, F.1, N1 and FTA.
type Row = (&'static str, usize, [f64; 4], [f64; 4]);

const ROWS: [Row; 6] = [
    ("same", 1, [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]),
    (
        "cross",
        1,
        [26.0, 35.0, 32.0, 16.0],
        [15.0, 20.0, 20.0, 16.0],
    ),
    (
        "cross",
        10,
        [28.0, 28.0, 28.0, 16.0],
        [10.0, 12.0, 12.0, 16.0],
    ),
    ("topup3", 1, [1.8, 2.4, 2.4, 14.0], [0.5, 1.0, 1.0, 14.0]),
    ("topup3", 10, [0.0, 0.0, 0.0, 14.0], [0.0, 0.0, 0.0, 14.0]),
    ("split", 1, [1.7, 5.8, 7.5, 100.0], [1.2, 3.5, 4.5, 100.0]),
];

/// Protocol, and the refusals at both fixed thresholds (single frames).
const FIXED: [(&str, [f64; 2]); 4] = [
    ("same", [0.6, 0.0]),
    ("cross", [86.0, 52.0]),
    ("topup3", [3.7, 2.1]),
    ("split", [6.9, 3.0]),
];
/// Strangers accepted at both, at most.
const FAR: [f64; 2] = [0.1, 1.0];
/// Enrolled people taken for each other at both, at most.
const WRONG: [f64; 2] = [0.02, 0.2];
/// Face alone in the splits: refused, strangers taken for anybody.
const ANYONE: [f64; 2] = [7.9, 0.45];

/// The goals that a line of the product has.
pub fn of(line: &Line) -> Vec<Goal> {
    let name = |what: &str| format!("{} {} {} f, {what}", line.set, line.protocol, line.frames);
    let mut goals = Vec::new();
    for (protocol, frames, must, stretch) in ROWS {
        if line.protocol == protocol && line.frames == frames {
            let assessed = line.genuine;
            let measured = [
                ("F1", line.f1, assessed),
                ("F.1", line.f01, assessed),
                ("N1", line.n1, assessed),
                ("FTA", line.fta, assessed + line.missed),
            ];
            for (n, (what, measured, tries)) in measured.into_iter().enumerate() {
                let goal = Goal::new(name(what), measured, must[n], stretch[n]);
                goals.push(goal.of_tries(tries));
            }
        }
    }
    if line.frames != 1 {
        return goals;
    }
    for (protocol, frr) in FIXED {
        if line.protocol != protocol {
            continue;
        }
        for (n, threshold) in ["0.90", "0.92"].into_iter().enumerate() {
            let Some(decision) = line.fixed.get(n) else {
                continue;
            };
            let at = |what: &str| name(&format!("{what} at r < {threshold}"));
            let refused = Goal::new(at("FRR"), decision.frr, frr[n], frr[n] / 2.0);
            goals.push(refused.of_tries(line.genuine));
            let accepted = Goal::new(at("FAR"), decision.far, FAR[n], FAR[n]);
            goals.push(accepted.of_tries(line.stranger_pairs));
            goals.push(Goal::new(at("wrong"), decision.wrong, WRONG[n], WRONG[n]));
        }
    }
    if line.protocol == "split" {
        let [frr, far] = ANYONE;
        let open = &line.anyone;
        let refused = Goal::new(name("face alone, FRR"), open.frr, frr, frr / 2.0);
        goals.push(refused.of_tries(line.genuine));
        goals.push(Goal::new(name("face alone, strangers"), open.far, far, far));
    }
    goals
}
