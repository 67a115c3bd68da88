//! The application without its window, on the server that it brings along.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

mod gathering;
mod refusals;
mod station;
