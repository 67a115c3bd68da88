//! A request to break long work off, shared between who works and who asks.

use std::sync::Arc;

use tokio::sync::watch;

/// Clones share the request. Once asked it stays asked.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Cancel {
    /// Nobody asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Resolves when somebody asked.
    pub async fn asked(&self) {
        // The sender is held by `self`, so that waiting ends with the request alone.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }
}
