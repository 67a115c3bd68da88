//! What Patroni says over its REST interface, and what it is asked to do.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A Patroni that does not answer within this time counts as silent.
const PATIENCE: Duration = Duration::from_secs(2);
/// A switch of the primary is answered when it is done.
const SWITCH_PATIENCE: Duration = Duration::from_secs(30);

/// One node as the others see it.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// The node's name.
    pub name: String,
    /// `leader`, `sync_standby` or `replica`.
    pub role: String,
    /// `running`, `streaming`, `stopped`, ...
    pub state: String,
    /// How often a primary was replaced, as far as this node knows.
    #[serde(default)]
    pub timeline: Option<u64>,
}

impl Member {
    /// Whether its server runs.
    pub fn runs(&self) -> bool {
        matches!(self.state.as_str(), "running" | "streaming")
    }
}

#[derive(Deserialize)]
struct Cluster {
    members: Vec<Member>,
}

/// The nodes as the Patroni behind `port` sees them.
pub async fn members(port: u16) -> Result<Vec<Member>> {
    let answer = ask(port, "GET", "/cluster", None, PATIENCE).await?;
    Ok(serde_json::from_str::<Cluster>(&answer)?.members)
}

/// Whether the Patroni behind `port` calls its server the primary, which is what HAProxy asks.
pub async fn is_primary(port: u16) -> bool {
    ask(port, "GET", "/primary", None, PATIENCE).await.is_ok()
}

/// Whether commits of the cluster wait for a second copy.
pub async fn is_synchronous(port: u16) -> Result<bool> {
    let answer = ask(port, "GET", "/config", None, PATIENCE).await?;
    let config: Value = serde_json::from_str(&answer)?;
    Ok(config["synchronous_mode"] == Value::Bool(true))
}

/// Changes settings of the whole cluster.
pub async fn configure(port: u16, change: &Value) -> Result<()> {
    ask(port, "PATCH", "/config", Some(change), PATIENCE).await?;
    Ok(())
}

/// Hands the primary's part over to `candidate`.
pub async fn switch_over(port: u16, leader: &str, candidate: &str) -> Result<()> {
    let wish = serde_json::json!({ "leader": leader, "candidate": candidate });
    ask(port, "POST", "/switchover", Some(&wish), SWITCH_PATIENCE).await?;
    Ok(())
}

/// One question over HTTP; any answer but success is an error.
async fn ask(
    port: u16,
    method: &str,
    path: &str,
    body: Option<&Value>,
    patience: Duration,
) -> Result<String> {
    let asking = async {
        let mut line = TcpStream::connect(("127.0.0.1", port)).await?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let length = body.len();
        let question = format!(
            "{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        line.write_all(question.as_bytes()).await?;
        let mut answer = String::new();
        line.read_to_string(&mut answer).await?;
        anyhow::Ok(answer)
    };
    let Ok(answer) = tokio::time::timeout(patience, asking).await else {
        bail!("Patroni did not answer {method} {path}");
    };
    let answer = answer?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer")?;
    let status = head.split_whitespace().nth(1).context("a status")?;
    ensure!(status.starts_with('2'), "{method} {path}: {status} {body}");
    Ok(body.to_owned())
}
