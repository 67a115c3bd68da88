//! How well the gate tells people apart, how well it tells a photo from a person, and what a frame costs.
//!
//! `FACES=DIR` names a folder of faces (`docs/face-gate.md` says how it is laid out); without it only the speed is
//! measured, on drawn faces. Prints tables and writes the same figures to `out/bench/face.json`. Every rate is the same on
//! every run.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench prints what it measured"
)]

mod attack;
mod crowd;
mod figures;
mod goals;
mod liveness;
mod look;
mod motion;
mod plain;
mod protocol;
mod set;
mod speed;
mod system;

use crate::figures::Line;
use crate::goals::Goal;
use crate::set::Set;
use crate::system::System;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Templates of one light, as a visit gives them.
const TEMPLATES: usize = 10;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(speed::RESIDENT) {
        return speed::report_residence(Path::new(&arguments.next().unwrap_or_default()));
    }
    // One core, as on a busy desk.
    opencv::core::set_num_threads(1)?;
    let mut report = json!({});
    let mut goals = Vec::new();
    match std::env::var_os("FACES").map(PathBuf::from) {
        Some(folder) => {
            for set in Set::all(&folder)? {
                report[&set.name] = accuracy(&set, &mut goals)?;
            }
        }
        None => println!(
            "FACES=DIR is not given, so that no accuracy is measured. It needs a folder of faces,\n\
             DIR/SET/PERSON/NNN-SESSION.jpg: docs/face-gate.md says how it is laid out.\n"
        ),
    }
    report["speed"] = speed::measure(&mut goals)?;
    print_goals(&goals);
    report["goals"] = serde_json::to_value(&goals)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../out/bench");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(
        folder.join("face.json"),
        serde_json::to_vec_pretty(&report)?,
    )?;
    Ok(())
}

fn accuracy(set: &Set, goals: &mut Vec<Goal>) -> Result<Value> {
    eprintln!("{}: looking at {} pictures", set.name, set.pictures.len());
    let seen = look::look(set)?;
    let mut lines = Vec::new();
    let mut report = json!({});
    print_head(set);
    for protocol in protocol::protocols(set) {
        if protocol.name == "attack" {
            report["attack"] = attack::run(set, &seen, &protocol);
            continue;
        }
        for &window in protocol.windows {
            let guided = |system: &System| set.has_sessions() || *system != System::ProductGuided;
            for system in System::ALL.into_iter().filter(guided) {
                let (line, few) = figures::line(set, &seen, &protocol, window, system);
                print_line(&line);
                if system == System::Product {
                    goals.extend(goals::of(&line));
                }
                if window == 1 && !few.is_empty() {
                    let names: Vec<&str> = few.iter().map(|n| set.people[*n].as_str()).collect();
                    println!("    not enrolled somewhere, too few usable frames: {names:?}");
                }
                lines.push(line);
            }
        }
        if protocol.name == "split" {
            report["crowd"] = crowd::run(set, &seen, &protocol.trials[0])?;
        }
    }
    if set.has_sessions() {
        report["liveness"] = liveness::run(set, &seen, goals)?;
    }
    report["lines"] = serde_json::to_value(lines)?;
    Ok(report)
}

fn print_head(set: &Set) {
    println!(
        "\n{}: {} people, {} pictures. Percent; r < 0.90, r < 0.92 and the product's own thresholds\n\
         (OpenCV default: distance < 80, < 90) each with FRR/FAR/enrolled for each other; 1:N with FRR/strangers.\n\
         \"product\" enrols by the gates of the desk, since nobody guided these people, \"guided\" by those of enrolment.\n",
        set.name,
        set.people.len(),
        set.pictures.len()
    );
    println!(
        "{:<7} {:>2} {:<14} {:>4} {:>5} {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5}  {:<16} {:<16} {:<16} {:<11}",
        "",
        "f",
        "",
        "enr",
        "gen",
        "pairs",
        "FTA",
        "EER",
        "F1",
        "F.1",
        "ID",
        "N1",
        "low",
        "high",
        "own",
        "1:N"
    );
}

fn print_line(line: &Line) {
    let decisions: Vec<String> = line
        .fixed
        .iter()
        .map(|d| format!("{:.1}/{:.2}/{:.2}", d.frr, d.far, d.wrong))
        .collect();
    let open = format!("{:.1}/{:.2}", line.anyone.frr, line.anyone.far);
    println!(
        "{:<7} {:>2} {:<14} {:>4} {:>5} {:>6} {:>5.1} {:>5.1} {:>5.1} {:>5.1} {:>5.1} {:>5.1}  {:<16} {:<16} {:<16} {:<11}",
        line.protocol,
        line.frames,
        line.system,
        line.enrolled,
        line.genuine,
        line.stranger_pairs,
        line.fta,
        line.eer,
        line.f1,
        line.f01,
        line.id,
        line.n1,
        decisions[0],
        decisions[1],
        decisions[2],
        open
    );
}

fn print_goals(goals: &[Goal]) {
    println!(
        "\n{:<52} {:>9} {:>9} {:>9}",
        "Goals", "measured", "must", "aim"
    );
    for goal in goals {
        let verdict = match goal.tries_too_many() {
            _ if goal.met => "PASS".to_owned(),
            Some(tries) => format!("FAIL, by {tries} tries"),
            None => "FAIL".to_owned(),
        };
        println!(
            "{:<52} {:>9.2} {:>9.2} {:>9.2}  {verdict}",
            goal.of, goal.measured, goal.must, goal.stretch
        );
    }
    let missed = goals.iter().filter(|goal| !goal.met).count();
    println!("{} goals, {missed} missed", goals.len());
}
