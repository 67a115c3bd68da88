//! The order in which drafts are written: the newest one wins, however long an older one took.

use tokio::sync::{Mutex, MutexGuard, watch};

/// Turns for writing drafts.
pub(crate) struct Drafts {
    newest: watch::Sender<u64>,
    written: watch::Sender<u64>,
    writing: Mutex<()>,
}

impl Drafts {
    pub(crate) fn new() -> Self {
        Self {
            newest: watch::Sender::new(0),
            written: watch::Sender::new(0),
            writing: Mutex::new(()),
        }
    }

    /// A turn; it makes all earlier ones outdated.
    pub(crate) fn take_turn(&self) -> u64 {
        let mut turn = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            turn = *newest;
        });
        turn
    }

    /// Waits until it may write; nothing if a newer turn was taken meanwhile.
    pub(crate) async fn wait_for(&self, turn: u64) -> Option<MutexGuard<'_, ()>> {
        let writing = self.writing.lock().await;
        (*self.newest.borrow() == turn).then_some(writing)
    }

    /// The turn is over, whether there was anything to write or not.
    pub(crate) fn end(&self, turn: u64) {
        self.written
            .send_modify(|written| *written = (*written).max(turn));
    }

    /// Waits until every turn that was taken by now is over.
    pub(crate) async fn settled(&self) {
        let newest = *self.newest.borrow();
        let mut written = self.written.subscribe();
        // The sender lives as long as `self`, so this only ends when the turns have.
        let _settled = written.wait_for(|written| *written >= newest).await;
    }
}
