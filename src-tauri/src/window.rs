//! The frame around the page.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

const LABEL: &str = "main";

/// Opens the window at the size of the commonest screen in a warehouse.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Ombor")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1024.0, 640.0)
        .maximized(true)
        .background_color(tauri::window::Color(0xF5, 0xF4, 0xF0, 0xFF))
        .build()?;
    Ok(())
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
