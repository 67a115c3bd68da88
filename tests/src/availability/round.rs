//! One blow, from the first acknowledged document to the verdict.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::{Rng, rngs::StdRng};
use serde::Serialize;
use uuid::Uuid;

use super::blow::Blow;
use super::cluster::Cluster;
use super::warehouse;
use super::watch::Watch;
use crate::torture::app::{App, Plan};
use crate::torture::journal::Heard;
use crate::torture::round::at_work;
use crate::torture::verdict::Verdict;
use crate::until::{pass, until};

/// More than twice what the settings allow for.
const PATIENCE: Duration = Duration::from_secs(90);
/// So many documents must be begun and acknowledged afterwards.
const GOES_ON: usize = 50;

/// How a round went.
#[derive(Debug, Clone, Serialize)]
pub struct Round {
    /// What was done.
    pub blow: Blow,
    /// Whether commits waited for a second copy.
    pub waits_for_copy: bool,
    /// Milliseconds without any node that took writes.
    pub without_primary_ms: u64,
    /// Milliseconds with two nodes that called themselves primary.
    pub two_primaries_ms: u64,
    /// The longest time, in milliseconds, in which no desk was told that a document stands.
    pub silence_ms: u64,
    /// Documents acknowledged.
    pub acknowledged: usize,
    /// Documents that stood although the first answer was lost.
    pub ambiguous: usize,
    /// What was found wrong in the books, of this round and all before.
    pub verdict: Verdict,
}

/// All that was acknowledged in all rounds.
pub type Acknowledged = HashMap<Uuid, Instant>;

/// Runs one round and mends the cluster.
pub async fn run(
    program: &Path,
    cluster: &mut Cluster,
    blow: Blow,
    dice: &mut StdRng,
    acknowledged: &mut Acknowledged,
) -> Result<Round> {
    cluster.whole().await?;
    let primary = cluster.primary().await.context("a primary")?;
    let waits_for_copy = cluster.second().await.is_some();
    let app = App::start(program, &Plan::at(warehouse::app(cluster), dice.random()))?;
    at_work(&app).await?;
    pass(Duration::from_millis(dice.random_range(500..2000))).await;
    let watch = Watch::begin(cluster);
    let struck = Instant::now();
    blow.strike(cluster, primary).await?;
    let over = over(cluster, blow, primary).await?;
    until("documents begun afterwards", PATIENCE, async || {
        let begun = app.journal.heard().begun_after(over);
        Ok((begun >= GOES_ON).then_some(()))
    })
    .await
    .with_context(|| format!("{blow:?}"))?;
    let mut heard = app.kill().close();
    let seen = watch.end().await?;
    let (count, ambiguous) = (heard.acknowledged.len(), heard.ambiguous.len());
    let silence = longest_silence(&heard, struck);
    acknowledged.extend(heard.acknowledged.drain());
    heard.acknowledged.clone_from(acknowledged);
    let verdict = warehouse::verdict(cluster, &heard).await?;
    cluster.mend()?;
    Ok(Round {
        blow,
        waits_for_copy,
        without_primary_ms: milliseconds(seen.longest_without),
        two_primaries_ms: milliseconds(seen.longest_with_two),
        silence_ms: milliseconds(silence),
        acknowledged: count,
        ambiguous,
        verdict,
    })
}

/// When the adversity has done its worst and what follows is recovery.
async fn over(cluster: &mut Cluster, blow: Blow, primary: usize) -> Result<Instant> {
    if blow == Blow::EtcdMajority {
        until("a primary that steps down", PATIENCE, async || {
            Ok(cluster.primary().await.is_none().then_some(()))
        })
        .await?;
        cluster.mend()?;
    }
    if blow.moves_the_primary() {
        until("another primary", PATIENCE, async || {
            let now = cluster.primary_but(primary).await;
            Ok(now.then_some(()))
        })
        .await?;
    }
    Ok(Instant::now())
}

/// The longest time between two acknowledgements, the first of which came after `struck`.
fn longest_silence(heard: &Heard, struck: Instant) -> Duration {
    let mut instants: Vec<Instant> = heard.acknowledged.values().copied().collect();
    instants.retain(|instant| *instant > struck);
    instants.push(struck);
    instants.sort_unstable();
    let pauses = instants.windows(2).map(|pair| pair[1] - pair[0]);
    pauses.max().unwrap_or_default()
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
