//! Names that say nothing, or that say something else than the field does.

use super::tree::{Source, assert_none, has_word, sources, sources_with};

/// Words that name no thing of a warehouse.
const EMPTY_WORDS: &[&str] = &[
    "manager", "service", "helper", "helpers", "util", "utils", "common", "misc",
];

/// A module about nothing in particular.
const EMPTY_MODULES: &[&str] = &["data", "process", "types", "constants", "shared", "base"];

/// A function that promises to do something.
const EMPTY_VERBS: &[&str] = &["handle_", "do_", "process_", "perform_", "manage_"];

/// `StockBalance` and `stock_balance` are both `stock`, `balance`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in name.split(['_', '-', '.']) {
        let mut word = String::new();
        for c in part.chars() {
            if c.is_uppercase() && !word.is_empty() && !word.ends_with(char::is_uppercase) {
                words.push(std::mem::take(&mut word).to_lowercase());
            }
            word.push(c);
        }
        words.push(word.to_lowercase());
    }
    words
}

/// The name that a line declares, if it begins with one of these keywords.
fn declared<'a>(line: &'a str, keywords: &[&str]) -> Option<&'a str> {
    let mut rest = line.trim_start();
    for prefix in [
        "export ",
        "default ",
        "pub(crate) ",
        "pub(super) ",
        "pub ",
        "async ",
        "const ",
    ] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    let name = keywords
        .iter()
        .find_map(|keyword| rest.strip_prefix(keyword))?;
    let end = name
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}

fn empty_types(source: &Source, broken: &mut Vec<String>) {
    for (number, line) in source.code_lines() {
        let Some(name) = declared(
            line,
            &["struct ", "enum ", "trait ", "class ", "interface "],
        ) else {
            continue;
        };
        let words = words(name);
        let empty = words
            .iter()
            .any(|word| EMPTY_WORDS.contains(&word.as_str()))
            || words.last().is_some_and(|word| word == "data");
        if empty {
            broken.push(format!("{}:{number}: {name}", source.path));
        }
    }
}

#[test]
fn no_type_is_named_after_nothing() {
    let mut broken = Vec::new();
    for extension in ["rs", "ts", "tsx"] {
        for source in sources_with(extension)
            .iter()
            .filter(|s| s.file_name() != "bindings.ts")
        {
            empty_types(source, &mut broken);
        }
    }
    assert_none("a type whose name says nothing:", &broken);
}

#[test]
fn no_function_only_promises_to_do_something() {
    let mut broken = Vec::new();
    for source in sources_with("rs") {
        for (number, line) in source.code_lines() {
            let Some(name) = declared(line, &["fn "]) else {
                continue;
            };
            if EMPTY_VERBS.iter().any(|verb| name.starts_with(verb))
                || words(name)
                    .iter()
                    .any(|word| EMPTY_WORDS.contains(&word.as_str()))
            {
                broken.push(format!("{}:{number}: {name}", source.path));
            }
        }
    }
    assert_none("a function whose name says nothing:", &broken);
}

#[test]
fn no_file_or_folder_is_named_after_nothing() {
    let mut broken = Vec::new();
    for source in sources() {
        let in_code = matches!(source.extension(), "rs" | "ts" | "tsx" | "sh" | "css");
        let empty = source
            .path
            .split('/')
            .map(|part| part.split('.').next().unwrap_or(part))
            .any(|part| {
                EMPTY_MODULES.contains(&part)
                    || words(part)
                        .iter()
                        .any(|word| EMPTY_WORDS.contains(&word.as_str()))
            });
        if in_code && empty {
            broken.push(source.path);
        }
    }
    assert_none("a file whose name says nothing:", &broken);
}

#[test]
fn nothing_is_left_to_be_done_later() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("HA", "CK"),
    ];
    let calls = [concat!("todo", "!("), concat!("unimplemented", "!(")];
    let mut broken = Vec::new();
    for source in sources() {
        if !matches!(
            source.extension(),
            "rs" | "ts" | "tsx" | "sql" | "sh" | "md" | "css" | ""
        ) {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if marks.iter().any(|mark| has_word(line, mark))
                || calls.iter().any(|call| line.contains(call))
            {
                broken.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    assert_none("left for later:", &broken);
}
