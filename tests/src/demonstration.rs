//! The demonstration session: from the first run to a restored dump, in the real window.

mod acts;
mod backup;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::people::People;
use crate::screen::Album;
use crate::station::Station;

/// One step of the session, as it is told to whoever watches.
struct Told {
    number: u32,
}

impl Told {
    /// Tells a step when it is done, with the time that it took.
    async fn step<T>(&mut self, what: &str, act: impl Future<Output = Result<T>>) -> Result<T> {
        self.number += 1;
        let begun = Instant::now();
        let done = act
            .await
            .with_context(|| format!("step {} failed: {what}", self.number))?;
        say(&format!(
            "{:>4}  {what} ({:.1} s)",
            self.number,
            begun.elapsed().as_secs_f32()
        ));
        Ok(done)
    }
}

#[expect(clippy::print_stdout, reason = "the session is watched on a terminal")]
fn say(line: &str) {
    println!("{line}");
}

/// Plays the session and leaves its pictures in `pictures`. `faces` names a folder of real ones.
///
/// # Errors
/// The first step that does not go as it should, with what was seen instead.
pub async fn play(pictures: &Path, faces: Option<&Path>) -> Result<()> {
    let mut album = Album::begin(pictures)?;
    let begun = Instant::now();
    let station = Station::open().await.context("the window did not open")?;
    let people = match faces {
        Some(folder) => People::from_folder(folder)?,
        None => People::draw(&station.folder().join("people"))?,
    };
    let played = acts::all(&station, &people, &mut album).await;
    if played.is_err() {
        let picture = album.add(&station.screen, "failed");
        say(&format!("      the screen as it was: {picture:?}"));
    }
    let closed = station.close().await;
    played?;
    closed.context("the window did not close")?;
    say(&format!(
        "\nAll steps hold, in {} s.",
        begun.elapsed().as_secs()
    ));
    Ok(())
}
