//! What must not stand in the Rust sources.

use super::tree::{assert_none, has_word, programs, sources_with};

#[test]
fn there_is_no_float_in_stock_or_money() {
    let mut broken = Vec::new();
    for source in programs()
        .iter()
        .filter(|source| source.path.starts_with("crates/core/"))
    {
        for (number, line) in source.code_lines() {
            if has_word(line, "f32") || has_word(line, "f64") {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    for migration in sources_with("sql")
        .iter()
        .filter(|sql| sql.path.starts_with("migrations/"))
    {
        for (index, line) in migration.text.lines().enumerate() {
            let code = line.split("--").next().unwrap_or(line).to_lowercase();
            let floats = ["real", "double precision", "float", "float4", "float8"];
            if floats.iter().any(|float| has_word(&code, float)) {
                broken.push(format!("{}:{}: {}", migration.path, index + 1, line.trim()));
            }
        }
    }
    assert_none("a float:", &broken);
}

#[test]
fn the_warehouse_asks_the_database_what_time_it_is() {
    let clocks = ["Utc::now", "Local::now", "SystemTime::now"];
    let mut broken = Vec::new();
    for source in programs()
        .iter()
        .filter(|source| source.path.starts_with("crates/core/src/"))
    {
        for (number, line) in source.code_lines() {
            if clocks.iter().any(|clock| line.contains(clock)) {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("the PC's clock:", &broken);
}

#[test]
fn a_lint_is_expected_with_a_reason_and_never_switched_off() {
    let switched_off = [concat!("#[al", "low("), concat!("#![al", "low(")];
    let mut broken = Vec::new();
    for source in sources_with("rs") {
        for (number, line) in source.code_lines() {
            if switched_off
                .iter()
                .any(|attribute| line.trim_start().starts_with(attribute))
            {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("a lint switched off:", &broken);
}

#[test]
fn no_test_waits_for_time_to_pass() {
    // The one place that polls, and it ends as soon as what it waits for is there.
    let polls = ["tests/src/until.rs", "crates/testkit/src/until.rs"];
    let pauses = [
        concat!("sle", "ep("),
        concat!("sleep_", "until("),
        concat!("setTime", "out("),
    ];
    let mut broken = Vec::new();
    for extension in ["rs", "ts", "tsx"] {
        for source in sources_with(extension) {
            if !source.is_test() || polls.contains(&source.path.as_str()) {
                continue;
            }
            for (number, line) in source.code_lines() {
                if pauses.iter().any(|pause| line.contains(pause)) {
                    broken.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert_none("a pause in a test:", &broken);
}
