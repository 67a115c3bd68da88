//! One kill, from the first acknowledged movement to the verdict.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rand::{Rng, rngs::StdRng};
use serde::Serialize;

use super::app::{App, Plan};
use super::ground::Ground;
use super::strike::{self, Aim};
use super::verdict::Verdict;
use crate::until::{pass, until};

/// Ten times what a start may take.
pub const PATIENCE: Duration = Duration::from_secs(50);
/// The application is at work once so many documents stand.
const AT_WORK: usize = 20;

/// How a round went.
#[derive(Debug, Clone, Serialize)]
pub struct Round {
    /// Who was hit.
    pub aim: Aim,
    /// Milliseconds from the kill to the first answer, without anybody's help.
    pub ready_ms: u64,
    /// Documents tried.
    pub tried: usize,
    /// Documents acknowledged.
    pub acknowledged: usize,
    /// Documents that stood although the first answer was lost.
    pub ambiguous: usize,
    /// What was found wrong.
    pub verdict: Verdict,
}

/// Runs one round.
pub async fn run(program: &Path, ground: &Ground, aim: Aim, dice: &mut StdRng) -> Result<Round> {
    let app = App::start(program, &Plan::usual(ground, dice.random()))?;
    at_work(&app).await?;
    pass(Duration::from_millis(dice.random_range(20..600))).await;
    let struck = Instant::now();
    strike::kill(ground, aim, dice)?;
    let (journal, ready) = if aim.spares_the_app() {
        let ready = goes_on(&app, struck).await?;
        (app.kill(), ready)
    } else {
        let journal = app.kill();
        let attached = ground.attach().await?;
        super::ground::connect(&attached, ombor_core::schema::APP_ROLE).await?;
        (journal, struck.elapsed())
    };
    let heard = journal.close();
    let attached = ground.attach().await?;
    let verdict = Verdict::reach(&attached, &heard).await?;
    ensure!(!heard.acknowledged.is_empty(), "nothing was posted");
    Ok(Round {
        aim,
        ready_ms: u64::try_from(ready.as_millis())?,
        tried: heard.tried.len(),
        acknowledged: heard.acknowledged.len(),
        ambiguous: heard.ambiguous.len(),
        verdict,
    })
}

/// Waits until the application posts.
pub async fn at_work(app: &App) -> Result<()> {
    until("the first documents", PATIENCE, async || {
        Ok((app.journal.heard().acknowledged.len() >= AT_WORK).then_some(()))
    })
    .await
}

/// How long it took until a document that was begun after `instant` stood.
pub async fn goes_on(app: &App, instant: Instant) -> Result<Duration> {
    let stood = until("a document begun afterwards", PATIENCE, async || {
        Ok(app.journal.heard().goes_on_after(instant))
    })
    .await?;
    Ok(stood.duration_since(instant))
}
