//! Look-up and posting as the window calls them, with every check on and the application's own role, beside a plain
//! script of five statements on bare tables: one server, one run, interleaved.
//!
//! Prints a table and writes the same figures to `out/bench/posting.json`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench prints what it measured"
)]

mod bare;
mod field;
mod figures;

use std::time::Duration;

use anyhow::Result;

use crate::{
    field::Field,
    figures::{Figures, Round},
};

const PRODUCTS: [u32; 2] = [10_000, 1_000_000];
const CONNECTIONS: [usize; 2] = [1, 8];
const ROUNDS: usize = 5;
const LOOK_UPS: usize = 4_000;
const RUN: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() -> Result<()> {
    let mut fields = Vec::new();
    for products in PRODUCTS {
        eprintln!("laying out {products} products");
        fields.push(Field::lay_out(products).await?);
    }
    let mut figures = Figures::new(&fields[0]).await?;
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        for field in &fields {
            let look_ups_us = field.look_up(LOOK_UPS).await?;
            let mut posting = Vec::new();
            for connections in CONNECTIONS {
                let bare = bare::run(field, connections, RUN).await?;
                let core = field.post(connections, RUN).await?;
                posting.push((connections, bare, core));
            }
            figures.add(Round {
                products: field.products,
                look_ups_us,
                posting,
            });
        }
    }
    figures.print();
    figures.write()
}
