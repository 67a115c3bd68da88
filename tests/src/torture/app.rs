//! The application's side: eight writers that post through `core`, never guess, and ask again under the same id.

mod desk;
mod writer;

use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result};
use ombor_core::people::login;
use ombor_postgres::{ConnectInfo, Options};
use rand::{SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};

use super::ground::{Ground, OPERATOR, PASSWORD};
use super::journal::Journal;
use desk::Desk;
use writer::{Goods, Writer};

/// Where the application finds its warehouse.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Server {
    /// On the server that Ombor brings along.
    Bundled(Options),
    /// On another one, reached by the application's role through the connections that a desk has.
    At(ConnectInfo),
}

/// What the application is told on its command line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// Where the warehouse is.
    pub server: Server,
    /// What its stations are called; two applications share none.
    pub station: String,
    /// The dice of all writers.
    pub seed: u64,
    /// How many post at once.
    pub writers: u64,
    /// After so many milliseconds without an answer the connection is dropped and the question asked again.
    pub patience_ms: u64,
    /// Broken on purpose: a second try makes a new id.
    pub forgets_ids: bool,
}

impl Plan {
    /// Eight writers with a desk's patience.
    pub fn usual(ground: &Ground, seed: u64) -> Self {
        Self {
            server: Server::Bundled(ground.options.clone()),
            station: "desk".to_owned(),
            seed,
            writers: 8,
            patience_ms: 10_000,
            forgets_ids: false,
        }
    }

    /// The same, on another server.
    pub fn at(info: ConnectInfo, seed: u64) -> Self {
        Self {
            server: Server::At(info),
            station: "desk".to_owned(),
            seed,
            writers: 8,
            patience_ms: 10_000,
            forgets_ids: false,
        }
    }
}

/// The running application.
#[derive(Debug)]
pub struct App {
    process: Leash,
    /// What it says.
    pub journal: Journal,
}

/// A process that does not outlive what holds it, as when a check fails.
#[derive(Debug)]
struct Leash(Child);

impl Drop for Leash {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl App {
    /// Starts it: this very program, or the one that tests were given.
    pub fn start(program: &std::path::Path, plan: &Plan) -> Result<Self> {
        let mut process = Leash(
            Command::new(program)
                .arg("app")
                .arg(serde_json::to_string(plan)?)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?,
        );
        let output = process.0.stdout.take().context("a pipe")?;
        Ok(Self {
            process,
            journal: Journal::listen(output),
        })
    }

    /// Kills it as the system does, without a word.
    pub fn kill(self) -> Journal {
        drop(self.process);
        self.journal
    }
}

impl Plan {
    /// Works until somebody kills the process.
    pub async fn work(self) -> Result<()> {
        let desk = Arc::new(Desk::of(self));
        let mut connection = desk.connect().await?;
        let goods = Goods::read(&mut connection).await?;
        // All of them log in before the first one posts.
        let mut ready = Vec::new();
        for number in 0..desk.plan.writers {
            let station = format!("{}-{}", desk.plan.station, number + 1);
            let actor = login::log_in(&mut connection, OPERATOR, PASSWORD, &station).await?;
            let dice = StdRng::seed_from_u64(desk.plan.seed.wrapping_mul(31).wrapping_add(number));
            ready.push(Writer {
                desk: desk.clone(),
                goods: goods.clone(),
                station,
                actor,
                connection: None,
                confirmation: None,
                dice,
            });
        }
        let mut writers = tokio::task::JoinSet::new();
        for writer in ready {
            writers.spawn(writer.work());
        }
        let sealing = desk.clone();
        writers.spawn(async move { sealing.seal_for_ever().await });
        while let Some(ended) = writers.join_next().await {
            ended??;
        }
        Ok(())
    }
}
