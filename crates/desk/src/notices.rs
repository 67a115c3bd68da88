//! What changed at one desk, told to the others on the same database: PostgreSQL passes the word on.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::change::ChangeTag;
use crate::event::Event;
use crate::house::House;
use crate::ombor::Ombor;

const CHANNEL: &str = "ombor_changed";

/// How long a desk waits before it listens again after the line broke.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// One desk's word to the others.
#[derive(Debug, Serialize, Deserialize)]
struct Notice {
    /// Who tells it, so that a desk does not hear itself.
    desk: Uuid,
    tags: Vec<ChangeTag>,
}

/// A desk's voice among the desks of one database.
#[derive(Debug)]
pub struct Notices {
    desk: Uuid,
    words: mpsc::UnboundedSender<Vec<ChangeTag>>,
}

impl Notices {
    /// Finds a voice. What is told goes out one after the other, as long as this lives.
    pub fn open(pool: PgPool) -> Self {
        let desk = Uuid::new_v4();
        let (words, mut told) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(tags) = told.recv().await {
                if let Err(error) = pass_on(&pool, Notice { desk, tags }).await {
                    tracing::warn!(%error, "the other desks were not told of a change");
                }
            }
        });
        Self { desk, words }
    }

    /// Tells the other desks what changed, whenever the database takes the word.
    pub fn tell(&self, tags: &[ChangeTag]) {
        // The voice ends with the house; nobody is there to be told then.
        let _ = self.words.send(tags.to_vec());
    }
}

async fn pass_on(pool: &PgPool, notice: Notice) -> Result<(), sqlx::Error> {
    let text = serde_json::to_string(&notice).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query("select pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(text)
        .execute(pool)
        .await?;
    Ok(())
}

/// Hears the other desks as long as `house` is the application's. Whatever was said while the line was broken is made up
/// for by taking everything as changed.
pub(crate) async fn follow(ombor: Arc<Ombor>, house: Arc<House>) {
    let mut missed = false;
    while ombor
        .house()
        .is_ok_and(|current| Arc::ptr_eq(&current, &house))
    {
        if let Err(error) = listen(&ombor, &house, missed).await {
            tracing::debug!(%error, "the other desks are not heard");
        }
        missed = true;
        tokio::time::sleep(AGAIN_AFTER).await;
    }
}

async fn listen(ombor: &Ombor, house: &House, missed: bool) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(&house.pool).await?;
    listener.listen(CHANNEL).await?;
    if missed {
        ombor.events.emit(Event::Changed(ChangeTag::ALL.to_vec()));
    }
    // Nothing comes once the line is broken.
    while let Some(word) = listener.try_recv().await? {
        match serde_json::from_str::<Notice>(word.payload()) {
            Ok(notice) if notice.desk == house.notices.desk => {}
            Ok(notice) => ombor.events.emit(Event::Changed(notice.tags)),
            // Another version of the program says it in its own way.
            Err(_) => ombor.events.emit(Event::Changed(ChangeTag::ALL.to_vec())),
        }
    }
    Ok(())
}
