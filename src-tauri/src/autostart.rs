//! The computer's list of programs that it opens by itself, asked through Tauri.

use ombor_desk::autostart::{Autostart, Refused};
use tauri::AppHandle;
use tauri::plugin::TauriPlugin;
use tauri_plugin_autostart::{Builder, Error, ManagerExt};

/// What the list calls us.
const NAME: &str = "Ombor";

/// Tauri's part of it.
pub fn plugin() -> TauriPlugin<tauri::Wry> {
    Builder::new().app_name(NAME).build()
}

/// The list of whoever is logged in to this computer.
pub struct OfThisComputer(pub AppHandle);

impl Autostart for OfThisComputer {
    fn is_on(&self) -> Result<bool, Refused> {
        self.0.autolaunch().is_enabled().map_err(refused)
    }

    fn set(&self, on: bool) -> Result<(), Refused> {
        let list = self.0.autolaunch();
        let outcome = if on { list.enable() } else { list.disable() };
        outcome.map_err(refused)
    }
}

fn refused(error: Error) -> Refused {
    Refused(error.to_string())
}
