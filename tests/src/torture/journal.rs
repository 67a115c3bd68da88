//! What the application said, heard from outside.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::process::ChildStdout;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One line of the application.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// A document is about to be posted for the first time, or under a new id.
    Try(Uuid),
    /// The desk was told that the document stands.
    Ack(Uuid),
    /// The same, but it had stood since an earlier try: that answer was lost.
    AckAgain(Uuid),
    /// The desk was told that the document does not stand.
    Refused(Uuid),
}

/// All that was heard so far.
#[derive(Debug, Default)]
pub struct Heard {
    /// When each document was first tried.
    pub tried: HashMap<Uuid, Instant>,
    /// When each document was acknowledged.
    pub acknowledged: HashMap<Uuid, Instant>,
    /// Documents whose acknowledgement was an answer to a second question: the first answer was lost.
    pub ambiguous: HashSet<Uuid>,
    /// Documents that were refused.
    pub refused: usize,
}

impl Heard {
    /// How many documents that were first tried after `instant` have been acknowledged.
    pub fn begun_after(&self, instant: Instant) -> usize {
        let is_later = |document| {
            self.tried
                .get(document)
                .is_some_and(|tried| *tried > instant)
        };
        self.acknowledged
            .keys()
            .filter(|document| is_later(document))
            .count()
    }

    /// Whether a document that was first tried after `instant` has been acknowledged.
    pub fn goes_on_after(&self, instant: Instant) -> Option<Instant> {
        self.acknowledged
            .iter()
            .filter(|(document, _)| {
                self.tried
                    .get(document)
                    .is_some_and(|tried| *tried > instant)
            })
            .map(|(_, acknowledged)| *acknowledged)
            .min()
    }
}

/// Listens until the application is gone.
#[derive(Debug)]
pub struct Journal {
    heard: Arc<Mutex<Heard>>,
    listener: JoinHandle<()>,
}

impl Journal {
    pub(super) fn listen(output: ChildStdout) -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let written = heard.clone();
        let listener = std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // The last line of a killed application may be half a line: it was never said.
                if let Ok(word) = serde_json::from_str(&line) {
                    note(&mut lock(&written), word);
                }
            }
        });
        Self { heard, listener }
    }

    /// What was heard up to now.
    pub fn heard(&self) -> MutexGuard<'_, Heard> {
        lock(&self.heard)
    }

    /// All of it, once the application is gone.
    pub fn close(self) -> Heard {
        // A listener that failed has written what it heard.
        let _ = self.listener.join();
        std::mem::take(&mut lock(&self.heard))
    }
}

fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note(heard: &mut Heard, word: Word) {
    let now = Instant::now();
    match word {
        Word::Try(document) => {
            heard.tried.entry(document).or_insert(now);
        }
        Word::Ack(document) => {
            heard.acknowledged.insert(document, now);
        }
        Word::AckAgain(document) => {
            heard.acknowledged.insert(document, now);
            heard.ambiguous.insert(document);
        }
        Word::Refused(_) => heard.refused += 1,
    }
}
