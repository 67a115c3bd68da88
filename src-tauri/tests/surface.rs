//! What a page in the window may do: call our commands, hear our events, load our own files. Nothing else.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_page_may_hear_our_events_and_use_no_plugin() {
    let files = fs::read_dir(here("capabilities")).expect("the capabilities");
    let files: Vec<PathBuf> = files.map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(files, [here("capabilities/desk.json")]);
    let desk = read(&files[0]);
    assert_eq!(desk["windows"], json!(["main"]));
    assert_eq!(desk.get("remote"), None, "no other page gets any of it");
    assert_eq!(
        desk["permissions"],
        json!(["core:event:allow-listen", "core:event:allow-unlisten"]),
        "dialogs, autostart and the window's frame are asked for by our own commands"
    );
}

#[test]
fn a_page_loads_our_own_files_only_and_sends_nothing_elsewhere() {
    let configuration = read(&here("tauri.conf.json"));
    let policy = configuration["app"]["security"]["csp"].as_str();
    let directives: BTreeMap<&str, Vec<&str>> = policy
        .expect("a content policy")
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    let sources = |name: &str| directives.get(name).map(Vec::as_slice);
    for (name, wanted) in [
        ("default-src", &["'none'"][..]),
        ("base-uri", &["'none'"]),
        ("form-action", &["'none'"]),
        ("script-src", &["'self'"]),
        ("font-src", &["'self'"]),
        ("img-src", &["'self'", "data:"]),
        ("connect-src", &["ipc:", "http://ipc.localhost"]),
        // Mantine writes the sizes of its parts into the page.
        ("style-src", &["'self'", "'unsafe-inline'"]),
    ] {
        assert_eq!(sources(name), Some(wanted), "{name}");
    }
    assert_eq!(directives.len(), 8, "{directives:?}");
}
