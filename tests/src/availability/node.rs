//! One node: etcd, Patroni, and the PostgreSQL that Patroni starts; and what can be done to it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use rustix::process::Signal;

use super::program::{Program, private_file};
use crate::pid;
use crate::torture::strike::{send, server_pid};

const PATRONI: &str = include_str!("../../../installer/high-availability/patroni.yml");
/// Where Debian keeps the programs of its PostgreSQL.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// Where a node listens.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    /// Patroni's REST interface.
    pub rest: u16,
    /// PostgreSQL.
    pub server: u16,
    /// etcd for Patroni.
    pub etcd: u16,
    /// etcd for its like.
    pub etcd_peer: u16,
}

/// One node.
#[derive(Debug)]
pub struct Node {
    /// As Patroni calls it.
    pub name: String,
    /// Where it listens.
    pub ports: Ports,
    folder: PathBuf,
    etcd: Option<Program>,
    patroni: Option<Program>,
}

impl Node {
    /// A node that does not run yet.
    pub fn new(name: String, folder: PathBuf, ports: Ports) -> Self {
        Self {
            name,
            ports,
            folder,
            etcd: None,
            patroni: None,
        }
    }

    fn cluster(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The server's first process, if it runs. A file that outlived its server may name anybody.
    fn server(&self) -> Option<u32> {
        let server = server_pid(&self.cluster()).ok()?;
        let works_in = std::fs::read_link(format!("/proc/{server}/cwd")).ok()?;
        (works_in == self.cluster()).then_some(server)
    }

    /// Kills the node as a torn-out plug does: Patroni, the server and all of its processes.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(patroni) = self.patroni.take() {
            patroni.kill()?;
        }
        self.kill_server()
    }

    /// Kills every process of the server.
    pub fn kill_server(&self) -> Result<()> {
        if let Some(server) = self.server() {
            for process in pid::children(server)?.into_iter().chain([server]) {
                send(process, Signal::KILL);
            }
        }
        Ok(())
    }

    /// Stops Patroni's clock, while its server goes on.
    pub fn freeze_patroni(&self) {
        if let Some(patroni) = &self.patroni {
            patroni.signal(Signal::STOP);
        }
    }

    /// Ends this node's etcd.
    pub fn kill_etcd(&mut self) -> Result<()> {
        self.etcd.take().map_or(Ok(()), Program::kill)
    }

    /// Freezes the processes that send the log to the copies.
    pub fn freeze_senders(&self) -> Result<()> {
        let server = self.server().context("a server")?;
        for process in pid::children(server)? {
            let told = std::fs::read_to_string(format!("/proc/{process}/cmdline"));
            if told.is_ok_and(|told| told.contains("walsender")) {
                send(process, Signal::STOP);
            }
        }
        Ok(())
    }

    /// Starts whatever of the node does not run, and thaws what was frozen.
    pub fn mend(&mut self, etcd_members: &str) -> Result<()> {
        if self.etcd.is_none() {
            self.start_etcd(etcd_members)?;
        }
        match &self.patroni {
            Some(patroni) => patroni.signal(Signal::CONT),
            None => self.start_patroni()?,
        }
        Ok(())
    }

    /// Writes what Patroni is told.
    pub fn write_configuration(&self, etcd: &str, password: &str) -> Result<()> {
        let path = |name: &str| self.folder.join(name).display().to_string();
        let words = [
            ("name", self.name.clone()),
            ("address", "127.0.0.1".to_owned()),
            ("network", "127.0.0.1/32".to_owned()),
            ("rest-port", self.ports.rest.to_string()),
            ("port", self.ports.server.to_string()),
            ("etcd", etcd.to_owned()),
            ("data", path("data")),
            ("pgpass", path("pgpass")),
            ("sockets", path("")),
            ("programs", PROGRAMS.to_owned()),
            ("superuser-password", password.to_owned()),
            ("replication-password", password.to_owned()),
            ("rewind-password", password.to_owned()),
        ];
        private_file(&self.configuration(), &filled_in(PATRONI, &words))
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("patroni.yml")
    }

    /// Starts Patroni, which starts the server.
    pub fn start_patroni(&mut self) -> Result<()> {
        let log = self.folder.join("patroni.log");
        let patroni = Program::start("patroni", [self.configuration()], &self.folder, &log)?;
        self.patroni = Some(patroni);
        Ok(())
    }

    /// Starts etcd among `members`.
    pub fn start_etcd(&mut self, members: &str) -> Result<()> {
        let client = format!("http://127.0.0.1:{}", self.ports.etcd);
        let peer = format!("http://127.0.0.1:{}", self.ports.etcd_peer);
        let data = self.folder.join("etcd").display().to_string();
        let arguments = [
            ("--name", self.name.as_str()),
            ("--data-dir", &data),
            ("--listen-client-urls", &client),
            ("--advertise-client-urls", &client),
            ("--listen-peer-urls", &peer),
            ("--initial-advertise-peer-urls", &peer),
            ("--initial-cluster", members),
            ("--initial-cluster-state", "new"),
        ];
        let arguments = arguments.iter().flat_map(|(name, value)| [*name, *value]);
        let log = self.folder.join("etcd.log");
        self.etcd = Some(Program::start("etcd", arguments, &self.folder, &log)?);
        Ok(())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Nobody is left to hear of a process that cannot be killed.
        let _ = self.kill();
    }
}

/// A template with its words filled in.
pub fn filled_in(template: &str, words: &[(&str, String)]) -> String {
    words
        .iter()
        .fold(template.to_owned(), |text, (word, value)| {
            text.replace(&format!("{{{{{word}}}}}"), value)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_files_for_an_owner_is_filled_in() {
        let words: Vec<(&str, String)> = [
            "name",
            "address",
            "network",
            "rest-port",
            "port",
            "etcd",
            "data",
            "pgpass",
            "sockets",
            "programs",
            "superuser-password",
            "replication-password",
            "rewind-password",
            "listen",
            "servers",
        ]
        .map(|word| (word, "x".to_owned()))
        .to_vec();
        let router = include_str!("../../../installer/high-availability/haproxy.cfg");
        for template in [PATRONI, router] {
            assert!(!filled_in(template, &words).contains("{{"));
        }
    }
}
