//! Windows: WebView2.

/// WebView2 needs nothing from the environment.
pub fn prepare() {}
