//! The documents are true: what they point at exists.

use super::tree::{assert_none, sources, sources_with, top};

/// Targets of `[text](target)` and `![text](target)`, without those on the network.
fn targets(text: &str) -> Vec<String> {
    text.match_indices("](")
        .filter_map(|(at, _)| {
            let rest = &text[at + 2..];
            rest.find(')').map(|end| rest[..end].to_owned())
        })
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut broken = Vec::new();
    for document in sources_with("md") {
        let folder = top()
            .join(&document.path)
            .parent()
            .expect("a folder")
            .to_owned();
        for target in targets(&document.text) {
            if !folder.join(&target).exists() {
                broken.push(format!("{}: {target}", document.path));
            }
        }
    }
    assert_none("a link into nothing:", &broken);
}

#[test]
fn every_test_that_architecture_names_exists() {
    let sources = sources();
    let architecture = sources
        .iter()
        .find(|source| source.path == "ARCHITECTURE.md")
        .expect("ARCHITECTURE.md");
    let named: Vec<&str> = architecture
        .text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.matches('_').count() >= 3)
        .filter(|name| {
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        .collect();
    assert!(named.len() > 10, "only {} tests are named", named.len());
    let broken: Vec<String> = named
        .into_iter()
        .filter(|name| {
            let declaration = format!("fn {name}(");
            !sources
                .iter()
                .any(|s| s.extension() == "rs" && s.text.contains(&declaration))
        })
        .map(str::to_owned)
        .collect();
    assert_none("ARCHITECTURE.md names a test that is not there:", &broken);
}

#[test]
fn every_target_of_the_makefile_calls_a_script_that_exists() {
    let makefile = std::fs::read_to_string(top().join("Makefile")).expect("Makefile");
    let broken: Vec<String> = makefile
        .lines()
        .filter_map(|line| line.strip_prefix("\t@"))
        .map(|command| command.split(' ').next().unwrap_or_default().to_owned())
        .filter(|script| !top().join(script).is_file())
        .collect();
    assert_none("a target without its script:", &broken);
}
