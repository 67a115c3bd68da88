//! Tauri's build step.
fn main() {}
