//! Files: how long, how named, how numbered.

use std::collections::BTreeMap;

use super::tree::{assert_none, sources, sources_with};

/// A file that is longer has two subjects.
const LINES_LIMIT: usize = 400;

#[test]
fn no_file_is_longer_than_one_subject() {
    let broken: Vec<String> = sources()
        .iter()
        .filter(|source| matches!(source.extension(), "rs" | "ts" | "tsx" | "sql" | "css"))
        .filter(|source| source.file_name() != "bindings.ts")
        .filter(|source| source.text.lines().count() > LINES_LIMIT)
        .map(|source| format!("{} has {} lines", source.path, source.text.lines().count()))
        .collect();
    assert_none("a file with two subjects:", &broken);
}

#[test]
fn a_module_is_a_file_with_its_own_name() {
    let broken: Vec<String> = sources_with("rs")
        .into_iter()
        .filter(|source| source.file_name() == "mod.rs")
        .map(|source| source.path)
        .collect();
    assert_none("mod.rs hides a module's name:", &broken);
}

#[test]
fn migrations_are_numbered_without_gap_or_twin_and_say_what_they_add() {
    let mut numbers: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut broken = Vec::new();
    for migration in sources_with("sql")
        .iter()
        .filter(|sql| sql.path.starts_with("migrations/"))
    {
        let name = migration.file_name().trim_end_matches(".sql");
        match name
            .split_once('_')
            .map(|(number, what)| (number.parse::<u32>(), number, what))
        {
            Some((Ok(number), digits, what))
                if digits.len() == 4
                    && !what.is_empty()
                    && what.chars().all(|c| c.is_ascii_lowercase() || c == '_') =>
            {
                numbers
                    .entry(number)
                    .or_default()
                    .push(migration.path.clone());
            }
            _ => broken.push(format!("{}: not NNNN_what_it_adds.sql", migration.path)),
        }
    }
    for ((number, paths), expected) in numbers.iter().zip(1..) {
        if paths.len() > 1 {
            broken.push(format!("{number:04} stands twice: {}", paths.join(", ")));
        }
        if *number != expected {
            broken.push(format!("{expected:04} is missing before {number:04}"));
        }
    }
    assert!(!numbers.is_empty(), "no migration was found");
    assert_none("migrations:", &broken);
}
