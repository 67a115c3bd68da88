//! A warehouse comes to a new PC: from a backup's file, and from the journal of a disk that failed.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// A PC of its own, whose server ends with the test.
struct Computer(TempDir);

impl Computer {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn omborctl(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_omborctl"))
            .arg("--data")
            .arg(self.path().join("data"))
            .arg("--json")
            .args(arguments)
            .current_dir(self.path())
            .env_remove("DATABASE_URL")
            .output()
            .expect("omborctl runs")
    }

    /// What a command answers that ends with this exit code.
    fn answers(&self, code: i32, arguments: &[&str]) -> Value {
        let output = self.omborctl(arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {said}{complaint}"
        );
        serde_json::from_str(&said).expect("one JSON value")
    }

    /// Takes over so many goods under a name.
    fn receives(&self, goods: &str) {
        let list = format!("Товар;Остаток\n{goods}\n");
        fs::write(self.path().join("list.csv"), list).expect("a file");
        self.answers(0, &["import", "list.csv"]);
    }

    fn movements(&self) -> Option<i64> {
        self.answers(0, &["verify"])["movements"].as_i64()
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        self.omborctl(&["stop"]);
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn a_new_pc_gets_the_warehouse_from_a_backups_file_or_from_the_journal_of_a_failed_disk() {
    let disk = TempDir::new().expect("a disk");
    let old = Computer::new();
    old.answers(0, &["start"]);
    old.receives("Чай;2\nСоль;3,5");
    let taken = old.answers(0, &["backup", "--to", &text(disk.path())]);
    let file = format!("{}.dump", taken["name"].as_str().expect("a name"));
    assert_eq!(old.answers(1, &["journal", "status"]), Value::Null);
    old.answers(0, &["journal", "on", "--folder", &text(disk.path())]);
    old.receives("Уксус;7");
    assert!(old.answers(0, &["journal", "status"])["reach"].is_object());
    // A clean end hands out everything.
    old.answers(0, &["stop"]);

    let first = Computer::new();
    let file = text(&disk.path().join(file));
    let told = first.answers(1, &["restore", &file]);
    assert_eq!(
        (
            told["restored"].as_bool(),
            told["lost"]["movements"].as_i64()
        ),
        (Some(false), Some(0))
    );
    first.answers(0, &["restore", &file, "--yes"]);
    assert_eq!(first.movements(), Some(2));

    let second = Computer::new();
    let journal = text(disk.path());
    let early = ["restore", "--at", "2001-01-01 10:00", "--journal", &journal];
    assert_eq!(second.answers(1, &early)["error"], "momentUnreachable");
    let last = ["restore", "--at", "last", "--journal", &journal, "--yes"];
    assert_eq!(second.answers(0, &last)["restored"], true);
    assert_eq!(second.movements(), Some(3));
    second.receives("Мыло;1");
    assert_eq!(second.movements(), Some(4));
}
