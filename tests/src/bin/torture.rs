//! The long form of the torture: `make torture`. Prints its figures and writes them to `out/bench/torture.json`.
//!
//! `torture [ROUNDS] [SEED]`; `torture app PLAN`, and `backups`, `restores` and `migrations` in the place of `app`, are the
//! programs that are killed.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints what it measured"
)]

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use ombor_tests::torture::app::Plan;
use ombor_tests::torture::backups::{BackupPlan, kill_backups};
use ombor_tests::torture::ground::Ground;
use ombor_tests::torture::migrations::MigrationPlan;
use ombor_tests::torture::power::{self, Disk};
use ombor_tests::torture::report::Report;
use ombor_tests::torture::restores::{Point, RestorePlan, kill_restores};
use ombor_tests::torture::strike::Aim;
use ombor_tests::torture::{control, round, trial};
use rand::{Rng, SeedableRng, rngs::StdRng};

const ROUNDS: usize = 200;
const CUTS: usize = 20;
const TRIALS: usize = 3;
const KILLED_BACKUPS: usize = 100;
const KILLED_RESTORES: usize = 52;

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, plan] = arguments.as_slice() {
        match word.as_str() {
            "app" => serde_json::from_str::<Plan>(plan)?.work().await?,
            "backups" => serde_json::from_str::<BackupPlan>(plan)?.work().await?,
            "migrations" => serde_json::from_str::<MigrationPlan>(plan)?.work().await?,
            "restores" => serde_json::from_str::<RestorePlan>(plan)?.work().await?,
            _ => return long_form(&arguments).await,
        }
        return Ok(ExitCode::SUCCESS);
    }
    long_form(&arguments).await
}

async fn long_form(arguments: &[String]) -> Result<ExitCode> {
    let rounds = match arguments.first() {
        Some(rounds) => rounds.parse().context("how many rounds")?,
        None => ROUNDS,
    };
    let seed = match arguments.get(1) {
        Some(seed) => seed.parse().context("a seed")?,
        None => rand::rng().random(),
    };
    let report = torture(rounds, seed).await?;
    println!("{}", report.table());
    report.write(Path::new("out/bench/torture.json"))?;
    Ok(if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn torture(rounds: usize, seed: u64) -> Result<Report> {
    let program = std::env::current_exe()?;
    let mut dice = StdRng::seed_from_u64(seed);
    let mut report = Report {
        seed,
        ..Report::default()
    };
    let folder = tempfile::tempdir()?;
    let ground = Ground::lay_out(folder.path(), Ground::limits()).await?;
    for number in 0..rounds {
        let aim = Aim::ALL[dice.random_range(0..Aim::ALL.len())];
        let round = round::run(&program, &ground, aim, &mut dice).await?;
        if number % 10 == 9 || !round.verdict.is_clean() {
            eprintln!("{} of {rounds}: {round:?}", number + 1);
        }
        report.rounds.push(round);
    }
    for _ in 0..TRIALS {
        trials(&program, &ground, &mut dice, &mut report).await?;
    }
    let backups = folder.path().join("backups");
    report.killed_backups =
        kill_backups(&program, &ground, &backups, KILLED_BACKUPS, &mut dice).await?;
    // Twice around for each point, so that both the program and the server are hit there.
    let points = (0..KILLED_RESTORES).map(|number| Point::ALL[number / 2 % Point::ALL.len()]);
    let restored = folder.path().join("restored");
    report.killed_restores = kill_restores(&program, &ground, &restored, points, &mut dice).await?;
    for _ in 0..CUTS {
        let folder = tempfile::tempdir()?;
        let cut = power::cut(&program, folder.path(), Disk::Honest, &mut dice).await?;
        let Some(cut) = cut else {
            leave_out(&mut report, "power cuts: no disk image can be mounted here");
            break;
        };
        report.cuts.push(cut);
    }
    controls(&program, &ground, &mut dice, &mut report).await?;
    Ok(report)
}

async fn trials(
    program: &Path,
    ground: &Ground,
    dice: &mut StdRng,
    report: &mut Report,
) -> Result<()> {
    report
        .trials
        .push(trial::frozen_server(program, ground, dice.random()).await?);
    report
        .trials
        .push(trial::broken_socket(program, ground, dice.random()).await?);
    let folder = tempfile::tempdir()?;
    match trial::full_disk(program, folder.path(), dice.random()).await? {
        Some(trial) => report.trials.push(trial),
        None => leave_out(report, "full disk: no small disk can be mounted here"),
    }
    match trial::clock_back(program, ground, dice.random()).await? {
        Some(trial) => report.trials.push(trial),
        None => leave_out(report, "clock: libfaketime is not installed"),
    }
    Ok(())
}

async fn controls(
    program: &Path,
    ground: &Ground,
    dice: &mut StdRng,
    report: &mut Report,
) -> Result<()> {
    let seed = dice.random();
    let sequence = control::cursor_by_sequence(program, ground, seed).await?;
    report.controls.push(sequence);
    let folder = tempfile::tempdir()?;
    match control::lying_disk(program, folder.path(), dice).await? {
        Some(control) => report.controls.push(control),
        None => leave_out(
            report,
            "a disk that lies: libeatmydata or a disk image is missing",
        ),
    }
    // Last on this ground: its books hold double bookings afterwards.
    let ids = control::forgotten_ids(program, ground, dice.random()).await?;
    report.controls.push(ids);
    Ok(())
}

fn leave_out(report: &mut Report, why: &str) {
    if !report.left_out.iter().any(|known| known == why) {
        report.left_out.push(why.to_owned());
    }
}
