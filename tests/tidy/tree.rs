//! The files of the project, as git tracks them, and how a broken rule is reported.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tracked text file: its path from the top of the project, with `/`, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// Lines that the compiler reads, with their numbers: comments and documentation left out.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether the file holds tests rather than the program.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.starts_with("crates/testkit/")
            || self.path.contains("/tests/")
            || self.path.contains("/benches/")
            || self.path.contains(".test.")
            || self.file_name() == "tests.rs"
    }
}

/// The top of the project.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package has a parent")
        .to_owned()
}

/// Every tracked file that is text.
pub fn sources() -> Vec<Source> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(top())
        .output()
        .expect("git lists the files");
    assert!(
        listed.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    String::from_utf8_lossy(&listed.stdout)
        .split_terminator('\0')
        .filter_map(|path| {
            let text = std::fs::read_to_string(top().join(path)).ok()?;
            Some(Source {
                path: path.to_owned(),
                text,
            })
        })
        .collect()
}

/// Every tracked file with this extension.
pub fn sources_with(extension: &str) -> Vec<Source> {
    sources()
        .into_iter()
        .filter(|source| source.extension() == extension)
        .collect()
}

/// Files of the Rust programs themselves, without their tests.
pub fn programs() -> Vec<Source> {
    sources_with("rs")
        .into_iter()
        .filter(|source| !source.is_test())
        .collect()
}

/// Fails with one line per broken rule.
pub fn assert_none(rule: &str, broken: &[String]) {
    let mut report = String::new();
    for line in broken {
        let _ = writeln!(report, "  {line}");
    }
    assert!(broken.is_empty(), "{rule}\n{report}");
}

/// Whether `word` stands in `line` as a word of its own.
pub fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins)
    })
}
