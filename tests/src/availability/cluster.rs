//! Three nodes on one machine, as an owner would have them on three: etcd, Patroni with its PostgreSQL, and HAProxy in
//! front. Everything lies in a folder of its own and listens on ports of its own.

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use ombor_postgres::{ConnectInfo, Place};
use tempfile::TempDir;

use super::node::{Node, Ports, filled_in};
use super::patroni::{self, Member};
use super::program::{Program, private_file, private_folder};
use crate::until::until;

const HAPROXY: &str = include_str!("../../../installer/high-availability/haproxy.cfg");
const NODES: usize = 3;
/// How long a cluster may take until all of its nodes run again.
const WHOLE_WITHIN: Duration = Duration::from_mins(2);

/// The superuser of all nodes.
pub const SUPERUSER: &str = "postgres";

/// The cluster. Everything of it ends with this.
#[derive(Debug)]
pub struct Cluster {
    nodes: Vec<Node>,
    entrance: u16,
    _router: Program,
    password: String,
    /// Removed last.
    folder: TempDir,
}

impl Cluster {
    /// Makes the cluster and waits until all nodes run.
    pub async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        private_folder(folder.path())?;
        let mut ports = free_ports(NODES * 4 + 1)?.into_iter();
        let mut port = || ports.next().context("a free port");
        let password = uuid::Uuid::new_v4().simple().to_string();
        let mut nodes = Vec::new();
        for number in 1..=NODES {
            let name = format!("node{number}");
            let own = folder.path().join(&name);
            private_folder(&own)?;
            let ports = Ports {
                rest: port()?,
                server: port()?,
                etcd: port()?,
                etcd_peer: port()?,
            };
            nodes.push(Node::new(name, own, ports));
        }
        let members = etcd_members(&nodes);
        let hosts = etcd_hosts(&nodes);
        for node in &mut nodes {
            node.write_configuration(&hosts, &password)?;
            node.start_etcd(&members)?;
            node.start_patroni()?;
        }
        let entrance = port()?;
        let router = start_router(folder.path(), entrance, &nodes)?;
        let cluster = Self {
            nodes,
            entrance,
            _router: router,
            password,
            folder,
        };
        cluster.whole().await?;
        Ok(cluster)
    }

    /// How a desk reaches the primary, whichever node that is.
    pub fn entrance(&self, database: &str, login: &str) -> ConnectInfo {
        self.door(self.entrance, database, login)
    }

    /// How one node's server is reached.
    pub fn direct(&self, node: &Node, login: &str) -> ConnectInfo {
        self.door(node.ports.server, "postgres", login)
    }

    fn door(&self, port: u16, database: &str, login: &str) -> ConnectInfo {
        ConnectInfo {
            place: Place::Host("127.0.0.1".to_owned()),
            port,
            database: database.to_owned(),
            login: login.to_owned(),
            password: self.password.clone(),
            tls: None,
        }
    }

    /// The password of every login of this cluster.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The nodes as the first of them that answers sees them.
    async fn members(&self) -> Vec<Member> {
        for node in &self.nodes {
            if let Ok(members) = patroni::members(node.ports.rest).await {
                return members;
            }
        }
        Vec::new()
    }

    /// Waits until every node runs, on one timeline, with a second copy that is waited for where that is asked for.
    pub async fn whole(&self) -> Result<()> {
        until("a whole cluster", WHOLE_WITHIN, async || {
            let members = self.members().await;
            let has = |role: &str| members.iter().any(|member| member.role == role);
            let together = members
                .iter()
                .all(|member| member.runs() && member.timeline == members[0].timeline);
            let copied = has("sync_standby") || !self.waits_for_copy().await;
            let whole = members.len() == NODES && together && has("leader") && copied;
            Ok(whole.then_some(()))
        })
        .await
        .with_context(|| format!("the logs lie in {}", self.folder.path().display()))
    }

    async fn waits_for_copy(&self) -> bool {
        for node in &self.nodes {
            if let Ok(waits) = patroni::is_synchronous(node.ports.rest).await {
                return waits;
            }
        }
        true
    }

    /// The place in [`Cluster::node`] of the node that Patroni calls the primary.
    pub async fn primary(&self) -> Option<usize> {
        for (place, node) in self.nodes.iter().enumerate() {
            if patroni::is_primary(node.ports.rest).await {
                return Some(place);
            }
        }
        None
    }

    /// Whether Patroni calls another node than that at `place` the primary.
    pub async fn primary_but(&self, place: usize) -> bool {
        for (other, node) in self.nodes.iter().enumerate() {
            if other != place && patroni::is_primary(node.ports.rest).await {
                return true;
            }
        }
        false
    }

    /// The place of the node whose copy the primary waits for.
    pub async fn second(&self) -> Option<usize> {
        let members = self.members().await;
        let second = members
            .iter()
            .find(|member| member.role == "sync_standby")?;
        self.nodes.iter().position(|node| node.name == second.name)
    }

    /// The node at a place.
    pub fn node(&self, place: usize) -> &Node {
        &self.nodes[place]
    }

    /// The same, to do something to it.
    pub fn node_mut(&mut self, place: usize) -> &mut Node {
        &mut self.nodes[place]
    }

    /// All nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Starts whatever of the cluster does not run, and thaws what was frozen.
    pub fn mend(&mut self) -> Result<()> {
        let members = etcd_members(&self.nodes);
        for node in &mut self.nodes {
            node.mend(&members)?;
        }
        Ok(())
    }

    /// Makes commits wait for a second copy, or no longer.
    pub async fn wait_for_copy(&self, waits: bool) -> Result<()> {
        let primary = self.primary().await.context("a primary")?;
        let change = serde_json::json!({
            "synchronous_mode": waits,
            "synchronous_mode_strict": waits,
            // Without a second copy whoever is behind may be promoted: that is what the mode gives up.
            "maximum_lag_on_failover": 1_u64 << 30,
        });
        patroni::configure(self.nodes[primary].ports.rest, &change).await?;
        until("a cluster that heeds it", WHOLE_WITHIN, async || {
            Ok((self.second().await.is_some() == waits).then_some(()))
        })
        .await?;
        self.whole().await
    }
}

fn etcd_members(nodes: &[Node]) -> String {
    let member = |node: &Node| format!("{}=http://127.0.0.1:{}", node.name, node.ports.etcd_peer);
    nodes.iter().map(member).collect::<Vec<_>>().join(",")
}

fn etcd_hosts(nodes: &[Node]) -> String {
    let host = |node: &Node| format!("127.0.0.1:{}", node.ports.etcd);
    nodes.iter().map(host).collect::<Vec<_>>().join(",")
}

fn start_router(folder: &Path, entrance: u16, nodes: &[Node]) -> Result<Program> {
    let server = |node: &Node| {
        let (name, port, rest) = (&node.name, node.ports.server, node.ports.rest);
        format!("  server {name} 127.0.0.1:{port} check port {rest}")
    };
    let words = [
        ("listen", format!("127.0.0.1:{entrance}")),
        (
            "servers",
            nodes.iter().map(server).collect::<Vec<_>>().join("\n"),
        ),
    ];
    let configuration = folder.join("haproxy.cfg");
    private_file(&configuration, &filled_in(HAPROXY, &words))?;
    let configuration = configuration.display().to_string();
    let arguments = ["-db", "-f", &configuration];
    Program::start(
        "/usr/sbin/haproxy",
        arguments,
        folder,
        &folder.join("haproxy.log"),
    )
}

/// Ports that nobody listens on, all different.
fn free_ports(count: usize) -> Result<Vec<u16>> {
    let listeners: Vec<TcpListener> = (0..count)
        .map(|_| TcpListener::bind(("127.0.0.1", 0)))
        .collect::<Result<_, _>>()?;
    listeners
        .iter()
        .map(|listener| Ok(listener.local_addr()?.port()))
        .collect()
}
