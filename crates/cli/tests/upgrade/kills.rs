//! An upgrade that is killed: the old cluster is in its place and starts, and the next upgrade goes through.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rand::Rng;

use crate::house::Computer;

const LONG_RUNS: usize = 20;

/// What an upgrade says when it is there.
const POINTS: [&str; 5] = [
    "reading the old database",
    "making the new one",
    "filling it",
    "comparing both",
    "putting it in place",
];

/// Whom a kill hits, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// The program that upgrades, as soon as it says that it is there.
    ProgramAt(&'static str),
    /// The new cluster's server, then.
    ServerAt(&'static str),
    /// The program after so long; its servers and tools go on.
    ProgramAfter(Duration),
    /// The program with its servers and tools, after so long.
    EverythingAfter(Duration),
}

impl Blow {
    /// One of the long form.
    fn drawn(run: usize, usual: Duration, dice: &mut impl Rng) -> Self {
        let after = usual.mul_f64(dice.random_range(0.0..1.0));
        match run % 4 {
            0 => Self::ProgramAfter(after),
            1 => Self::EverythingAfter(after),
            2 => Self::ProgramAt(POINTS[run / 4 % POINTS.len()]),
            _ => Self::ServerAt(POINTS[2 + run / 4 % 2]),
        }
    }

    fn fall(self, computer: &Computer) {
        match self {
            Self::ProgramAt(point) | Self::ServerAt(point) => self.fall_at(point, computer),
            Self::ProgramAfter(after) => fall_after(&["--foreground"], after, computer),
            Self::EverythingAfter(after) => fall_after(&[], after, computer),
        }
    }

    fn fall_at(self, point: &str, computer: &Computer) {
        let mut upgrading = computer
            .upgrade(&["--yes"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("omborctl");
        let said = BufReader::new(upgrading.stderr.take().expect("a pipe"));
        let mut lines = said.lines().map(|line| line.expect("a line"));
        assert!(lines.any(|line| line == point), "it never came to: {point}");
        match self {
            Self::ServerAt(_) => kill_new_server(computer),
            // It may have come to its end by itself.
            _ => drop(upgrading.kill()),
        }
        upgrading.wait().expect("an end");
    }
}

/// `timeout` counts the time; without `--foreground` it hits all that the program started.
fn fall_after(manner: &[&str], after: Duration, computer: &Computer) {
    let upgrading = computer.upgrade(&["--yes"]);
    let mut clock = Command::new("timeout");
    clock
        .args(manner)
        .args(["--signal=KILL", &after.as_secs_f64().to_string()])
        .arg(upgrading.get_program())
        .args(upgrading.get_args())
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    clock.status().expect("timeout");
}

fn kill_new_server(computer: &Computer) {
    let pid_file = computer.data().join("upgrade/cluster/postmaster.pid");
    // It may have ended by itself.
    let Ok(text) = fs::read_to_string(pid_file) else {
        return;
    };
    let pid = text.lines().next().expect("a number").to_owned();
    let _ = Command::new("kill").args(["-KILL", &pid]).status();
}

/// The warehouse is there: the old one, which its own programs start, or the new one. Which one it is.
async fn is_whole(computer: &Computer) -> u32 {
    // The next start of a desk settles whatever is to be settled, and says how it stands.
    let started = computer.command(&["verify"]).output().expect("omborctl");
    let major = computer.major().expect("a cluster in place");
    if major == 18 {
        assert_eq!(computer.facts(), computer.before);
        computer.answers(0, &["stop"]);
    } else {
        let said = String::from_utf8_lossy(&started.stdout).into_owned();
        assert!(said.contains("serverVersion"), "{said}");
        let found = computer.look_at_old().await;
        assert_eq!(found, (computer.before.clone(), Vec::new()));
    }
    major
}

/// The next upgrade goes through and leaves nothing but its way back.
fn goes_through(computer: &Computer) {
    if computer.major() == Some(16) {
        computer.upgrade_answers(0, &["--yes"]);
    }
    assert_eq!(computer.facts(), computer.before);
    let mut traces = computer.traces();
    // Killed behind the exchange it leaves its folder, which the next one or the confirmation removes.
    traces.retain(|trace| trace != "upgrade");
    assert_eq!(traces, ["cluster-16", "upgrade.json"]);
}

#[tokio::test]
async fn t19_an_upgrade_killed_anywhere_leaves_a_warehouse_and_the_next_one_goes_through() {
    let Some(computer) = Computer::with(3).await else {
        return;
    };
    if env::var_os("OMBOR_LONG").is_some() {
        return long_form(&computer).await;
    }
    for blow in [
        Blow::ProgramAt(POINTS[0]),
        Blow::ServerAt(POINTS[2]),
        Blow::ProgramAt(POINTS[4]),
    ] {
        blow.fall(&computer);
        let major = is_whole(&computer).await;
        println!("{blow:?}: PostgreSQL {major}");
        assert!(major == 16 || blow == Blow::ProgramAt(POINTS[4]));
    }
    goes_through(&computer);
}

async fn long_form(computer: &Computer) {
    let let_alone = computer.copied();
    let begun = Instant::now();
    let_alone.upgrade_answers(0, &["--yes"]);
    let usual = begun.elapsed();
    println!("one that is let alone: {} ms", usual.as_millis());
    let mut dice = rand::rng();
    for run in 0..LONG_RUNS {
        let computer = computer.copied();
        let blow = Blow::drawn(run, usual, &mut dice);
        blow.fall(&computer);
        let major = is_whole(&computer).await;
        println!("{run}: {blow:?}: PostgreSQL {major}");
        goes_through(&computer);
    }
}
