//! Who takes writes, looked at again and again: two nodes at once would be two warehouses.

use std::time::{Duration, Instant};

use anyhow::Result;
use ombor_postgres::ConnectInfo;
use sqlx::{ConnectOptions, PgConnection};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::cluster::{Cluster, SUPERUSER};

const EVERY: Duration = Duration::from_millis(200);
/// A server that does not answer within this time takes no writes.
const PATIENCE: Duration = Duration::from_secs(1);

/// What was seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// The longest time without any node that takes writes.
    pub longest_without: Duration,
    /// The longest time with two nodes that call themselves writable.
    pub longest_with_two: Duration,
}

/// Looks until it is stopped.
#[derive(Debug)]
pub struct Watch {
    stop: watch::Sender<bool>,
    looking: JoinHandle<Seen>,
}

impl Watch {
    /// Begins to look at all nodes.
    pub fn begin(cluster: &Cluster) -> Self {
        let doors: Vec<ConnectInfo> = cluster
            .nodes()
            .iter()
            .map(|node| cluster.direct(node, SUPERUSER))
            .collect();
        let (stop, stopped) = watch::channel(false);
        let looking = tokio::spawn(look(doors, stopped));
        Self { stop, looking }
    }

    /// Ends the looking and says what was seen.
    pub async fn end(self) -> Result<Seen> {
        self.stop.send_replace(true);
        Ok(self.looking.await?)
    }
}

async fn look(doors: Vec<ConnectInfo>, stopped: watch::Receiver<bool>) -> Seen {
    let mut lines: Vec<Option<PgConnection>> = doors.iter().map(|_| None).collect();
    let mut turns = tokio::time::interval(EVERY);
    let mut seen = Seen::default();
    let (mut last_one, mut two_since) = (Instant::now(), None);
    while !*stopped.borrow() {
        turns.tick().await;
        let mut writable = 0;
        for (line, door) in lines.iter_mut().zip(&doors) {
            writable += usize::from(takes_writes(line, door).await);
        }
        let now = Instant::now();
        match writable {
            0 => seen.longest_without = seen.longest_without.max(now - last_one),
            _ => last_one = now,
        }
        two_since = (writable > 1).then(|| two_since.unwrap_or(now));
        if let Some(since) = two_since {
            seen.longest_with_two = seen.longest_with_two.max(now - since);
        }
    }
    seen
}

async fn takes_writes(line: &mut Option<PgConnection>, door: &ConnectInfo) -> bool {
    let asking = async {
        let mut connection = if let Some(connection) = line.take() {
            connection
        } else {
            let options = door.connect_options().disable_statement_logging();
            options.connect().await?
        };
        let writes: bool = sqlx::query_scalar("select not pg_is_in_recovery()")
            .fetch_one(&mut connection)
            .await?;
        *line = Some(connection);
        Ok::<_, sqlx::Error>(writes)
    };
    matches!(tokio::time::timeout(PATIENCE, asking).await, Ok(Ok(true)))
}
