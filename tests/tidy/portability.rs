//! One tree for Linux and Windows, and nothing of one machine in it.

use super::tree::{assert_none, programs, sources};

fn is_platform(path: &str) -> bool {
    path.ends_with("/platform.rs") || path.contains("/platform/")
}

#[test]
fn only_platform_modules_ask_which_system_this_is() {
    let questions = [
        "cfg(windows",
        "cfg(unix",
        "cfg(not(windows",
        "cfg(not(unix",
        "cfg!(windows",
        "cfg!(unix",
        "target_os",
        "target_family",
        "std::os::unix",
        "std::os::windows",
        "std::os::linux",
        "std::os::fd",
    ];
    let mut broken = Vec::new();
    for source in programs() {
        if is_platform(&source.path) || source.file_name() == "build.rs" {
            continue;
        }
        for (number, line) in source.code_lines() {
            if questions.iter().any(|question| line.contains(question)) {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("a question for platform.rs:", &broken);
}

#[test]
fn every_platform_module_has_both_systems() {
    let sources = sources();
    let broken: Vec<String> = sources
        .iter()
        .filter(|source| source.path.ends_with("/src/platform.rs"))
        .flat_map(|source| {
            let folder = source.path.trim_end_matches(".rs");
            ["linux.rs", "windows.rs"].map(|system| format!("{folder}/{system}"))
        })
        .filter(|wanted| !sources.iter().any(|source| source.path == *wanted))
        .collect();
    assert_none("a system without its file:", &broken);
}

#[test]
fn no_path_of_somebodys_machine_stands_in_the_tree() {
    let places = [concat!("/ro", "ot/"), concat!("/wo", "rk/")];
    let mut broken = Vec::new();
    for source in sources() {
        for (index, line) in source.text.lines().enumerate() {
            if places.iter().any(|place| line.contains(place)) {
                broken.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    assert_none("a path of one machine:", &broken);
}

#[test]
fn lock_files_do_not_say_where_packages_were_fetched() {
    let index = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let mut broken = Vec::new();
    for source in sources() {
        for (number, line) in source.text.lines().enumerate() {
            let says = match source.file_name() {
                "Cargo.lock" => line.starts_with("source = ") && line != index,
                "package-lock.json" => line.contains("\"resolved\""),
                ".npmrc" | "pip.conf" | ".pypirc" => true,
                _ => {
                    line.contains(concat!("--index", "-url"))
                        || line.contains(concat!("--reg", "istry"))
                }
            };
            if says {
                broken.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    assert_none("where packages were fetched:", &broken);
}
