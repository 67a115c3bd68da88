//! Which room may use which: the arrows of ARCHITECTURE.md, read off cargo itself.

use std::process::Command;

use serde_json::Value;

use super::tree::{assert_none, top};

/// Room, and the rooms that its program may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("ombor-core", &[]),
    ("ombor-face", &[]),
    ("ombor-postgres", &[]),
    ("ombor-scan", &[]),
    ("ombor-print", &["ombor-core"]),
    ("ombor-vault", &["ombor-core", "ombor-postgres"]),
    ("ombor-import", &["ombor-core"]),
    ("ombor-export", &["ombor-core"]),
    (
        "ombor-cli",
        &[
            "ombor-core",
            "ombor-export",
            "ombor-import",
            "ombor-postgres",
            "ombor-vault",
        ],
    ),
    (
        "ombor-desk",
        &[
            "ombor-core",
            "ombor-export",
            "ombor-face",
            "ombor-import",
            "ombor-postgres",
            "ombor-print",
            "ombor-scan",
            "ombor-vault",
        ],
    ),
    (
        "ombor-testkit",
        &["ombor-core", "ombor-postgres", "ombor-scan"],
    ),
    ("ombor", &["ombor-desk"]),
];

/// Room, and what it must never be built with, directly.
const NEVER: &[(&str, &[&str])] = &[
    ("ombor", &["sqlx", "opencv", "argon2", "rodio"]),
    ("ombor-desk", &["opencv", "tauri"]),
    ("ombor-core", &["opencv", "tauri", "reqwest"]),
    ("ombor-face", &["sqlx", "tauri"]),
    ("ombor-scan", &["sqlx", "tauri", "opencv"]),
    ("ombor-import", &["sqlx", "tauri", "opencv"]),
    ("ombor-export", &["sqlx", "tauri", "opencv"]),
    ("ombor-cli", &["tauri", "opencv"]),
    ("ombor-postgres", &["tauri", "opencv"]),
    ("ombor-vault", &["tauri", "opencv"]),
];

struct Package {
    name: String,
    /// Name and kind (`None` is the program itself, else `dev` or `build`).
    dependencies: Vec<(String, Option<String>)>,
}

fn packages() -> Vec<Package> {
    let asked = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(top())
        .output()
        .expect("cargo answers");
    assert!(
        asked.status.success(),
        "{}",
        String::from_utf8_lossy(&asked.stderr)
    );
    let metadata: Value = serde_json::from_slice(&asked.stdout).expect("cargo answers in JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    metadata["packages"]
        .as_array()
        .expect("a list of packages")
        .iter()
        .map(|package| Package {
            name: text(&package["name"]).expect("a name"),
            dependencies: package["dependencies"]
                .as_array()
                .expect("a list of dependencies")
                .iter()
                .map(|wanted| {
                    (
                        text(&wanted["name"]).expect("a name"),
                        text(&wanted["kind"]),
                    )
                })
                .collect(),
        })
        .collect()
}

#[test]
fn dependencies_run_as_drawn() {
    let mut broken = Vec::new();
    for package in packages() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
            if package.name != "ombor-tests" {
                broken.push(format!("{} is not drawn at all", package.name));
            }
            continue;
        };
        for (used, kind) in &package.dependencies {
            let ours = used == "ombor" || used.starts_with("ombor-");
            let is_program = kind.as_deref() != Some("dev");
            if ours && is_program && !allowed.contains(&used.as_str()) {
                broken.push(format!("{} -> {used}", package.name));
            }
        }
    }
    assert_none("an arrow that is not drawn:", &broken);
}

#[test]
fn core_knows_none_of_the_other_rooms_even_in_its_tests() {
    let broken: Vec<String> = packages()
        .iter()
        .filter(|package| package.name == "ombor-core")
        .flat_map(|package| &package.dependencies)
        .filter(|(used, _)| used.starts_with("ombor") && used != "ombor-testkit")
        .map(|(used, _)| used.clone())
        .collect();
    assert_none("core uses:", &broken);
}

#[test]
fn heavy_dependencies_stay_in_their_room() {
    let mut broken = Vec::new();
    for package in packages() {
        let never = NEVER.iter().find(|(name, _)| *name == package.name);
        for (used, kind) in &package.dependencies {
            let forbidden = never.is_some_and(|(_, list)| list.contains(&used.as_str()));
            if forbidden && kind.as_deref() != Some("dev") {
                broken.push(format!("{} -> {used}", package.name));
            }
        }
    }
    assert_none("a dependency in the wrong room:", &broken);
}

#[test]
fn every_version_is_said_once_in_the_workspace() {
    let mut broken = Vec::new();
    for manifest in super::tree::sources_with("toml") {
        if manifest.file_name() != "Cargo.toml" || manifest.path == "Cargo.toml" {
            continue;
        }
        let mut in_dependencies = false;
        for line in manifest.text.lines().map(str::trim) {
            if line.starts_with('[') {
                in_dependencies = line.ends_with("dependencies]");
            } else if in_dependencies && line.contains('=') && !line.contains("workspace = true") {
                broken.push(format!("{}: {line}", manifest.path));
            }
        }
    }
    assert_none(
        "a dependency whose version is not the workspace's:",
        &broken,
    );
}
