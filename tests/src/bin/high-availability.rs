//! High availability, tried: `make high-availability`. Prints its figures and writes them to
//! `out/bench/high-availability.json`.
//!
//! `high-availability [ROUNDS] [SEED]`; `high-availability app PLAN` is the program whose writers post.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints what it measured"
)]

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use ombor_tests::availability::blow::Blow;
use ombor_tests::availability::cluster::Cluster;
use ombor_tests::availability::report::Report;
use ombor_tests::availability::round::{self, Acknowledged};
use ombor_tests::availability::warehouse;
use ombor_tests::torture::app::Plan;
use rand::{Rng, SeedableRng, rngs::StdRng};

const ROUNDS: usize = 21;

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, plan] = arguments.as_slice()
        && word == "app"
    {
        serde_json::from_str::<Plan>(plan)?.work().await?;
        return Ok(ExitCode::SUCCESS);
    }
    let rounds = match arguments.first() {
        Some(rounds) => rounds.parse().context("how many rounds")?,
        None => ROUNDS,
    };
    let seed = match arguments.get(1) {
        Some(seed) => seed.parse().context("a seed")?,
        None => rand::rng().random(),
    };
    let report = try_out(rounds, seed).await?;
    println!("{}", report.table());
    report.write(Path::new("out/bench/high-availability.json"))?;
    Ok(if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn try_out(rounds: usize, seed: u64) -> Result<Report> {
    let program = std::env::current_exe()?;
    let mut dice = StdRng::seed_from_u64(seed);
    let mut report = Report {
        seed,
        ..Report::default()
    };
    let mut cluster = Cluster::start().await?;
    warehouse::lay_out(&cluster).await?;
    let mut acknowledged = Acknowledged::new();
    for (number, blow) in Blow::ALL.iter().cycle().take(rounds).enumerate() {
        let round = round::run(&program, &mut cluster, *blow, &mut dice, &mut acknowledged).await?;
        eprintln!("{} of {rounds}: {round:?}", number + 1);
        report.rounds.push(round);
    }
    // Last on this cluster: its books lack documents afterwards.
    cluster.whole().await?;
    cluster.wait_for_copy(false).await?;
    let blow = Blow::PrimaryHeldBack;
    let control = round::run(&program, &mut cluster, blow, &mut dice, &mut acknowledged).await?;
    eprintln!("the broken twin: {control:?}");
    report.control = Some(control);
    Ok(report)
}
