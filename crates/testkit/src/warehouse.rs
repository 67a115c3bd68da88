//! A warehouse with people in it, driven through the application's own functions.

use anyhow::Result;
use ombor_core::{
    Error,
    actor::{Actor, Role},
    id::{ConfirmationId, DocumentId, EmployeeId, LocationId, MovementId, ProductId},
    name::Name,
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        employee, login,
        password::{Cost, PasswordHash},
        user::{self, Login, NewUser},
    },
    quantity::Quantity,
    stock::posting::{DocumentKind, Line, PostDocument, Posted, post_document},
};
use rust_decimal::Decimal;
use sqlx::{PgConnection, Row};

use crate::{ProductBuilder, Server, TestDatabase};

/// The password of every user of a test's warehouse.
pub const PASSWORD: &str = "to'g'ri parol";

/// Argon2id's least: tests are about the rules, not about the cost.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// A database with an Admin, an Operator and a Viewer logged in and one employee.
#[derive(Debug)]
pub struct Warehouse {
    /// The database.
    pub database: TestDatabase,
    /// Logged in as `admin`.
    pub admin: Actor,
    /// Logged in as `operator`.
    pub operator: Actor,
    /// Logged in as `viewer`.
    pub viewer: Actor,
    /// Ali, who moves goods.
    pub employee: EmployeeId,
}

impl Warehouse {
    /// A warehouse on the bundled server.
    pub async fn open() -> Result<Self> {
        Self::open_on(Server::Bundled).await
    }

    /// A warehouse on a server.
    pub async fn open_on(server: Server) -> Result<Self> {
        let database = TestDatabase::on(server).await?;
        let mut connection = database.connection().await?;
        let password = PasswordHash::with_cost(PASSWORD, CHEAP).await?;
        user::first_admin(
            &mut connection,
            &Login::parse("admin")?,
            &Name::parse("Aziza")?,
            &password,
        )
        .await?;
        let admin = login::log_in(&mut connection, "admin", PASSWORD, "desk-1").await?;
        for (login, role) in [("operator", Role::Operator), ("viewer", Role::Viewer)] {
            let new = NewUser {
                login: Login::parse(login)?,
                name: Name::parse(login)?,
                role,
                password: password.clone(),
            };
            user::create_user(&mut connection, &admin, &new).await?;
        }
        let operator = login::log_in(&mut connection, "operator", PASSWORD, "desk-1").await?;
        let viewer = login::log_in(&mut connection, "viewer", PASSWORD, "desk-1").await?;
        let employee = employee::create_employee(&mut connection, &admin, &Name::parse("Ali")?)
            .await?
            .id;
        drop(connection);
        Ok(Self {
            database,
            admin,
            operator,
            viewer,
            employee,
        })
    }

    /// The actor with a role.
    pub fn actor(&self, role: Role) -> &Actor {
        match role {
            Role::Admin => &self.admin,
            Role::Operator => &self.operator,
            Role::Viewer => &self.viewer,
        }
    }

    /// A product with nothing on hand.
    pub async fn product(&self) -> Result<ProductId> {
        ProductBuilder::default().insert(&self.database).await
    }

    /// A product of which the Operator has received so much.
    pub async fn product_with(&self, on_hand: Decimal) -> Result<ProductId> {
        let product = self.product().await?;
        self.post_receipt(product, on_hand).await?;
        Ok(product)
    }

    /// The employee's face is recognised in the actor's session.
    pub async fn confirm(&self, actor: &Actor) -> Result<ConfirmationId> {
        let mut connection = self.database.connection().await?;
        Ok(
            confirmation::record(&mut connection, actor, &a_face_of(self.employee))
                .await?
                .id,
        )
    }

    /// A document of the kind with one line, confirmed in the actor's session and not yet posted.
    pub async fn document(
        &self,
        actor: &Actor,
        kind: DocumentKind,
        product: ProductId,
        quantity: Decimal,
    ) -> Result<PostDocument> {
        let confirmation_id = match kind {
            DocumentKind::Opening => None,
            _ => Some(self.confirm(actor).await?),
        };
        Ok(PostDocument {
            id: DocumentId::generate(),
            kind,
            from: None,
            to: None,
            confirmation_id,
            lines: vec![Line {
                movement_id: MovementId::generate(),
                product_id: product,
                lot_id: None,
                quantity: Quantity::try_from(quantity)?,
            }],
            note: None,
        })
    }

    /// Posts a document in the actor's session.
    pub async fn post(&self, actor: &Actor, document: &PostDocument) -> Result<Posted, Error> {
        let mut connection = self.database.app().acquire().await?;
        post_document(&mut connection, actor, document).await
    }

    /// The Operator receives goods, confirmed by the employee.
    pub async fn post_receipt(&self, product: ProductId, quantity: Decimal) -> Result<Posted> {
        let document = self
            .document(&self.operator, DocumentKind::Receipt, product, quantity)
            .await?;
        Ok(self.post(&self.operator, &document).await?)
    }

    /// The Operator issues goods, confirmed by the employee.
    pub async fn post_issue(&self, product: ProductId, quantity: Decimal) -> Result<Posted> {
        let document = self
            .document(&self.operator, DocumentKind::Issue, product, quantity)
            .await?;
        Ok(self.post(&self.operator, &document).await?)
    }

    /// The default location of a kind.
    pub async fn location(&self, kind: &str) -> Result<LocationId> {
        let row = sqlx::query("select id from ombor.location where kind = $1 and is_default")
            .bind(kind)
            .fetch_one(self.database.app())
            .await?;
        Ok(LocationId::from(row.get::<uuid::Uuid, _>(0)))
    }

    /// What is on hand of a product in all.
    pub async fn on_hand(&self, product: ProductId) -> Result<Decimal> {
        let row =
            sqlx::query("select coalesce(sum(on_hand), 0) from ombor.stock where product_id = $1")
                .bind(product.as_uuid())
                .fetch_one(self.database.app())
                .await?;
        Ok(row.get(0))
    }

    /// Moves the database's own time for a session and its confirmations: as if so many seconds had gone by.
    pub async fn let_pass(
        &self,
        connection: &mut PgConnection,
        actor: &Actor,
        seconds: i32,
    ) -> Result<()> {
        for statement in [
            "set session_replication_role = replica",
            "update ombor.session set started_at = started_at - make_interval(secs => $1),
                 seen_at = seen_at - make_interval(secs => $1), ends_at = ends_at - make_interval(secs => $1)
             where id = $2",
            "update ombor.confirmation set confirmed_at = confirmed_at - make_interval(secs => $1),
                 valid_until = valid_until - make_interval(secs => $1)
             where session_id = $2",
            "set session_replication_role = origin",
        ] {
            let query = sqlx::query(statement);
            let query = if statement.contains("$1") {
                query.bind(f64::from(seconds)).bind(actor.session_id().as_uuid())
            } else {
                query
            };
            query.execute(&mut *connection).await?;
        }
        Ok(())
    }
}

/// A face that was recognised well.
fn a_face_of(employee: EmployeeId) -> NewConfirmation {
    NewConfirmation {
        employee_id: employee,
        method: ConfirmationMethod::Face,
        score: Some(Decimal::new(12, 1)),
        threshold: Some(Decimal::new(20, 1)),
        agreeing_share: Some(Decimal::new(9, 1)),
        liveness: Some("blink".to_owned()),
        pipeline_version: Some("test".to_owned()),
    }
}
