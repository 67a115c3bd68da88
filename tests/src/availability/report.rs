//! The figures: printed, and written for whoever compares them.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::blow::Blow;
use super::round::Round;

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Replays the run.
    pub seed: u64,
    /// The blows to a cluster that waits for a second copy.
    pub rounds: Vec<Round>,
    /// The broken twin: a cluster that does not wait.
    pub control: Option<Round>,
}

impl Report {
    /// Whether nothing was lost and the broken twin was caught.
    pub fn holds(&self) -> bool {
        self.rounds
            .iter()
            .all(|round| round.waits_for_copy && round.verdict.is_clean())
            && self
                .control
                .as_ref()
                .is_some_and(|control| control.verdict.lost > 0)
    }

    /// As a table.
    pub fn table(&self) -> String {
        let mut lines = vec![
            format!("seed {}", self.seed),
            "blow               rounds  acknowledged  lost  doubled  without a primary   no document stands  two primaries"
                .to_owned(),
        ];
        for blow in Blow::ALL {
            let rounds: Vec<&Round> = self
                .rounds
                .iter()
                .filter(|round| round.blow == blow)
                .collect();
            if !rounds.is_empty() {
                lines.push(line(&format!("{blow:?}"), &rounds));
            }
        }
        if let Some(control) = &self.control {
            lines.push(line("without waiting", &[control]));
            lines.push(format!(
                "broken: commits that do not wait for a copy  {}: {} of {} acknowledged documents lost",
                if control.verdict.lost > 0 { "caught" } else { "NOT CAUGHT" },
                control.verdict.lost,
                control.acknowledged
            ));
        }
        lines.join("\n")
    }

    /// As JSON.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, serde_json::to_string_pretty(self)?)?;
        Ok(())
    }
}

/// Rounds of one kind, times as median and maximum in seconds.
fn line(name: &str, rounds: &[&Round]) -> String {
    let acknowledged: usize = rounds.iter().map(|round| round.acknowledged).sum();
    let lost = rounds.iter().map(|round| round.verdict.lost).max();
    let doubled = rounds.iter().map(|round| round.verdict.doubled).max();
    let seconds = |of: fn(&Round) -> u64| {
        let mut times: Vec<u64> = rounds.iter().map(|round| of(round)).collect();
        times.sort_unstable();
        let at = |place: usize| times.get(place).copied().unwrap_or_default();
        let (median, most) = (at(times.len() / 2), at(times.len() - 1));
        format!(
            "{}.{} s, max {}.{} s",
            median / 1000,
            median / 100 % 10,
            most / 1000,
            most / 100 % 10
        )
    };
    format!(
        "{name:<18} {:>6}  {acknowledged:>12}  {:>4}  {:>7}  {:<18}  {:<18}  {}",
        rounds.len(),
        lost.unwrap_or_default(),
        doubled.unwrap_or_default(),
        seconds(|round| round.without_primary_ms),
        seconds(|round| round.silence_ms),
        seconds(|round| round.two_primaries_ms),
    )
}
