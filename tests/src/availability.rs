//! High availability, tried: a cluster of three nodes as [docs/several-desks.md] describes it, struck while eight
//! writers post through its one address.
//!
//! - [`program`]: programs run by an account without rights;
//! - [`node`], [`cluster`]: etcd, Patroni, PostgreSQL and HAProxy on one machine;
//! - [`patroni`]: its REST interface;
//! - [`warehouse`]: a warehouse on the cluster, and its books;
//! - [`blow`]: what is done to it;
//! - [`watch`]: who takes writes, looked at from outside;
//! - [`round`]: one blow, from the first acknowledged document to the verdict;
//! - [`report`]: the figures.
//!
//! [docs/several-desks.md]: ../../../docs/several-desks.md

pub mod blow;
pub mod cluster;
pub mod node;
pub mod patroni;
pub mod program;
pub mod report;
pub mod round;
pub mod warehouse;
pub mod watch;
