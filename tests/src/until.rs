//! Waiting for something to become true: the only place in the tests that lets time pass.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const PAUSE: Duration = Duration::from_millis(25);

/// Asks again and again until `ask` has an answer.
///
/// # Errors
/// When there is none within `limit`, naming `what` was waited for; and whatever `ask` fails with.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut ask: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if begun.elapsed() > limit {
            bail!("waited {} s in vain: {what}", limit.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Lets a random delay of the torture pass, which is drawn and not waited for anything.
pub async fn pass(time: Duration) {
    tokio::time::sleep(time).await;
}
