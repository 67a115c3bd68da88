//! Posting what was gathered, and keeping it for a crash until then.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ombor_core::Error;
use ombor_core::actor::Actor;
use ombor_core::id::{DocumentId, MovementId, ProductId};
use ombor_core::quantity::Quantity;
use ombor_core::stock::draft;
use ombor_core::stock::movement::{self, Direction as Way, Movement};
use ombor_core::stock::posting::{self as ledger, DocumentKind, Line, PostDocument, Posted};
use sqlx::PgConnection;

use super::Bench;
use crate::api::desk::RecentMovement;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode};
use crate::fault;
use crate::ombor::Ombor;
use crate::posting::{Draft, Event, PostRequest, Refusal, Saved};
use crate::wire::{Direction, decimal, time};

/// Movements in the list of the last ones.
const RECENT: u32 = 8;

/// Pause before it is asked again whether a posting took effect.
const ASK_AGAIN: Duration = Duration::from_secs(1);

impl Ombor {
    /// Posts in the background; the screen shows that it is being saved.
    pub(super) fn begin_posting(self: &Arc<Self>, bench: &Bench, request: PostRequest) {
        let confirmation_id = bench.held.as_ref().map(|held| held.id);
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            let document = document(&request, confirmation_id);
            let event = match document {
                Ok(document) => ombor.post(&document).await,
                Err(error) => refused(error, &request),
            };
            ombor.finish_posting(event).await;
        });
    }

    /// Posts until it is known what came of it. The same document twice is one document, so trying again under the
    /// same identifier asks and posts in one.
    async fn post(self: &Arc<Self>, document: &PostDocument) -> Event {
        let mut uncertain = false;
        loop {
            match self.try_to_post(document).await {
                Ok(posted) => return Event::Posted(saved(&posted)),
                Err(error) if error.code == ErrorCode::DatabaseUnavailable => {
                    if !std::mem::replace(&mut uncertain, true) {
                        self.say(Event::PostUncertain).await;
                    }
                    tokio::time::sleep(ASK_AGAIN).await;
                }
                Err(error) => return refused_by(error),
            }
        }
    }

    async fn try_to_post(&self, document: &PostDocument) -> Result<Posted, AppError> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let posted = ledger::post_document(connection, actor, document).await;
        work.done(posted).await
    }

    async fn say(self: &Arc<Self>, event: Event) {
        let mut bench = self.bench.lock().await;
        self.take(&mut bench, event);
        self.show_unasked(&mut bench);
    }

    async fn finish_posting(self: &Arc<Self>, event: Event) {
        let is_posted = matches!(event, Event::Posted(_));
        if is_posted {
            self.read_recent().await;
        }
        self.say(event).await;
        if is_posted {
            self.changed(&[ChangeTag::Stock, ChangeTag::Movement, ChangeTag::Audit]);
        }
    }

    /// Reads the last movements anew.
    pub(crate) async fn read_recent(&self) {
        let Ok(mut connection) = self.connection().await else {
            return;
        };
        match movement::recent(&mut connection, RECENT).await {
            Ok(recent) => {
                self.bench.lock().await.recent =
                    recent.iter().filter_map(recent_movement).collect();
            }
            Err(error) => tracing::warn!(%error, "the last movements cannot be read"),
        }
    }

    /// Keeps what is gathered, or forgets it. Scanning does not wait for it.
    pub(super) fn keep_draft(self: &Arc<Self>, gathered: Option<Draft>) {
        let turn = self.drafts.take_turn();
        let ombor = Arc::clone(self);
        tokio::spawn(async move {
            if let Some(_writing) = ombor.drafts.wait_for(turn).await
                && let Ok(mut work) = ombor.work().await
            {
                let (connection, actor) = work.parts();
                if let Err(error) = write_draft(connection, actor, gathered.as_ref()).await {
                    tracing::warn!(%error, "what is gathered could not be kept");
                }
            }
            ombor.drafts.end(turn);
        });
    }
}

async fn write_draft(
    connection: &mut PgConnection,
    actor: &Actor,
    gathered: Option<&Draft>,
) -> ombor_core::Result<()> {
    match gathered.map(serde_json::to_value) {
        Some(Ok(value)) => draft::save(connection, actor, &value).await,
        Some(Err(error)) => {
            tracing::error!(%error, "what is gathered cannot be written down");
            Ok(())
        }
        None => draft::clear(connection, actor).await,
    }
}

fn document(
    request: &PostRequest,
    confirmation_id: Option<ombor_core::id::ConfirmationId>,
) -> ombor_core::Result<PostDocument> {
    let lines = request
        .lines
        .iter()
        .map(|line| {
            Ok(Line {
                movement_id: MovementId::from(line.movement_id),
                product_id: ProductId::from(line.goods.product_id),
                lot_id: None,
                quantity: Quantity::try_from(line.quantity)?,
            })
        })
        .collect::<ombor_core::Result<_>>()?;
    Ok(PostDocument {
        id: DocumentId::from(request.document_id),
        kind: match request.direction {
            Direction::In => DocumentKind::Receipt,
            Direction::Out => DocumentKind::Issue,
        },
        from: None,
        to: None,
        confirmation_id,
        lines,
        note: None,
    })
}

fn saved(posted: &Posted) -> Saved {
    let after = posted
        .lines
        .iter()
        .rev()
        .map(|line| (line.product_id.as_uuid(), line.after));
    Saved {
        number: posted.number.to_string(),
        after: after.collect(),
    }
}

fn refused(error: Error, request: &PostRequest) -> Event {
    tracing::warn!(%error, document = %request.document_id, "a document cannot be posted");
    refused_by(fault::from_core(error))
}

fn refused_by(error: AppError) -> Event {
    Event::PostRefused(match error.code {
        ErrorCode::InsufficientStock => Refusal::InsufficientStock(error.lines),
        ErrorCode::ConfirmationExpired | ErrorCode::ConfirmationMissing => {
            Refusal::ConfirmationNeeded
        }
        code => {
            let name = serde_json::to_value(code)
                .ok()
                .and_then(|name| name.as_str().map(str::to_owned));
            Refusal::Other(BTreeMap::from([(
                "code".to_owned(),
                name.unwrap_or_default(),
            )]))
        }
    })
}

/// A movement as the list of the last ones shows it; moves inside the warehouse are not in it.
pub(crate) fn recent_movement(movement: &Movement) -> Option<RecentMovement> {
    let direction = match movement.direction() {
        Way::In => Direction::In,
        Way::Out => Direction::Out,
        Way::Within => return None,
    };
    Some(RecentMovement {
        movement_id: movement.id.to_string(),
        product_name: movement.product_name.clone(),
        direction,
        quantity: decimal(movement.quantity),
        unit: movement.unit_symbol.clone(),
        at: time(movement.at),
        employee_name: movement.employee_name.clone(),
    })
}
