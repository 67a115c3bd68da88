//! The faces that are known: templates from the database, and the two model files of this desk.

use std::sync::Arc;
use std::time::Duration;

use ombor_core::audit;
use ombor_core::people::face_template::{self, StoredTemplate};
use ombor_face::model::{self, Opened, Stale};
use ombor_face::{Counts, Gallery, PIPELINE_VERSION, Template};
use rust_decimal::prelude::ToPrimitive;
use tokio::time::timeout;

use crate::error::{AppError, Result};
use crate::fault;
use crate::ombor::{Ombor, lock};

/// How long the end waits for a model file that is being written; a half-written one is never used.
const PATIENCE: Duration = Duration::from_secs(5);

/// A template whose frame was not measured counts as a good one.
const UNMEASURED: f32 = 1.0;

impl Ombor {
    /// Takes the faces that are known at the start: from this desk's files if they are those that the database knows,
    /// else from the database, and the files are made anew.
    pub(crate) async fn open_gallery(self: &Arc<Self>) -> Result<()> {
        let mut connection = self.connection().await?;
        let known = face_template::known_faces(&mut connection)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        let folder = self.locations.models();
        let recorded = known.model_sha256;
        let opened = off_thread(move || model::open(&folder, recorded)).await?;
        match (opened, recorded) {
            (Opened::Ready(gallery), Some(recorded)) => {
                let gallery = Arc::new(gallery);
                self.take_gallery(&gallery, known.revision).await;
                let ombor = Arc::clone(self);
                self.after_the_last_file(async move {
                    ombor.check_files(gallery, known.revision, recorded).await;
                });
                Ok(())
            }
            (Opened::Ready(_) | Opened::Stale(Stale::NotRecorded), _) => self.load_gallery().await,
            (Opened::Stale(why), _) => {
                self.note_foreign(&format!("{why:?}")).await;
                self.load_gallery().await
            }
        }
    }

    /// Takes the faces from the database and makes this desk's files from them.
    pub(crate) async fn load_gallery(self: &Arc<Self>) -> Result<()> {
        let mut connection = self.connection().await?;
        let known = face_template::known_faces(&mut connection)
            .await
            .map_err(fault::from_core)?;
        let stored = face_template::load_all(&mut connection, PIPELINE_VERSION)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        let gallery =
            off_thread(move || Gallery::build(stored.into_iter().filter_map(template))).await?;
        let gallery = Arc::new(gallery);
        self.take_gallery(&gallery, known.revision).await;
        let ombor = Arc::clone(self);
        self.after_the_last_file(async move {
            ombor.write_files(gallery, known.revision).await;
        });
        Ok(())
    }

    /// A search that is going on begins anew: whoever was erased must not be found any more.
    async fn take_gallery(self: &Arc<Self>, gallery: &Arc<Gallery>, revision: i64) {
        let mut bench = self.bench.lock().await;
        bench.gallery = Arc::clone(gallery);
        bench.known_faces = revision;
        if bench.gate.looking {
            self.begin_search(&mut bench);
        }
    }

    /// Files of a revision that is over already are not written.
    async fn write_files(&self, gallery: Arc<Gallery>, revision: i64) {
        if self.bench.lock().await.known_faces != revision {
            return;
        }
        let folder = self.locations.models();
        let written = off_thread(move || model::write(&folder, &gallery)).await;
        let sha256 = match written {
            Ok(Ok(sha256)) => sha256,
            Ok(Err(error)) => {
                tracing::error!(%error, "the model files could not be written");
                return;
            }
            Err(_) => return,
        };
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        let recorded = face_template::record_model_file(&mut connection, revision, &sha256).await;
        if let Err(error) = recorded {
            tracing::warn!(%error, "the model file's hash could not be recorded");
        }
    }

    /// Reads the model files whole, which the start did not wait for. What is not ours is replaced.
    async fn check_files(
        self: &Arc<Self>,
        gallery: Arc<Gallery>,
        revision: i64,
        recorded: [u8; 32],
    ) {
        let folder = self.locations.models();
        let checked = Arc::clone(&gallery);
        let outcome = off_thread(move || model::check(&folder, &checked, recorded)).await;
        let Ok(Err(error)) = outcome else { return };
        self.note_foreign(error.code()).await;
        if error.code() != "companionForeign" {
            return self.write_files(gallery, revision).await;
        }
        // Whoever made this companion up may have put a face of their own into it.
        if let Err(error) = self.load_gallery().await {
            tracing::error!(%error, "the faces cannot be read from the database");
        }
    }

    /// Says in the log and to the owner that a model file was not the one that was written.
    async fn note_foreign(&self, why: &str) {
        tracing::warn!(
            why,
            "a model file is not the one that was written; it is made anew"
        );
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        let details = serde_json::json!({ "why": why });
        let action = "model_replaced";
        let noted =
            audit::record(&mut connection, None, action, "face_model", None, &details).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "that could not be written to the audit log");
        }
    }

    /// Works on the model files in the background, one work after the other.
    fn after_the_last_file(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut last = lock(&self.model_files);
        let before = last.take();
        *last = Some(tokio::spawn(async move {
            if let Some(before) = before
                && before.await.is_err()
            {
                tracing::error!("work on a model file ended in a panic");
            }
            work.await;
        }));
    }

    /// Waits until the model files are as they should be, or as long as the end can wait.
    pub(crate) async fn settle_files(&self) {
        while let Some(last) = { lock(&self.model_files).take() } {
            if timeout(PATIENCE, last).await.is_err() {
                tracing::warn!("a model file was not written in time; the next start makes it");
                return;
            }
        }
    }
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| AppError::internal(&error))
}

fn template(stored: StoredTemplate) -> Option<Template> {
    match Counts::parse(stored.counts) {
        Ok(counts) => Some(Template {
            label: stored.face_label,
            light: stored.light,
            quality: stored
                .quality
                .and_then(|quality| quality.to_f32())
                .unwrap_or(UNMEASURED),
            counts,
        }),
        Err(error) => {
            tracing::error!(%error, label = stored.face_label, "a face template is not of this version");
            None
        }
    }
}
