//! Files for a test, and the plan that is read from them.

use std::{fs, ops::ControlFlow, path::PathBuf};

use ombor_import::{Correction, Plan, Result, plan::Balance, read};
use tempfile::TempDir;

/// A folder that goes away with the test.
pub struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    /// Where the folder lies.
    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Writes a file.
    pub fn with(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("the file is written");
        path
    }
}

/// Reads paths without corrections.
pub fn plan_of(paths: &[PathBuf]) -> Result<Plan> {
    corrected(paths, &[])
}

/// Reads paths with corrections.
pub fn corrected(paths: &[PathBuf], corrections: &[Correction]) -> Result<Plan> {
    read(paths, corrections, &mut |_| ControlFlow::Continue(()))
}

/// Reads one file with this name and content.
pub fn plan_of_text(name: &str, content: impl AsRef<[u8]>) -> Plan {
    let folder = Folder::new();
    plan_of(&[folder.with(name, content)]).expect("a plan")
}

/// The names of the products, in their order.
pub fn names(plan: &Plan) -> Vec<&str> {
    plan.products
        .iter()
        .map(|product| product.name.as_str())
        .collect()
}

/// The groups with their parents, in their order.
pub fn groups(plan: &Plan) -> Vec<(&str, Option<usize>)> {
    plan.categories
        .iter()
        .map(|group| (group.name.as_str(), group.parent))
        .collect()
}

/// The balances as one line each.
pub fn stock_lines(plan: &Plan) -> Vec<String> {
    stock(plan)
        .into_iter()
        .map(|(product, place, quantity)| format!("{product} {place} {quantity}"))
        .collect()
}

/// The balances as product, place and quantity.
pub fn stock(plan: &Plan) -> Vec<(String, String, String)> {
    let row = |balance: &Balance| {
        let product = plan
            .products
            .get(balance.product)
            .map(|product| product.name.to_string());
        let place = balance
            .place
            .and_then(|place| plan.places.get(place))
            .cloned();
        (
            product.unwrap_or_default(),
            place.unwrap_or_default(),
            balance.quantity.to_string(),
        )
    };
    plan.balances.iter().map(row).collect()
}

/// The rows that were not taken, with their reasons in words.
pub fn skipped(plan: &Plan) -> Vec<(u64, String)> {
    plan.skipped
        .iter()
        .map(|skipped| (skipped.origin.row, skipped.reason.to_string()))
        .collect()
}
