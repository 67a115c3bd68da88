//! T19: data of PostgreSQL 16 come to the bundled 18 and go back, whatever breaks the way off.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says why, and prints what it could not try"
)]

mod house;
mod kills;
mod refusals;
mod way;
