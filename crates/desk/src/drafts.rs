//! The order in which drafts are written: the newest one wins, however long an older one took.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{Mutex, MutexGuard};

/// Turns for writing drafts.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    newest: AtomicU64,
    writing: Mutex<()>,
}

impl Drafts {
    /// A turn; it makes all earlier ones outdated.
    pub(crate) fn take_turn(&self) -> u64 {
        self.newest.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A newer turn was taken: there is nothing to write any more.
    pub(crate) fn is_outdated(&self, turn: u64) -> bool {
        self.newest.load(Ordering::Relaxed) != turn
    }

    /// One draft is written at a time.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().await
    }
}
