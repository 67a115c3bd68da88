//! What the data survive: an application of its own process posts with eight writers through `core`, everything around
//! it is killed, frozen or filled up at random instants, and afterwards the books are read.
//!
//! - [`ground`]: a data directory with a warehouse in it;
//! - [`app`]: the application's side, which says what it tries and what was acknowledged;
//! - [`journal`]: what it said, heard from outside, so that it outlives the application;
//! - [`strike`]: what is done to it;
//! - [`verdict`]: what must be true afterwards;
//! - [`round`]: one kill, from the first acknowledged movement to the verdict;
//! - [`trial`]: full disk, frozen server, broken socket, a clock that goes back;
//! - [`power`]: a power cut, on a disk image that holds only what was synced;
//! - [`backups`]: the warehouse's backups, killed in the middle;
//! - [`restores`]: a restore, killed in the middle;
//! - [`migrations`]: a migration of the schema, killed in the middle;
//! - [`control`]: broken variants that must be caught;
//! - [`report`]: the figures.

pub mod app;
pub mod backups;
pub mod control;
pub mod ground;
pub mod journal;
pub mod migrations;
pub mod power;
pub mod report;
pub mod restores;
pub mod round;
pub mod strike;
pub mod trial;
pub mod verdict;
