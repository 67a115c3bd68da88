//! Tauri's build step: checks the configuration and the capabilities.

fn main() {
    tauri_build::build();
}
