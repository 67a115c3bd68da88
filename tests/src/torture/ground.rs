//! A data directory with a warehouse in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ombor_core::{
    actor::Role,
    catalogue::{
        product::{ProductInput, Sku, create_product},
        unit::list_units,
    },
    name::Name,
    people::{
        employee, login,
        password::{Cost, PasswordHash},
        user::{self, Login, NewUser},
    },
    schema,
    stock::location::{LocationKind, create_location},
};
use ombor_postgres::{Attached, Limits, Options, attach, bundle};
use sqlx::{ConnectOptions, PgConnection};

/// The password of everybody in this warehouse.
pub const PASSWORD: &str = "ombor-kaliti-1";
/// The login of the writers.
pub const OPERATOR: &str = "operator";
const PRODUCTS: usize = 20;
/// A login costs little here: what is tried is the ledger.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// A data directory with a warehouse in it.
#[derive(Debug, Clone)]
pub struct Ground {
    /// How its server is reached.
    pub options: Options,
}

impl Ground {
    /// Makes a warehouse below `folder`, with these bounds on space.
    pub async fn lay_out(folder: &Path, limits: Limits) -> Result<Self> {
        let ground = Self::empty(folder, limits)?;
        let attached = ground.attach().await?;
        schema::migrate(&mut connect(&attached, schema::MIGRATE_ROLE).await?).await?;
        people_and_products(&mut connect(&attached, schema::APP_ROLE).await?).await?;
        Ok(ground)
    }

    /// A data directory below `folder` whose database has no schema yet.
    pub fn empty(folder: &Path, limits: Limits) -> Result<Self> {
        let options = Options {
            data_dir: folder.join("data"),
            runtime_dir: None,
            bin_dir: bundle::find(None)?,
            database: "ombor".to_owned(),
            logins: [schema::MIGRATE_ROLE, schema::APP_ROLE, schema::BACKUP_ROLE]
                .map(str::to_owned)
                .to_vec(),
            bootstrap_sql: schema::ROLES_SQL.to_owned(),
            supervisor: bundle::supervisor()?,
            limits,
        };
        Ok(Self { options })
    }

    /// Bounds that leave the disk alone and let the helper look around often.
    pub fn limits() -> Limits {
        Limits {
            ballast_bytes: 0,
            watch_interval_ms: 200,
            ..Limits::default()
        }
    }

    /// Joins the clients of the server, which is started when none runs.
    pub async fn attach(&self) -> Result<Attached> {
        Ok(attach(&self.options, |_| ()).await?)
    }

    /// The data directory of PostgreSQL.
    pub fn cluster(&self) -> PathBuf {
        self.options.data_dir.join("cluster")
    }
}

/// A connection as one of the roles.
pub async fn connect(attached: &Attached, role: &str) -> Result<PgConnection> {
    Ok(attached.connect_options(role)?.connect().await?)
}

/// Fills a warehouse whose tables are there.
pub(crate) async fn people_and_products(connection: &mut PgConnection) -> Result<()> {
    let password = PasswordHash::with_cost(PASSWORD, CHEAP).await?;
    let (admin, name) = (Login::parse("admin")?, Name::parse("Aziza")?);
    user::first_admin(connection, &admin, &name, &password).await?;
    let admin = login::log_in(connection, "admin", PASSWORD, "desk-0").await?;
    let operator = NewUser {
        login: Login::parse(OPERATOR)?,
        name: Name::parse("Bobur")?,
        role: Role::Operator,
        password,
    };
    user::create_user(connection, &admin, &operator).await?;
    employee::create_employee(connection, &admin, &Name::parse("Ali")?).await?;
    let hall = Name::parse("Hall")?;
    create_location(connection, &admin, LocationKind::Internal, &hall).await?;
    let units = list_units(connection).await?;
    let unit = units.first().context("a unit of measure")?;
    for number in 0..PRODUCTS {
        let input = ProductInput {
            sku: Sku::parse(&format!("T-{number:03}"))?,
            name: Name::parse(&format!("Un {number} kg"))?,
            category_id: None,
            unit_id: unit.id,
            min_stock: None,
            price: None,
            codes: Vec::new(),
            active: true,
        };
        create_product(connection, &admin, &input).await?;
    }
    Ok(())
}
