//! `omborctl verify`: whether the books are right and nothing written was changed. Reports, never repairs.

use ombor_core::invariant::{self, Facts};
use serde::Serialize;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::{FAILED, Outcome},
};

#[derive(Serialize)]
struct Verdict {
    ok: bool,
    #[serde(flatten)]
    facts: Facts,
    /// Balances that are not the ledger's, seals that do not hold, documents without lines.
    faults: Vec<String>,
}

/// Checks every balance and every seal. Exit code 0 if all is well, 1 if something is not.
pub async fn run(folder: &DataDir, in_json: bool) -> Result<Outcome, Error> {
    let house = House::open_existing(folder).await?;
    let mut connection = house.connection().await?;
    let faults = invariant::faults(&mut connection).await?;
    let verdict = Verdict {
        ok: faults.is_empty(),
        facts: Facts::of(&mut connection).await?,
        faults,
    };
    let code = if verdict.ok { 0 } else { FAILED };
    Ok(Outcome::of(&verdict, || in_words(&verdict), in_json).with_code(code))
}

fn in_words(verdict: &Verdict) -> String {
    let facts = &verdict.facts;
    let counts = format!(
        "{} documents, {} movements, {} seals",
        facts.documents,
        facts.movements,
        facts.seal_number.unwrap_or(0)
    );
    if verdict.ok {
        format!("every balance is what the ledger says, and no record was changed: {counts}")
    } else {
        format!("{counts}\n{}", verdict.faults.join("\n"))
    }
}
