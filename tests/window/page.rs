//! What a scan must never do to the page: click, type, or move the pointer.

use anyhow::Result;
use ombor_tests::window::Window;
use serde_json::Value;

/// Begins to count every click, every touch of the pointer and every change of a field.
pub async fn begin_counting(window: &Window) -> Result<()> {
    let script = "window.untouched = { clicks: 0, pointers: 0, inputs: 0 }; \
         const count = (kind, name) => window.addEventListener(kind, () => { window.untouched[name] += 1; }, true); \
         count('click', 'clicks'); count('pointerdown', 'pointers'); count('input', 'inputs');";
    window.ask(script).await.map(drop)
}

/// What was counted since, as `{clicks, pointers, inputs}`.
pub async fn counted(window: &Window) -> Result<Value> {
    window.ask("return window.untouched;").await
}
