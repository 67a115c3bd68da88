//! The border between the window's two halves.

use super::tree::{Source, assert_none, sources, sources_with};

const BINDINGS: &str = "ui/src/ipc/bindings.ts";
const WORDING: &str = "ui/src/ipc/errors.ts";

fn text_of(path: &str) -> String {
    sources()
        .into_iter()
        .find(|source| source.path == path)
        .map_or_else(|| panic!("{path} is missing"), |source| source.text)
}

/// The members of `export type NAME = "a" | "b"` in the bindings.
fn members(bindings: &str, name: &str) -> Vec<String> {
    let start = format!("export type {name} = ");
    let at = bindings
        .find(&start)
        .unwrap_or_else(|| panic!("the bindings have no {name}"));
    let union = &bindings[at + start.len()..];
    let union = &union[..union.find(';').expect("the type ends")];
    union
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn pages() -> Vec<Source> {
    let mut pages = sources_with("ts");
    pages.extend(sources_with("tsx"));
    pages.retain(|page| page.path.starts_with("ui/src/"));
    pages
}

#[test]
fn every_error_code_has_words() {
    let bindings = text_of(BINDINGS);
    let wording = text_of(WORDING);
    let codes = members(&bindings, "ErrorCode");
    assert!(codes.len() > 20, "only {} codes were found", codes.len());
    let broken: Vec<String> = codes
        .into_iter()
        .filter(|code| {
            !wording.contains(&format!("{code}:")) && !wording.contains(&format!("\"{code}\""))
        })
        .collect();
    assert_none("a code without words in ui/src/ipc/errors.ts:", &broken);
}

#[test]
fn only_ipc_speaks_with_the_window() {
    let broken: Vec<String> = pages()
        .iter()
        .filter(|page| !page.path.starts_with("ui/src/ipc/"))
        .filter(|page| page.text.contains("@tauri-apps/"))
        .map(|page| page.path.clone())
        .collect();
    assert_none("Tauri outside ui/src/ipc:", &broken);
}

#[test]
fn features_do_not_use_each_other() {
    let mut broken = Vec::new();
    for page in pages() {
        let Some(own) = page.path.strip_prefix("ui/src/features/") else {
            continue;
        };
        let own = own.split('/').next().unwrap_or_default();
        for (number, line) in page.code_lines() {
            let Some((_, rest)) = line.split_once("@/features/") else {
                continue;
            };
            if rest.split(['/', '"', '\'']).next() != Some(own) {
                broken.push(format!("{}:{number}: {}", page.path, line.trim()));
            }
        }
    }
    assert_none("a feature that uses another:", &broken);
}

#[test]
fn scans_are_timed_by_their_events() {
    // Gaps between keys are true only as event.timeStamp; a busy page delays its own clock.
    let broken: Vec<String> = pages()
        .iter()
        .filter(|page| page.path.starts_with("ui/src/scan/") && !page.is_test())
        .filter(|page| page.text.contains("Date.now("))
        .map(|page| page.path.clone())
        .collect();
    assert_none("the page's clock in the scanner's listener:", &broken);
}
