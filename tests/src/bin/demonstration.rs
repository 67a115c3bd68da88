//! Plays the demonstration session.

fn main() {}
