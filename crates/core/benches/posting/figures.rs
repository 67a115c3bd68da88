//! The figures: medians over the rounds, as a table and as JSON.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{CONNECTIONS, PRODUCTS, ROUNDS, RUN, bare, field::Field};

/// Look-ups and postings of one round with so many products.
pub struct Round {
    /// How many products.
    pub products: u32,
    /// Each look-up's time in microseconds.
    pub look_ups_us: Vec<u64>,
    /// Connections, transactions per second of the bare script, documents per second of the application.
    pub posting: Vec<(usize, f64, f64)>,
}

/// Everything that was measured.
pub struct Figures {
    server: String,
    rows_written: BTreeMap<String, i64>,
    rounds: Vec<Round>,
}

impl Figures {
    /// Nothing measured yet but what one posting writes.
    pub async fn new(field: &Field) -> Result<Self> {
        let server = sqlx::query_scalar("show server_version")
            .fetch_one(field.warehouse.database.app())
            .await?;
        Ok(Self {
            server,
            rows_written: field.rows_written().await?,
            rounds: Vec::new(),
        })
    }

    /// Takes a round in.
    pub fn add(&mut self, round: Round) {
        self.rounds.push(round);
    }

    /// Prints the table.
    pub fn print(&self) {
        println!(
            "\nPostgreSQL {}, baseline by {}, median of {ROUNDS} interleaved rounds of {RUN:?}",
            self.server,
            bare::runner()
        );
        println!(
            "{:>10} {:>12} {:>12} {:>12} {:>8}",
            "products", "connections", "bare tps", "posted/s", "ratio"
        );
        for products in PRODUCTS {
            for connections in CONNECTIONS {
                let (bare, core, ratio) = self.posting(products, connections);
                println!(
                    "{products:>10} {connections:>12} {bare:>12.0} {core:>12.0} {ratio:>7.2}x"
                );
            }
        }
        println!("{:>10} {:>12} {:>12}", "products", "look-up p50", "p99");
        for products in PRODUCTS {
            let (p50, p99) = self.look_ups(products);
            println!("{products:>10} {p50:>9} us {p99:>9} us");
        }
        println!(
            "p99 of a million products against ten thousand: {:.2}x",
            self.look_up_growth()
        );
        let rows: Vec<String> = self
            .rows_written
            .iter()
            .map(|(table, rows)| format!("{table} {rows}"))
            .collect();
        println!(
            "rows written by a posting of one line: {} ({})",
            self.row_count(),
            rows.join(", ")
        );
    }

    /// Writes `out/bench/posting.json`.
    pub fn write(&self) -> Result<()> {
        let tree = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("the crate lies in the tree")?;
        let folder = tree.join("out").join("bench");
        fs::create_dir_all(&folder)?;
        fs::write(
            folder.join("posting.json"),
            serde_json::to_string_pretty(&self.as_json())?,
        )?;
        Ok(())
    }

    fn as_json(&self) -> Value {
        let mut posting = Vec::new();
        let mut look_up = Vec::new();
        for products in PRODUCTS {
            for connections in CONNECTIONS {
                let (bare, core, ratio) = self.posting(products, connections);
                let aim = if connections == 1 { 1.0 } else { 0.6 };
                posting.push(json!({
                    "products": products, "connections": connections, "bare_tps": bare.round(),
                    "posted_per_second": core.round(), "ratio": hundredths(ratio), "ratio_aim": aim,
                    "ratios": self.ratios(products, connections).into_iter().map(hundredths).collect::<Vec<_>>(),
                }));
            }
            let (p50, p99) = self.look_ups(products);
            look_up.push(
                json!({ "products": products, "p50_us": p50, "p99_us": p99, "p99_aim_us": 2000 }),
            );
        }
        json!({
            "server": self.server, "baseline": bare::runner(), "rounds": ROUNDS, "seconds_per_run": RUN.as_secs(),
            "posting": posting, "look_up": look_up,
            "look_up_p99_growth": hundredths(self.look_up_growth()), "look_up_p99_growth_aim": 1.3,
            "rows_written": self.row_count(),
        })
    }

    fn row_count(&self) -> i64 {
        self.rows_written.values().sum()
    }

    fn runs(&self, products: u32, connections: usize) -> impl Iterator<Item = (f64, f64)> {
        self.rounds
            .iter()
            .filter(move |round| round.products == products)
            .flat_map(|round| &round.posting)
            .filter(move |(with, ..)| *with == connections)
            .map(|(_, bare, core)| (*bare, *core))
    }

    fn ratios(&self, products: u32, connections: usize) -> Vec<f64> {
        self.runs(products, connections)
            .map(|(bare, core)| core / bare)
            .collect()
    }

    fn posting(&self, products: u32, connections: usize) -> (f64, f64, f64) {
        let (bare, core) = self.runs(products, connections).unzip();
        (
            median(bare),
            median(core),
            median(self.ratios(products, connections)),
        )
    }

    /// The medians over the rounds of each round's p50 and p99, in microseconds.
    fn look_ups(&self, products: u32) -> (u64, u64) {
        let of = |share: usize| {
            let mut rounds: Vec<u64> = self
                .rounds
                .iter()
                .filter(|round| round.products == products)
                .map(|round| {
                    let mut times = round.look_ups_us.clone();
                    times.sort_unstable();
                    times[times.len() * share / 100]
                })
                .collect();
            rounds.sort_unstable();
            rounds[rounds.len() / 2]
        };
        (of(50), of(99))
    }

    fn look_up_growth(&self) -> f64 {
        self.look_ups(PRODUCTS[1]).1 as f64 / self.look_ups(PRODUCTS[0]).1 as f64
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
