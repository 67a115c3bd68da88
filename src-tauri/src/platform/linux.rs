//! Linux: WebKitGTK.

use std::env;
use std::path::Path;

/// Sets what WebKitGTK reads from the environment, unless somebody set it already.
///
/// Without a graphics device its DMA-BUF renderer leaves the window white, and under the locale `C` its
/// `Intl` throws at every use.
pub fn prepare() {
    if !Path::new("/dev/dri").exists() {
        set_default("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(env::var_os);
    if locale.is_none_or(|locale| locale == "C" || locale == "POSIX" || locale.is_empty()) {
        set("LC_ALL", "C.UTF-8");
        set("LANG", "en_US.UTF-8");
        set("LANGUAGE", "en_US");
    }
}

fn set_default(name: &str, value: &str) {
    if env::var_os(name).is_none() {
        set(name, value);
    }
}

#[expect(
    unsafe_code,
    reason = "the environment is set before any thread exists"
)]
fn set(name: &str, value: &str) {
    // SAFETY: `prepare` is the first thing that `main` does; no other thread reads the environment yet.
    unsafe { env::set_var(name, value) };
}
