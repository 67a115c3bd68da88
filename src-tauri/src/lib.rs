//! The window of Ombor: commands, events and the frame around the page. No SQL, no OpenCV, no rule.

mod autostart;
pub mod bindings;
mod choice;
pub mod commands;
pub mod events;
mod platform;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use ombor_desk::{Ombor, Options};
use tauri::{AppHandle, Manager, RunEvent};

/// Opens the window and stays until it is closed.
pub fn run() -> ExitCode {
    platform::prepare();
    let border = bindings::builder();
    let context = tauri::generate_context!();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::raise(app);
        }))
        .plugin(autostart::plugin())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(border.invoke_handler())
        .setup(move |app| {
            border.mount_events(app);
            let page = app.handle().clone();
            let options = Options {
                resources: app.path().resource_dir().ok(),
                events: Arc::new(move |event| events::send(&page, event)),
                autostart: Some(Arc::new(autostart::OfThisComputer(app.handle().clone()))),
                ..Options::default()
            };
            let ombor = Ombor::open(options)?;
            app.manage(Arc::clone(&ombor));
            window::open(app.handle(), ombor.theme(), ombor.web_folder())?;
            tauri::async_runtime::spawn(async move { ombor.start_up().await });
            Ok(())
        })
        .build(context);
    match built {
        Ok(app) => {
            app.run(on_run_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

fn on_run_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Exit = event
        && let Some(ombor) = app.try_state::<Arc<Ombor>>()
    {
        tauri::async_runtime::block_on(ombor.shut_down());
    }
}
