//! The figures: printed, and written for whoever compares them.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::backups::KilledBackups;
use super::control::Control;
use super::power::Cut;
use super::restores::{KilledRestores, Victim};
use super::round::Round;
use super::trial::Trial;

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Replays the run.
    pub seed: u64,
    /// The kills.
    pub rounds: Vec<Round>,
    /// The other adversities.
    pub trials: Vec<Trial>,
    /// The kills in the middle of backups.
    pub killed_backups: KilledBackups,
    /// The kills in the middle of restores.
    pub killed_restores: KilledRestores,
    /// The power cuts.
    pub cuts: Vec<Cut>,
    /// The broken variants.
    pub controls: Vec<Control>,
    /// What could not be tried here, and why.
    pub left_out: Vec<String>,
}

/// The kills in a few figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Kills.
    pub rounds: usize,
    /// Documents acknowledged.
    pub acknowledged: usize,
    /// Documents that stood although their first answer was lost.
    pub ambiguous: usize,
    /// Documents lost.
    pub lost: usize,
    /// Acts booked twice.
    pub doubled: i64,
    /// Rounds with anything wrong.
    pub unclean: usize,
    /// Milliseconds until ready again, in the middle.
    pub ready_median_ms: u64,
    /// The same for nineteen of twenty.
    pub ready_p95_ms: u64,
    /// The longest.
    pub ready_max_ms: u64,
}

impl Report {
    /// The kills in a few figures.
    pub fn summary(&self) -> Summary {
        let rounds = &self.rounds;
        let mut ready: Vec<u64> = rounds.iter().map(|round| round.ready_ms).collect();
        ready.sort_unstable();
        let at = |share: usize| {
            let last = ready.len().saturating_sub(1);
            ready.get(last * share / 100).copied().unwrap_or(0)
        };
        Summary {
            rounds: rounds.len(),
            acknowledged: rounds.iter().map(|round| round.acknowledged).sum(),
            ambiguous: rounds.iter().map(|round| round.ambiguous).sum(),
            lost: rounds.iter().map(|round| round.verdict.lost).sum(),
            doubled: rounds.last().map_or(0, |round| round.verdict.doubled),
            unclean: rounds
                .iter()
                .filter(|round| !round.verdict.is_clean())
                .count(),
            ready_median_ms: at(50),
            ready_p95_ms: at(95),
            ready_max_ms: at(100),
        }
    }

    /// Whether everything held and every broken variant was caught.
    pub fn holds(&self) -> bool {
        self.summary().unclean == 0
            && self.trials.iter().all(|trial| trial.verdict.is_clean())
            && self.cuts.iter().all(|cut| cut.verdict.is_clean())
            && self.killed_backups.halves.is_empty()
            && self.killed_restores.is_clean()
            && self.controls.iter().all(|control| control.caught)
    }

    /// As a table.
    pub fn table(&self) -> String {
        let summary = self.summary();
        let mut lines = vec![
            format!("seed                 {}", self.seed),
            format!("kills                {}", summary.rounds),
            format!("acknowledged         {}", summary.acknowledged),
            format!("answers lost         {}", summary.ambiguous),
            format!("lost                 {}", summary.lost),
            format!("doubled              {}", summary.doubled),
            format!("rounds with a fault  {}", summary.unclean),
            format!(
                "ready again          median {} ms, p95 {} ms, max {} ms",
                summary.ready_median_ms, summary.ready_p95_ms, summary.ready_max_ms
            ),
        ];
        let held = |holds: bool| if holds { "held" } else { "FAILED" };
        for trial in &self.trials {
            let (name, verdict) = (&trial.name, held(trial.verdict.is_clean()));
            let (acknowledged, back) = (trial.acknowledged, trial.back_ms);
            lines.push(format!(
                "{name:<20} {verdict}, {acknowledged} acknowledged, on again after {back} ms"
            ));
        }
        let backups = &self.killed_backups;
        lines.push(format!(
            "killed backups       {}, {} kills, {} whole backups, {} ms for one that was let alone",
            held(backups.halves.is_empty()),
            backups.kills,
            backups.whole,
            backups.backup_ms
        ));
        lines.push(self.restores());
        if !self.cuts.is_empty() {
            let acknowledged: usize = self.cuts.iter().map(|cut| cut.acknowledged).sum();
            let lost: usize = self.cuts.iter().map(|cut| cut.verdict.lost).sum();
            let clean = self.cuts.iter().all(|cut| cut.verdict.is_clean());
            let (cuts, verdict) = (self.cuts.len(), held(clean));
            lines.push(format!(
                "power cuts           {verdict}, {cuts} cuts, {acknowledged} acknowledged, {lost} lost"
            ));
        }
        for control in &self.controls {
            let caught = if control.caught {
                "caught"
            } else {
                "NOT CAUGHT"
            };
            lines.push(format!(
                "broken: {:<12} {caught}: {}",
                control.name, control.found
            ));
        }
        lines.extend(self.left_out.iter().map(|why| format!("left out: {why}")));
        lines.join("\n")
    }

    fn restores(&self) -> String {
        let restores = &self.killed_restores;
        let of = |victim| restores.hits.iter().filter(move |hit| hit.victim == victim);
        format!(
            "killed restores      {}, {} kills of the program, {} of the server, {} came to the exchange",
            if restores.is_clean() {
                "held"
            } else {
                "FAILED"
            },
            of(Victim::Program).count(),
            of(Victim::Server).count(),
            restores.hits.iter().filter(|hit| hit.is_new).count()
        )
    }

    /// As JSON.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut value = serde_json::to_value(self)?;
        value["summary"] = serde_json::to_value(self.summary())?;
        std::fs::write(path, serde_json::to_string_pretty(&value)?)?;
        Ok(())
    }
}
