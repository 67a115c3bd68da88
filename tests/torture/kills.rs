//! Ten kills, each of the other adversities once, and the broken variants.

use std::path::Path;

use ombor_tests::torture::ground::Ground;
use ombor_tests::torture::power::{self, Disk};
use ombor_tests::torture::strike::Aim;
use ombor_tests::torture::{control, round, trial};
use rand::{Rng, SeedableRng, rngs::StdRng};
use tempfile::TempDir;

const ROUNDS: usize = 10;

pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_torture"))
}

pub async fn ground() -> (TempDir, Ground) {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::lay_out(folder.path(), Ground::limits())
        .await
        .unwrap();
    (folder, ground)
}

/// How much is done: the short form belongs to every change, the long one (`OMBOR_LONG=1`) to `make torture`.
pub fn short_or_long((short, long): (usize, usize)) -> usize {
    if std::env::var_os("OMBOR_LONG").is_some() {
        long
    } else {
        short
    }
}

pub fn dice() -> StdRng {
    let seed = rand::rng().random();
    println!("seed {seed}");
    StdRng::seed_from_u64(seed)
}

#[tokio::test]
async fn t07_ten_kills_lose_nothing_and_double_nothing() {
    let (_folder, ground) = ground().await;
    let mut dice = dice();
    for number in 0..ROUNDS {
        let aim = Aim::ALL[number % Aim::ALL.len()];
        let round = round::run(program(), &ground, aim, &mut dice)
            .await
            .unwrap();
        println!("{round:?}");
        assert!(round.verdict.is_clean(), "{round:?}");
    }
}

#[tokio::test]
async fn a_frozen_server_and_a_swept_socket_lose_nothing_and_double_nothing() {
    let (_folder, ground) = ground().await;
    let mut dice = dice();
    let frozen = trial::frozen_server(program(), &ground, dice.random())
        .await
        .unwrap();
    println!("{frozen:?}");
    assert!(frozen.verdict.is_clean(), "{frozen:?}");
    let socket = trial::broken_socket(program(), &ground, dice.random())
        .await
        .unwrap();
    assert!(socket.verdict.is_clean(), "{socket:?}");
}

#[tokio::test]
async fn t12_a_full_disk_ends_writing_before_the_server_panics() {
    let folder = tempfile::tempdir().unwrap();
    let trial = trial::full_disk(program(), folder.path(), dice().random())
        .await
        .unwrap();
    assert!(trial.is_none_or(|trial| trial.verdict.is_clean()));
}

#[tokio::test]
async fn a_clock_that_goes_back_by_a_day_loses_nothing() {
    let (_folder, ground) = ground().await;
    let trial = trial::clock_back(program(), &ground, dice().random())
        .await
        .unwrap();
    assert!(trial.is_none_or(|trial| trial.verdict.is_clean()));
}

#[tokio::test]
async fn t10_a_power_cut_loses_nothing_that_was_acknowledged_and_a_disk_that_lies_is_caught() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = dice();
    let cut = power::cut(program(), folder.path(), Disk::Honest, &mut dice)
        .await
        .unwrap();
    assert!(
        cut.as_ref().is_none_or(|cut| cut.verdict.is_clean()),
        "{cut:?}"
    );
    let folder = tempfile::tempdir().unwrap();
    let caught = control::lying_disk(program(), folder.path(), &mut dice)
        .await
        .unwrap();
    assert!(
        caught.as_ref().is_none_or(|control| control.caught),
        "{caught:?}"
    );
}

#[tokio::test]
async fn t27_a_cursor_by_sequence_misses_events_and_the_watermark_none() {
    let (_folder, ground) = ground().await;
    let control = control::cursor_by_sequence(program(), &ground, dice().random())
        .await
        .unwrap();
    assert!(control.caught, "{control:?}");
}

#[tokio::test]
async fn ids_that_are_not_kept_book_twice_and_are_caught() {
    let (_folder, ground) = ground().await;
    let control = control::forgotten_ids(program(), &ground, dice().random())
        .await
        .unwrap();
    assert!(control.caught, "{control:?}");
}
