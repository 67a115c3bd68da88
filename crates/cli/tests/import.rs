//! `omborctl import … --dry-run` as a script sees it: JSON on standard output and an exit code.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

fn omborctl(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_omborctl"))
        .arg("--data")
        .arg(folder.join("data"))
        .arg("import")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("omborctl runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

fn folder_with(name: &str, content: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join(name), content).expect("a file");
    folder
}

#[test]
fn a_dry_run_counts_what_would_come_and_names_what_would_not() {
    let folder = folder_with(
        "list.csv",
        "Товар;Группа;Остаток\nЧай;Напитки;2\nСоль;Еда;10+\n",
    );
    let output = omborctl(&["list.csv", "--dry-run", "--json"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    let answer = json(&output);
    let counts = ["read", "products", "categories", "stock"].map(|name| answer[name].as_u64());
    assert_eq!(
        (answer["format"].as_str(), counts),
        (Some("csv"), [Some(2), Some(2), Some(2), Some(1)])
    );
    assert_eq!(answer["skipped"][0]["row"], 3);
    assert!(
        answer["skipped"][0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("10+"))
    );
    assert!(
        !folder.path().join("data").exists(),
        "a dry run makes no data directory"
    );
}

#[test]
fn a_file_that_is_no_catalogue_ends_with_2_and_one_that_cannot_be_read_with_3() {
    let folder = folder_with("letter.txt", "Dear friend,\nall is well.\n");
    let refused = omborctl(&["letter.txt", "--dry-run", "--json"], folder.path());
    assert_eq!(
        (refused.status.code(), json(&refused)["error"].as_str()),
        (Some(2), Some("other_text"))
    );
    let missing = omborctl(&["nothing.csv", "--dry-run", "--json"], folder.path());
    assert_eq!(
        (missing.status.code(), json(&missing)["error"].as_str()),
        (Some(3), Some("unreadable"))
    );
    let wrong = omborctl(&["--dry-run"], folder.path());
    assert_eq!(wrong.status.code(), Some(64));
}

#[test]
fn in_words_the_answer_says_the_same() {
    let folder = folder_with("list.csv", "Товар;Остаток\nЧай;2\nСоль;много\n");
    let output = omborctl(&["list.csv", "--dry-run"], folder.path());
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(
        text.contains("2 products") && text.contains("list.csv:3") && text.contains("много"),
        "{text}"
    );
}

#[test]
fn a_column_is_corrected_by_hand() {
    let folder = folder_with("list.csv", "Товар;Поле\nЧай;2\n");
    let output = omborctl(
        &["list.csv", "--dry-run", "--json", "--map", "Поле=quantity"],
        folder.path(),
    );
    assert_eq!(json(&output)["stock"], 1);
    let wrong = omborctl(
        &["list.csv", "--dry-run", "--map", "Поле=colour"],
        folder.path(),
    );
    assert_eq!(wrong.status.code(), Some(64));
}
