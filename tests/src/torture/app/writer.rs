//! One writer: it draws a document, and asks for it until it knows how that went.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use ombor_core::{
    Error,
    actor::Actor,
    id::{ConfirmationId, DocumentId, EmployeeId, LocationId, MovementId, ProductId},
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        login,
    },
    quantity::Quantity,
    stock::{
        location::list_locations,
        posting::{DocumentKind, Line, PostDocument, post_document},
    },
};
use rand::{Rng, rngs::StdRng};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::desk::{Desk, Way};
use crate::torture::ground::{OPERATOR, PASSWORD};
use crate::torture::journal::Word;
use crate::until::pass;

/// What is moved, from where to where, and by whom.
#[derive(Clone)]
pub(super) struct Goods {
    products: Vec<ProductId>,
    places: Vec<LocationId>,
    employee: EmployeeId,
}

impl Goods {
    pub async fn read(connection: &mut PgConnection) -> Result<Self> {
        let products: Vec<Uuid> = sqlx::query_scalar("select id from ombor.product order by sku")
            .fetch_all(&mut *connection)
            .await?;
        let employee: Uuid = sqlx::query_scalar("select id from ombor.employee limit 1")
            .fetch_one(&mut *connection)
            .await?;
        let places = list_locations(connection).await?.into_iter().take(2);
        Ok(Self {
            products: products.into_iter().map(ProductId::from).collect(),
            places: places.map(|place| place.id).collect(),
            employee: EmployeeId::from(employee),
        })
    }
}

pub(super) struct Writer {
    pub desk: Arc<Desk>,
    pub goods: Goods,
    pub station: String,
    pub actor: Actor,
    pub connection: Option<Way>,
    pub confirmation: Option<ConfirmationId>,
    pub dice: StdRng,
}

/// How a try went.
enum Went {
    Posted {
        repeated: bool,
    },
    Refused,
    /// The employee has to look into the camera again.
    Unconfirmed,
    /// The user has to log in again.
    LoggedOut,
    /// Nobody knows.
    Unknown,
}

impl Writer {
    pub async fn work(mut self) -> Result<()> {
        loop {
            let mut document = self.draw(Uuid::new_v4())?;
            say(Word::Try(document.id.as_uuid()));
            loop {
                let id = document.id.as_uuid();
                match self.post(&mut document).await {
                    Went::Posted { repeated } => {
                        say(if repeated {
                            Word::AckAgain(id)
                        } else {
                            Word::Ack(id)
                        });
                        break;
                    }
                    Went::Refused => {
                        say(Word::Refused(id));
                        break;
                    }
                    Went::Unconfirmed => self.confirmation = None,
                    Went::LoggedOut => self.log_in().await,
                    Went::Unknown => {
                        self.connection = None;
                        if self.desk.plan.forgets_ids {
                            document = renamed(document);
                            say(Word::Try(document.id.as_uuid()));
                        }
                        pass(Duration::from_millis(20)).await;
                    }
                }
            }
        }
    }

    /// One to three lines of something. The intent stands in the note, so that a double booking shows whatever its id.
    fn draw(&mut self, intent: Uuid) -> Result<PostDocument> {
        let dice = &mut self.dice;
        let (kind, from, to) = match dice.random_range(0..10) {
            0..5 => (DocumentKind::Receipt, None, None),
            5..8 => (DocumentKind::Issue, None, None),
            _ => {
                let (first, second) = (self.goods.places[0], self.goods.places[1]);
                (DocumentKind::Transfer, Some(first), Some(second))
            }
        };
        let mut lines = Vec::new();
        for _ in 0..dice.random_range(1..=3) {
            let product = dice.random_range(0..self.goods.products.len());
            lines.push(Line {
                movement_id: MovementId::generate(),
                product_id: self.goods.products[product],
                lot_id: None,
                quantity: Quantity::try_from(Decimal::from(dice.random_range(1..5)))?,
            });
        }
        Ok(PostDocument {
            id: DocumentId::generate(),
            kind,
            from,
            to,
            confirmation_id: None,
            lines,
            note: Some(format!("intent {intent}")),
        })
    }

    async fn log_in(&mut self) {
        self.confirmation = None;
        if let Some(connection) = &mut self.connection
            && let Ok(actor) = login::log_in(connection, OPERATOR, PASSWORD, &self.station).await
        {
            self.actor = actor;
        }
    }

    async fn post(&mut self, document: &mut PostDocument) -> Went {
        let patience = self.desk.patience();
        let posting = self.post_once(document);
        match tokio::time::timeout(patience, posting).await {
            Ok(went) => went,
            // The connection is dropped; the server is not told to cancel what may be committing.
            Err(_) => Went::Unknown,
        }
    }

    async fn post_once(&mut self, document: &mut PostDocument) -> Went {
        if self.connection.is_none() {
            self.connection = self.desk.connect().await.ok();
        }
        let Some(connection) = &mut self.connection else {
            return Went::Unknown;
        };
        if self.confirmation.is_none() {
            let look = a_face_of(self.goods.employee);
            match confirmation::record(connection, &self.actor, &look).await {
                Ok(confirmed) => self.confirmation = Some(confirmed.id),
                Err(Error::SessionExpired) => return Went::LoggedOut,
                Err(_) => return Went::Unknown,
            }
        }
        document.confirmation_id = self.confirmation;
        let answer = post_document(connection, &self.actor, document).await;
        if matches!(connection, Way::Pooled(_)) {
            // As a desk does after each command.
            self.connection = None;
        }
        match answer {
            Ok(posted) => Went::Posted {
                repeated: posted.repeated,
            },
            Err(Error::InsufficientStock { .. }) => Went::Refused,
            Err(Error::ConfirmationExpired | Error::ConfirmationMissing) => Went::Unconfirmed,
            Err(Error::SessionExpired) => Went::LoggedOut,
            Err(_) => Went::Unknown,
        }
    }
}

fn say(word: Word) {
    let Ok(line) = serde_json::to_string(&word) else {
        return;
    };
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        // Whoever started the application is gone.
        std::process::exit(0);
    }
}

/// The same goods under new ids: what a program does that does not keep them.
fn renamed(mut document: PostDocument) -> PostDocument {
    document.id = DocumentId::generate();
    for line in &mut document.lines {
        line.movement_id = MovementId::generate();
    }
    document
}

fn a_face_of(employee: EmployeeId) -> NewConfirmation {
    NewConfirmation {
        employee_id: employee,
        method: ConfirmationMethod::Face,
        score: Some(Decimal::new(12, 1)),
        threshold: Some(Decimal::new(20, 1)),
        agreeing_share: Some(Decimal::new(9, 1)),
        liveness: Some("blink".to_owned()),
        pipeline_version: Some("torture".to_owned()),
    }
}
