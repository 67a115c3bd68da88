//! The frame around the page.

use std::path::PathBuf;

use ombor_desk::api::settings::Theme;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// What the window is called inside the program.
pub const LABEL: &str = "main";

/// Opens the window at the size of the commonest screen in a warehouse. What its page remembers lies in `web_folder`.
pub fn open(app: &AppHandle, theme: Theme, web_folder: PathBuf) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Ombor")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1024.0, 640.0)
        .maximized(true)
        .theme(frame(theme))
        .data_directory(web_folder)
        .background_color(tauri::window::Color(0xF5, 0xF4, 0xF0, 0xFF))
        .build()?;
    Ok(())
}

/// From now on the frame, and with it the page, is light or dark.
pub fn paint(app: &AppHandle, theme: Theme) {
    app.set_theme(frame(theme));
}

/// What the system is asked for; `None` is its own choice.
fn frame(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
        Theme::System => None,
    }
}

/// Brings the window to the front: somebody started the program a second time.
pub fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let raised = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::warn!(%error, "the window cannot be raised");
        }
    }
}
