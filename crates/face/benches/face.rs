//! Speed of the face pipeline.
fn main() {}
