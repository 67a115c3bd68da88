//! A hundred thousand products from a CSV into an empty warehouse, as `omborctl import` and the window do it, beside a
//! plain `COPY` of the same rows into bare tables: one server, one run, interleaved.
//!
//! Prints a table and writes the same figures to `out/bench/import.json`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod bare;
mod list;

use std::{
    fs,
    ops::ControlFlow,
    path::Path,
    slice,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use ombor_core::takeover::{TakenOver, take_over};
use ombor_import::{Plan, read};
use ombor_testkit::Warehouse;
use serde_json::json;
use tempfile::TempDir;

const ROWS: usize = 100_000;
const ROUNDS: usize = 3;
/// What reading and writing may take together.
const AIM: Duration = Duration::from_secs(10);

/// What one round took.
struct Round {
    reading: Duration,
    writing: Duration,
    again: Duration,
    copying: Duration,
}

impl Round {
    fn import(&self) -> Duration {
        self.reading + self.writing
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let rows = list::rows(ROWS);
    let folder = TempDir::new()?;
    let path = folder.path().join("list.csv");
    fs::write(&path, list::csv(&rows))?;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let warehouse = Warehouse::open().await?;
        let copying = bare::copy(&warehouse.database, &rows).await?;
        let began = Instant::now();
        let plan = read(slice::from_ref(&path), &[], &mut |_| {
            ControlFlow::Continue(())
        })?;
        let reading = began.elapsed();
        let (report, writing) = write(&warehouse, &plan).await?;
        ensure!(
            (report.products, report.codes, report.balances) == (ROWS, ROWS, ROWS),
            "everything is written"
        );
        let (report, again) = write(&warehouse, &plan).await?;
        ensure!(report.unchanged == ROWS, "nothing is written twice");
        rounds.push(Round {
            reading,
            writing,
            again,
            copying,
        });
    }
    tell(&rounds)
}

async fn write(warehouse: &Warehouse, plan: &Plan) -> Result<(TakenOver, Duration)> {
    let mut connection = warehouse.database.connection().await?;
    let began = Instant::now();
    let old = plan.old_warehouse();
    let mut unheard = |_| ControlFlow::Continue(());
    let report = take_over(&mut connection, &warehouse.admin, &old, &mut unheard).await?;
    Ok((report, began.elapsed()))
}

fn tell(rounds: &[Round]) -> Result<()> {
    let [reading, writing, again, copying, import] = [
        median(rounds, |round| round.reading),
        median(rounds, |round| round.writing),
        median(rounds, |round| round.again),
        median(rounds, |round| round.copying),
        median(rounds, Round::import),
    ];
    let ratio = writing / copying;
    println!("\n{ROWS} products with a code and a balance each, median of {ROUNDS} rounds");
    println!("{:<28} {reading:>6.2} s", "reading the CSV");
    println!("{:<28} {writing:>6.2} s", "writing them");
    println!("{:<28} {import:>6.2} s (aim {AIM:?})", "both");
    println!("{:<28} {again:>6.2} s", "writing them again: no change");
    println!(
        "{:<28} {copying:>6.2} s ({ratio:.1}x)",
        "COPY into bare tables"
    );
    let figures = json!({
        "rows": ROWS, "rounds": ROUNDS, "reading_s": reading, "writing_s": writing, "import_s": import,
        "import_aim_s": AIM.as_secs(), "again_s": again, "copy_s": copying, "ratio": ratio,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .context("the crate lies in the tree")?
        .join("out")
        .join("bench");
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("import.json"),
        serde_json::to_string_pretty(&figures)?,
    )?;
    Ok(())
}

fn median(rounds: &[Round], time: impl Fn(&Round) -> Duration) -> f64 {
    let mut times: Vec<Duration> = rounds.iter().map(time).collect();
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(f64::NAN, Duration::as_secs_f64)
}
