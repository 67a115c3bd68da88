//! A warehouse in a data directory of its own.

use std::path::{Path, PathBuf};

use anyhow::Result;
use ombor_core::actor::Actor;
use ombor_core::catalogue::product::{ProductInput, Sku, create_product};
use ombor_core::catalogue::unit::list_units;
use ombor_core::id::{DocumentId, MovementId, ProductId};
use ombor_core::name::Name;
use ombor_core::people::login;
use ombor_core::people::password::{Cost, PasswordHash};
use ombor_core::people::user::{self, Login};
use ombor_core::quantity::Quantity;
use ombor_core::schema;
use ombor_core::stock::posting::{DocumentKind, Line, PostDocument, post_document};
use ombor_postgres::{Attached, Limits, Options, bundle};
use ombor_vault::{Backup, Cancel, Kept, Occasion, REPLICATION_LOGIN, Settings, Vault};
use rust_decimal::Decimal;
use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;

const PASSWORD: &str = "gilos-va-nok";
/// A login costs little here.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

pub struct House {
    pub folder: TempDir,
    pub attached: Attached,
    pub settings: Settings,
    product: Option<ProductId>,
}

impl House {
    /// A warehouse without people and goods.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            data_dir: folder.path().join("data"),
            runtime_dir: None,
            bin_dir: bundle::find(None).expect("the bundle"),
            database: "ombor".to_owned(),
            logins: [
                schema::MIGRATE_ROLE,
                schema::APP_ROLE,
                schema::BACKUP_ROLE,
                REPLICATION_LOGIN,
            ]
            .map(str::to_owned)
            .to_vec(),
            bootstrap_sql: schema::ROLES_SQL.to_owned(),
            supervisor: bundle::supervisor().expect("the helper program"),
            limits: Limits {
                ballast_bytes: 0,
                ..Limits::default()
            },
        };
        let attached = ombor_postgres::attach(&options, |_| ())
            .await
            .expect("a server");
        let mut house = Self {
            folder,
            attached,
            settings: Settings::default(),
            product: None,
        };
        let mut owner = house.connect(schema::MIGRATE_ROLE).await;
        schema::migrate(&mut owner).await.expect("a schema");
        house.settings.folder = Some(house.made("backups"));
        house
    }

    /// A warehouse with an Admin and a product.
    pub async fn open() -> Self {
        let mut house = Self::empty().await;
        let product = house.furnish().await.expect("a warehouse");
        house.product = Some(product);
        house
    }

    async fn furnish(&self) -> Result<ProductId> {
        let mut connection = self.connect(schema::APP_ROLE).await;
        let password = PasswordHash::with_cost(PASSWORD, CHEAP).await?;
        let (admin, name) = (Login::parse("admin")?, Name::parse("Aziza")?);
        user::first_admin(&mut connection, &admin, &name, &password).await?;
        let admin = self.admin(&mut connection).await?;
        let units = list_units(&mut connection).await?;
        let input = ProductInput {
            sku: Sku::parse("UN-1")?,
            name: Name::parse("Un 1 kg")?,
            category_id: None,
            unit_id: units[0].id,
            min_stock: None,
            price: None,
            codes: Vec::new(),
            active: true,
        };
        Ok(create_product(&mut connection, &admin, &input).await?)
    }

    async fn admin(&self, connection: &mut PgConnection) -> Result<Actor> {
        Ok(login::log_in(connection, "admin", PASSWORD, "desk").await?)
    }

    /// Posts so many documents of one movement.
    pub async fn post(&self, documents: u32) {
        let posted = async {
            let mut connection = self.connect(schema::APP_ROLE).await;
            let admin = self.admin(&mut connection).await?;
            for _ in 0..documents {
                let document = PostDocument {
                    id: DocumentId::generate(),
                    kind: DocumentKind::Opening,
                    from: None,
                    to: None,
                    confirmation_id: None,
                    lines: vec![Line {
                        movement_id: MovementId::generate(),
                        product_id: self.product.expect("a product"),
                        lot_id: None,
                        quantity: Quantity::try_from(Decimal::ONE)?,
                    }],
                    note: None,
                };
                post_document(&mut connection, &admin, &document).await?;
            }
            anyhow::Ok(())
        };
        posted.await.expect("posted");
    }

    pub async fn connect(&self, role: &str) -> PgConnection {
        let options = self.attached.connect_options(role).expect("a login");
        options.connect().await.expect("a connection")
    }

    pub fn vault(&self) -> Vault<'_> {
        let vault = Vault::bundled(&self.attached, &self.data());
        vault.expect("the roles").leaving_free(0)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder beside the data.
    pub fn made(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    pub async fn take(&self) -> Backup {
        let (vault, cancel) = (self.vault(), Cancel::new());
        let taken = vault.take(&self.settings, Occasion::Asked, &|_| (), &cancel);
        taken.await.expect("a backup").backup
    }

    pub async fn list(&self) -> Vec<Kept> {
        self.vault().list(&self.settings).await.expect("a list")
    }

    /// Databases beside the warehouse's own.
    pub async fn beside(&self) -> Vec<String> {
        sqlx::query_scalar("select datname::text from pg_database where datname like 'ombor\\_%'")
            .fetch_all(&mut self.connect(schema::APP_ROLE).await)
            .await
            .expect("the databases")
    }
}

/// What lies in a folder, without the lock.
pub fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name != "backup.lock").collect()
}
