//! What a person chooses in the system's own dialogs: a new file, files, a folder. Nothing when they close it.

use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::window;

/// Where a new file is to lie; the name and its ending are a proposal.
pub async fn new_file(app: &AppHandle, name: &str, ending: &str) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    dialog(app)
        .set_file_name(format!("{name}.{ending}"))
        .add_filter(ending, &[ending])
        .save_file(move |path| drop(answer.send(path)));
    chosen.await.ok().flatten().and_then(text)
}

/// Files that are there.
pub async fn files(app: &AppHandle) -> Vec<String> {
    let (answer, chosen) = oneshot::channel();
    dialog(app).pick_files(move |paths| drop(answer.send(paths)));
    let chosen = chosen.await.ok().flatten().unwrap_or_default();
    chosen.into_iter().filter_map(text).collect()
}

/// A folder that is there.
pub async fn folder(app: &AppHandle) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    dialog(app).pick_folder(move |path| drop(answer.send(path)));
    chosen.await.ok().flatten().and_then(text)
}

fn dialog(app: &AppHandle) -> FileDialogBuilder<Wry> {
    let dialog = app.dialog().file();
    match app.get_webview_window(window::LABEL) {
        Some(page) => dialog.set_parent(&page),
        None => dialog,
    }
}

fn text(path: FilePath) -> Option<String> {
    let path = path.into_path().ok()?;
    Some(path.to_string_lossy().into_owned())
}
