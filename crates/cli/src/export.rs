//! `omborctl export FILE`: every product with codes, prices and stock.

use std::path::PathBuf;

use clap::Args;
use ombor_core::report::stock_list::stock_list;
use ombor_export::{Format, write_stock_list};
use serde::Serialize;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::Outcome,
};

/// Where to.
#[derive(Args)]
pub struct ExportArguments {
    /// `.xlsx`, `.csv`, or a folder for CommerceML. What is there under this name is replaced.
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

#[derive(Serialize)]
struct Exported {
    path: String,
    format: &'static str,
    products: usize,
    codes: usize,
    /// Products and places with something on hand.
    stock: usize,
}

/// Writes the file.
pub async fn run(
    arguments: &ExportArguments,
    in_json: bool,
    folder: &DataDir,
) -> Result<Outcome, Error> {
    // A path without a format is refused before anything is started.
    Format::of(&arguments.path)?;
    let house = House::open_existing(folder).await?;
    let rows = house
        .as_owner(async |connection, actor| Ok(stock_list(connection, actor).await?))
        .await?;
    let format = write_stock_list(&arguments.path, &rows)?;
    let exported = Exported {
        path: arguments.path.display().to_string(),
        format: format.as_str(),
        products: rows.len(),
        codes: rows.iter().map(|row| row.codes.len()).sum(),
        stock: rows.iter().map(|row| row.stock.len()).sum(),
    };
    let words = || {
        format!(
            "{}: {} products, {} codes, {} balances",
            exported.path, exported.products, exported.codes, exported.stock
        )
    };
    Ok(Outcome::of(&exported, words, in_json))
}
