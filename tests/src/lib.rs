//! The whole system under test. This library is what its tests, its bench and the demonstration session stand on:
//!
//! - [`screen`], [`keyboard`], [`camera`]: the hardware of a desk, private to one run;
//! - [`window`]: the real window, read and clicked through WebKit's own driver;
//! - [`station`]: all of these together, with the acts that every session is made of;
//! - [`demonstration`]: the demonstration session with its [`people`];
//! - [`installed`]: the days of a program that was installed from a package;
//! - [`warehouse`]: a small warehouse, made through the commands that the screens call;
//! - [`database`]: a server and psql, for the proof that a dump restores ([`restore`]) and for the bench;
//! - [`label`]: a printed label as a scanner sees it;
//! - [`availability`]: a cluster of three nodes, struck while eight writers post;
//! - [`torture`]: kills, full disks, frozen servers and clocks while eight writers post;
//! - [`program`], [`pid`], [`until`]: what ends with a test, and waiting for what becomes true.

pub mod availability;
pub mod camera;
pub mod database;
pub mod demonstration;
pub mod installed;
pub mod keyboard;
pub mod label;
pub mod people;
pub mod pid;
pub mod program;
pub mod restore;
pub mod screen;
pub mod station;
pub mod torture;
pub mod until;
pub mod warehouse;
pub mod window;
