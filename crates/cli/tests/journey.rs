//! A warehouse moves in, is examined, backed up, brought back and moves out, all without a window.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Runs a command on the warehouse of this folder.
fn omborctl(folder: &Path, arguments: &[&str], typed: &str) -> Output {
    let mut running = Command::new(env!("CARGO_BIN_EXE_omborctl"))
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--json")
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("omborctl runs");
    let mut input = running.stdin.take().expect("standard input");
    input.write_all(typed.as_bytes()).expect("typed");
    drop(input);
    running.wait_with_output().expect("omborctl ends")
}

/// The folder of a warehouse whose server ends with the test, however that ends.
struct Home(TempDir);

impl Drop for Home {
    fn drop(&mut self) {
        omborctl(self.0.path(), &["stop"], "");
    }
}

/// What a command that has to go well answers.
fn answer(folder: &Path, arguments: &[&str], typed: &str) -> Value {
    let output = omborctl(folder, arguments, typed);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

#[test]
fn a_warehouse_moves_in_is_kept_and_moves_out() {
    let home = Home(TempDir::new().expect("a folder"));
    let folder = home.0.path();
    assert_eq!(omborctl(folder, &["status"], "").status.code(), Some(1));
    assert_eq!(omborctl(folder, &["verify"], "").status.code(), Some(1));

    fs::write(
        folder.join("list.csv"),
        "Товар;Штрихкод;Цена;Остаток\nЧай;4780000000017;12500,50;2\nСоль;;900;3,5\n",
    )
    .expect("a file");
    let held = answer(folder, &["start"], "");
    assert_eq!(held["running"], true);
    let first = answer(folder, &["import", "list.csv"], "");
    let counts = ["products", "codes", "balances"].map(|name| first["taken_over"][name].as_u64());
    assert_eq!(counts, [Some(2), Some(1), Some(2)]);
    let again = answer(folder, &["import", "list.csv"], "");
    let counts = ["products", "changed", "unchanged", "balances"]
        .map(|name| again["taken_over"][name].as_u64());
    assert_eq!(counts, [Some(0), Some(0), Some(2), Some(0)]);

    users_and_books(folder);
    there_and_back(folder);
    let exported = answer(folder, &["export", "out.csv"], "");
    assert_eq!(
        (exported["products"].as_u64(), exported["stock"].as_u64()),
        (Some(2), Some(2))
    );
    let text = fs::read_to_string(folder.join("out.csv")).expect("written");
    assert!(text.contains("Чай;4780000000017;;dona;12500,5"), "{text}");

    let stopped = answer(folder, &["stop"], "");
    assert_eq!(stopped["running"], false);
    assert_eq!(omborctl(folder, &["status"], "").status.code(), Some(1));
}

/// The first Admin is made and stays; the books are right, and the doctor finds what is well.
fn users_and_books(folder: &Path) {
    let users = answer(
        folder,
        &["users", "add", "aziza", "--role", "admin"],
        "uzun parol\n",
    );
    assert_eq!(
        (users[0]["login"].as_str(), users[0]["role"].as_str()),
        (Some("aziza"), Some("admin"))
    );
    let last = omborctl(folder, &["users", "lock", "aziza"], "");
    let refused: Value = serde_json::from_slice(&last.stdout).expect("one JSON value");
    assert_eq!(
        (last.status.code(), refused["error"].as_str()),
        (Some(1), Some("last_admin"))
    );

    let books = answer(folder, &["verify"], "");
    assert_eq!(
        (books["ok"].as_bool(), books["movements"].as_i64()),
        (Some(true), Some(2))
    );
    let findings = omborctl(folder, &["doctor"], "");
    let findings: Value = serde_json::from_slice(&findings.stdout).expect("one JSON value");
    let is_well = |check: &str| {
        let findings = findings.as_array().expect("a list");
        findings
            .iter()
            .any(|finding| finding["check"] == check && finding["state"] == "ok")
    };
    assert!(
        is_well("server") && is_well("schema") && is_well("admin"),
        "{findings}"
    );
}

/// What came after a backup is lost by bringing it back, and that is said before.
fn there_and_back(folder: &Path) {
    let taken = answer(folder, &["backup"], "");
    let name = taken["name"].as_str().expect("a name");
    let kept = answer(folder, &["backups"], "");
    assert_eq!(kept[0]["name"], name);
    fs::write(folder.join("more.csv"), "Товар;Остаток\nУксус;7\n").expect("a file");
    answer(folder, &["import", "more.csv"], "");
    let told = omborctl(folder, &["restore", name], "");
    let told: Value = serde_json::from_slice(&told.stdout).expect("one JSON value");
    assert_eq!(
        (
            told["restored"].as_bool(),
            told["lost"]["movements"].as_i64()
        ),
        (Some(false), Some(1))
    );
    let restored = answer(folder, &["restore", name, "--yes"], "");
    assert_eq!(restored["lost"]["movements"], 1);
}

/// The network is the loopback one: the server listens on 127.0.0.2, desks call from 127.0.0.1.
#[test]
fn a_warehouse_is_opened_to_another_desk_which_looks_after_nothing_and_closed_again() {
    let home = Home(TempDir::new().expect("a folder"));
    let folder = home.0.path();
    let elsewhere = TempDir::new().expect("a folder");
    answer(folder, &["start"], "");
    assert_eq!(answer(folder, &["lan", "status"], "")["open"], false);
    let everybody = omborctl(folder, &["lan", "on", "--address", "0.0.0.0/0"], "");
    assert_eq!(everybody.status.code(), Some(64));
    let words = String::from_utf8_lossy(&everybody.stderr).into_owned();
    assert!(words.contains("beyond the local network"), "{words}");

    let free = std::net::TcpListener::bind("127.0.0.2:0").and_then(|taken| taken.local_addr());
    let port = free.expect("a free port").port().to_string();
    let on = [
        "lan",
        "on",
        "--address",
        "127.0.0.1",
        "--listen",
        "127.0.0.2",
        "--port",
        &port,
    ];
    let opened = answer(folder, &on, "");
    assert_eq!(
        (&opened["open"], &opened["encrypted"]),
        (&Value::Bool(true), &Value::Bool(false))
    );
    let line = opened["database_url"]
        .as_str()
        .expect("an address")
        .to_owned();

    // The line is written down at the other desk, where nobody else can read it.
    let data = elsewhere.path().join("data");
    fs::create_dir(&data).expect("a folder");
    let written = data.join("database.url");
    fs::write(&written, &line).expect("written");
    let read_by_all = omborctl(elsewhere.path(), &["status"], "");
    assert_ne!(read_by_all.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&read_by_all.stdout).contains("chmod 600"));
    private(&written);
    let there = answer(elsewhere.path(), &["status"], "");
    assert_eq!(there["elsewhere"], true);
    assert_eq!(there["database"]["schema"], there["schema"]);
    let managed = omborctl(elsewhere.path(), &["users", "add", "aziza"], "uzun parol\n");
    assert_ne!(managed.status.code(), Some(0), "the other desk is no owner");
    let reopened = omborctl(
        elsewhere.path(),
        &["lan", "on", "--address", "10.0.0.0/8"],
        "",
    );
    assert_ne!(reopened.status.code(), Some(0), "the server is not its own");

    assert_eq!(answer(folder, &["lan", "off"], "")["open"], false);
    assert_ne!(
        omborctl(elsewhere.path(), &["status"], "").status.code(),
        Some(0)
    );
}

fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).expect("a mode");
}
