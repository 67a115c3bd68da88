//! The application's side: eight writers that post through `core`, never guess, and ask again under the same id.

use std::io::Write;
use std::ops::{Deref, DerefMut};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ombor_core::{
    Error,
    actor::Actor,
    id::{ConfirmationId, DocumentId, EmployeeId, LocationId, MovementId, ProductId},
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        login,
    },
    quantity::Quantity,
    schema, seal,
    stock::{
        location::list_locations,
        posting::{DocumentKind, Line, PostDocument, post_document},
    },
};
use ombor_postgres::{Attached, ConnectInfo, Options, pool};
use rand::{Rng, SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{ConnectOptions, PgConnection, Postgres};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::ground::{Ground, OPERATOR, PASSWORD};
use super::journal::{Journal, Word};
use crate::until::pass;

/// Where the application finds its warehouse.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Server {
    /// On the server that Ombor brings along.
    Bundled(Options),
    /// On another one, reached by the application's role through the connections that a desk has.
    At(ConnectInfo),
}

/// What the application is told on its command line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// Where the warehouse is.
    pub server: Server,
    /// What its stations are called; two applications share none.
    pub station: String,
    /// The dice of all writers.
    pub seed: u64,
    /// How many post at once.
    pub writers: u64,
    /// After so many milliseconds without an answer the connection is dropped and the question asked again.
    pub patience_ms: u64,
    /// Broken on purpose: a second try makes a new id.
    pub forgets_ids: bool,
}

impl Plan {
    /// Eight writers with a desk's patience.
    pub fn usual(ground: &Ground, seed: u64) -> Self {
        Self {
            server: Server::Bundled(ground.options.clone()),
            station: "desk".to_owned(),
            seed,
            writers: 8,
            patience_ms: 10_000,
            forgets_ids: false,
        }
    }

    /// The same, on another server.
    pub fn at(info: ConnectInfo, seed: u64) -> Self {
        Self {
            server: Server::At(info),
            station: "desk".to_owned(),
            seed,
            writers: 8,
            patience_ms: 10_000,
            forgets_ids: false,
        }
    }
}

/// The running application.
#[derive(Debug)]
pub struct App {
    process: Leash,
    /// What it says.
    pub journal: Journal,
}

/// A process that does not outlive what holds it, as when a check fails.
#[derive(Debug)]
struct Leash(Child);

impl Drop for Leash {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl App {
    /// Starts it: this very program, or the one that tests were given.
    pub fn start(program: &std::path::Path, plan: &Plan) -> Result<Self> {
        let mut process = Leash(
            Command::new(program)
                .arg("app")
                .arg(serde_json::to_string(plan)?)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?,
        );
        let output = process.0.stdout.take().context("a pipe")?;
        Ok(Self {
            process,
            journal: Journal::listen(output),
        })
    }

    /// Kills it as the system does, without a word.
    pub fn kill(self) -> Journal {
        drop(self.process);
        self.journal
    }
}

impl Plan {
    /// Works until somebody kills the process.
    pub async fn work(self) -> Result<()> {
        let desk = Arc::new(Desk {
            hold: Mutex::new(None),
            plan: self,
        });
        let mut connection = desk.connect().await?;
        let goods = Goods::read(&mut connection).await?;
        // All of them log in before the first one posts.
        let mut ready = Vec::new();
        for number in 0..desk.plan.writers {
            let station = format!("{}-{}", desk.plan.station, number + 1);
            let actor = login::log_in(&mut connection, OPERATOR, PASSWORD, &station).await?;
            let dice = StdRng::seed_from_u64(desk.plan.seed.wrapping_mul(31).wrapping_add(number));
            ready.push(Writer {
                desk: desk.clone(),
                goods: goods.clone(),
                station,
                actor,
                connection: None,
                confirmation: None,
                dice,
            });
        }
        let mut writers = tokio::task::JoinSet::new();
        for writer in ready {
            writers.spawn(writer.work());
        }
        let sealing = desk.clone();
        writers.spawn(async move { sealing.seal_for_ever().await });
        while let Some(ended) = writers.join_next().await {
            ended??;
        }
        Ok(())
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

/// What all writers share.
struct Desk {
    plan: Plan,
    hold: Mutex<Option<Hold>>,
}

/// What keeps the way to the warehouse open.
enum Hold {
    Helper(Box<Attached>),
    Pool(PgPool),
}

/// A connection of the application's own or one of a desk's.
enum Way {
    Own(Box<PgConnection>),
    Pooled(PoolConnection<Postgres>),
}

impl Deref for Way {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
        }
    }
}

impl DerefMut for Way {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
        }
    }
}

impl Desk {
    async fn connect(&self) -> Result<Way> {
        let connecting = async {
            match &self.plan.server {
                Server::Bundled(options) => {
                    let options = self.attached(options).await?;
                    Ok(Way::Own(Box::new(options.connect().await?)))
                }
                Server::At(info) => Ok(Way::Pooled(self.pool(info).await?.acquire().await?)),
            }
        };
        tokio::time::timeout(self.patience(), connecting).await?
    }

    /// The way to the bundled server: a helper that is gone is started again.
    async fn attached(&self, options: &Options) -> Result<PgConnectOptions> {
        let mut hold = self.hold.lock().await;
        if let Some(Hold::Helper(attached)) = &*hold {
            let gone = tokio::time::timeout(Duration::ZERO, attached.closed()).await;
            if gone.is_ok() {
                *hold = None;
            }
        }
        if hold.is_none() {
            let attached = ombor_postgres::attach(options, |_| ()).await?;
            *hold = Some(Hold::Helper(Box::new(attached)));
        }
        let Some(Hold::Helper(attached)) = &*hold else {
            bail!("another server than the plan's");
        };
        let options = attached.connect_options(schema::APP_ROLE)?;
        Ok(options.disable_statement_logging())
    }

    /// A desk's connections, which are opened once and find their way by themselves.
    async fn pool(&self, info: &ConnectInfo) -> Result<PgPool> {
        let mut hold = self.hold.lock().await;
        if let Some(Hold::Pool(pool)) = &*hold {
            return Ok(pool.clone());
        }
        let options = info.connect_options().disable_statement_logging();
        let opened = pool::open(options, schema::APP_ROLE).await?;
        *hold = Some(Hold::Pool(opened.clone()));
        Ok(opened)
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(self.plan.patience_ms)
    }

    async fn seal_for_ever(&self) -> Result<()> {
        let mut turns = tokio::time::interval(Duration::from_millis(200));
        let mut connection = None;
        loop {
            turns.tick().await;
            if connection.is_none() {
                connection = self.connect().await.ok();
            }
            let Some(open) = &mut connection else {
                continue;
            };
            let sealed = tokio::time::timeout(self.patience(), seal::seal_now(open)).await;
            if !matches!(sealed, Ok(Ok(_))) {
                connection = None;
            }
        }
    }
}

/// What is moved, from where to where, and by whom.
#[derive(Clone)]
struct Goods {
    products: Vec<ProductId>,
    places: Vec<LocationId>,
    employee: EmployeeId,
}

impl Goods {
    async fn read(connection: &mut PgConnection) -> Result<Self> {
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

struct Writer {
    desk: Arc<Desk>,
    goods: Goods,
    station: String,
    actor: Actor,
    connection: Option<Way>,
    confirmation: Option<ConfirmationId>,
    dice: StdRng,
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
    async fn work(mut self) -> Result<()> {
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
