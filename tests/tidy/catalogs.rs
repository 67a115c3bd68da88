//! Every text in every language.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{assert_none, sources_with};

const LOCALES: &[&str] = &["uz-Latn", "uz-Cyrl", "ru", "kk", "en"];

/// What a translation needs to say twice: names in braces and tags, in any order.
fn placeholders(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = &rest[at + 1..];
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        if rest[name.len()..].starts_with(['}', ',']) && !name.is_empty() {
            found.insert(name);
        }
    }
    found
}

/// The messages of a catalog in the format of gettext: identifier and translation.
fn messages(text: &str) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    let (mut id, mut translation, mut in_translation) = (String::new(), String::new(), false);
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("msgid ") {
            id = unquoted(rest);
            in_translation = false;
        } else if let Some(rest) = line.strip_prefix("msgstr ") {
            translation = unquoted(rest);
            in_translation = true;
        } else if line.starts_with('"') {
            let part = unquoted(line);
            if in_translation {
                translation.push_str(&part);
            } else {
                id.push_str(&part);
            }
        } else if line.is_empty() && in_translation {
            if !id.is_empty() {
                messages.insert(std::mem::take(&mut id), std::mem::take(&mut translation));
            }
            in_translation = false;
        }
    }
    messages
}

fn unquoted(text: &str) -> String {
    text.trim()
        .trim_start_matches('"')
        .trim_end_matches('"')
        .to_owned()
}

fn catalogs() -> BTreeMap<String, BTreeMap<String, String>> {
    sources_with("po")
        .into_iter()
        .filter_map(|catalog| {
            let locale = catalog.path.split('/').rev().nth(1)?.to_owned();
            Some((locale, messages(&catalog.text)))
        })
        .collect()
}

#[test]
fn every_text_stands_in_five_languages() {
    let catalogs = catalogs();
    let found: BTreeSet<&str> = catalogs.keys().map(String::as_str).collect();
    assert_eq!(found, LOCALES.iter().copied().collect(), "the catalogs");
    let all: BTreeSet<&String> = catalogs.values().flat_map(BTreeMap::keys).collect();
    assert!(all.len() > 100, "only {} texts were found", all.len());
    let mut broken = Vec::new();
    for (locale, messages) in &catalogs {
        for id in &all {
            match messages.get(*id) {
                None => broken.push(format!("{locale}: {id} is missing")),
                Some(text) if text.is_empty() => broken.push(format!("{locale}: {id} is empty")),
                Some(_) => {}
            }
        }
    }
    assert_none("texts:", &broken);
}

#[test]
fn every_translation_names_the_same_values() {
    let catalogs = catalogs();
    let english = catalogs.get("en").expect("the English catalog");
    let mut broken = Vec::new();
    for (locale, messages) in &catalogs {
        for (id, text) in messages {
            let Some(original) = english.get(id) else {
                continue;
            };
            if placeholders(original) != placeholders(text) {
                broken.push(format!("{locale}: {id}: {text}"));
            }
        }
    }
    assert_none("a translation that drops a value:", &broken);
}
