//! What is done to the cluster while eight writers post.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;

use super::cluster::Cluster;
use super::patroni;
use crate::until::pass;

/// How long the log's way to the copies is shut before the primary dies.
const HELD_BACK: Duration = Duration::from_secs(2);

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Blow {
    /// The primary's node is killed: Patroni and every process of the server.
    Primary,
    /// The primary's server alone is killed; its Patroni lives.
    PrimaryServer,
    /// The log no longer reaches the copies, and then the primary's node is killed.
    PrimaryHeldBack,
    /// The primary's Patroni stands still while its server goes on.
    FrozenPatroni,
    /// The node whose copy is waited for is killed.
    SecondCopy,
    /// Two of three etcd are killed.
    EtcdMajority,
    /// Somebody hands the primary's part over on purpose.
    Switchover,
}

impl Blow {
    /// All of them, in the order in which rounds take them.
    pub const ALL: [Self; 7] = [
        Self::Primary,
        Self::PrimaryServer,
        Self::PrimaryHeldBack,
        Self::FrozenPatroni,
        Self::SecondCopy,
        Self::EtcdMajority,
        Self::Switchover,
    ];

    /// Whether the primary's part goes to another node.
    pub fn moves_the_primary(self) -> bool {
        !matches!(
            self,
            Self::PrimaryServer | Self::SecondCopy | Self::EtcdMajority
        )
    }

    /// Does it to the node at `primary`.
    pub async fn strike(self, cluster: &mut Cluster, primary: usize) -> Result<()> {
        match self {
            Self::Primary => cluster.node_mut(primary).kill(),
            Self::PrimaryServer => cluster.node(primary).kill_server(),
            Self::PrimaryHeldBack => {
                cluster.node(primary).freeze_senders()?;
                pass(HELD_BACK).await;
                cluster.node_mut(primary).kill()
            }
            Self::FrozenPatroni => {
                cluster.node(primary).freeze_patroni();
                Ok(())
            }
            Self::SecondCopy => {
                let second = cluster.second().await.context("a second copy")?;
                cluster.node_mut(second).kill()
            }
            Self::EtcdMajority => {
                for place in [0, 1] {
                    cluster.node_mut(place).kill_etcd()?;
                }
                Ok(())
            }
            Self::Switchover => {
                let second = cluster.second().await.context("a second copy")?;
                let (from, to) = (cluster.node(primary), cluster.node(second));
                patroni::switch_over(from.ports.rest, &from.name, &to.name).await
            }
        }
    }
}
