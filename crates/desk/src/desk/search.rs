//! Looking for a face exactly while one is wanted, by the rules of the warehouse and among the faces known now.

use std::sync::Arc;

use ombor_core::people::face_template;
use ombor_core::settings;

use super::{Bench, Rules};
use crate::api::desk::{FaceHint, FaceView, Phase};
use crate::api::enrolment::EnrolmentPhase;
use crate::camera::{Purpose, Search};
use crate::error::Result;
use crate::event::Event;
use crate::fault;
use crate::ombor::{Ombor, lock};

impl Ombor {
    /// Begins or ends a search, and the wait of a closed document, as the flow wants it.
    pub(crate) fn look_for_face(self: &Arc<Self>, bench: &mut Bench) {
        let wanted = bench.state.wants_face();
        if wanted && !bench.gate.looking {
            self.begin_search(bench);
        } else if !wanted && bench.gate.looking {
            bench.gate.end_search();
            if !bench.state.confirmed {
                bench.gate.claim = None;
            }
            self.set_purpose(Purpose::Rest);
        }
        let waits = wanted && bench.state.phase == Phase::Face;
        if waits && !bench.gate.is_waiting() {
            self.begin_waiting(bench);
        } else if !waits && bench.gate.stop_waiting() && wanted {
            self.begin_search(bench);
        }
        self.tell_face(bench);
    }

    /// Begins a search: whoever was looked for before is forgotten.
    pub(crate) fn begin_search(self: &Arc<Self>, bench: &mut Bench) {
        let number = bench.gate.begin_search();
        self.set_purpose(Purpose::Rest);
        let ombor = Arc::clone(self);
        tokio::spawn(async move { ombor.search(number).await });
    }

    async fn search(self: Arc<Self>, number: u64) {
        if let Err(error) = self.learn().await {
            tracing::warn!(%error, "the gate's rules cannot be read; the last ones hold");
        }
        let mut bench = self.bench.lock().await;
        if !bench.gate.is_search(number) || self.is_enrolling() {
            return;
        }
        let hint = match bench.gate.wanted() {
            None => FaceHint::ScanBadge,
            Some(claim) => {
                self.set_purpose(Purpose::Confirm(Search {
                    number,
                    gallery: Arc::clone(&bench.gallery),
                    claim,
                    liveness: bench.gate.rules.liveness,
                }));
                if bench.gallery.is_empty() {
                    FaceHint::NobodyEnrolled
                } else {
                    FaceHint::NoFace
                }
            }
        };
        bench.gate.see(hint, 0.0);
        self.tell_face(&mut bench);
    }

    /// Learns the rules of the warehouse and, if another desk has changed them, the faces.
    async fn learn(self: &Arc<Self>) -> Result<()> {
        let mut connection = self.connection().await?;
        let settings = settings::get_settings(&mut connection)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        self.bench.lock().await.gate.rules = Rules::from(&settings);
        self.learn_faces().await.map(drop)
    }

    /// Reads the faces anew if they have changed, here or at another desk; answers whether they have.
    pub(super) async fn learn_faces(self: &Arc<Self>) -> Result<bool> {
        let mut connection = self.connection().await?;
        let known = face_template::known_faces(&mut connection)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        let is_news = self.bench.lock().await.known_faces != known.revision;
        if is_news {
            self.load_gallery().await?;
        }
        Ok(is_news)
    }

    /// Begins the search that is going on anew: the rules, the faces or the camera are other ones.
    pub(crate) async fn look_again(self: &Arc<Self>) {
        let mut bench = self.bench.lock().await;
        if bench.gate.looking {
            self.begin_search(&mut bench);
        }
        self.tell_face(&mut bench);
    }

    /// The same by other rules.
    pub(crate) async fn look_anew(self: &Arc<Self>, rules: Rules) {
        self.bench.lock().await.gate.rules = rules;
        self.look_again().await;
    }

    /// Counts the time that a closed document waits; then the ways on are shown.
    pub(super) fn begin_waiting(self: &Arc<Self>, bench: &mut Bench) {
        let wait = bench.gate.begin_waiting();
        let patience = bench.gate.rules.patience;
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(patience).await;
            let mut bench = ombor.bench.lock().await;
            if bench.gate.run_out_of_patience(wait) {
                ombor.tell_face(&mut bench);
            }
        });
    }

    fn is_enrolling(&self) -> bool {
        lock(&self.enrolling)
            .as_ref()
            .is_some_and(|sitting| sitting.view.phase == EnrolmentPhase::Collecting)
    }

    pub(crate) fn tell_face(&self, bench: &mut Bench) {
        if let Some(view) = bench.gate.news() {
            self.events.emit(Event::FaceChanged(view));
        }
    }

    /// What the camera panel shows over the picture.
    pub async fn face_view(&self) -> Result<FaceView> {
        Ok(self.bench.lock().await.gate.view())
    }
}
