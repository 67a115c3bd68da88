//! What the warehouse has already of what is to be taken over.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::old::OldWarehouse;
use crate::{
    Result,
    catalogue::product::{GIVEN_SKU_PREFIX, Sku},
    id::{CategoryId, LocationId, ProductId, UnitId},
    name::Name,
    stock::location::{self, Location},
};

/// A product of the warehouse.
#[derive(Debug, Clone)]
pub(super) struct KnownProduct {
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) active: bool,
}

/// A unit of the warehouse.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownUnit {
    pub(super) id: UnitId,
    pub(super) decimals: i16,
}

/// What the warehouse has already. Only what the old data could mean was read.
#[derive(Debug)]
pub(super) struct Known {
    /// Products by their key in this source.
    pub(super) by_key: HashMap<String, ProductId>,
    /// Places by their key in this source.
    pub(super) places: HashMap<String, LocationId>,
    /// What was opened from this source.
    pub(super) opened: Balances,
    /// Logins that came from this source.
    pub(super) own_logins: HashSet<String>,
    /// Every login.
    pub(super) logins: HashSet<String>,
    /// Products by SKU.
    pub(super) by_sku: HashMap<String, ProductId>,
    /// Products by code.
    pub(super) by_code: HashMap<String, ProductId>,
    /// Products by a name that no other product has.
    pub(super) by_name: HashMap<String, ProductId>,
    /// All products named above.
    pub(super) products: HashMap<ProductId, KnownProduct>,
    /// Groups by name.
    pub(super) categories: HashMap<String, CategoryId>,
    /// Units by name and by symbol, in small letters.
    pub(super) units: HashMap<String, KnownUnit>,
    /// Every place.
    pub(super) locations: Vec<Location>,
}

impl Known {
    pub(super) async fn read(
        connection: &mut PgConnection,
        source: &Name,
        old: &OldWarehouse<'_>,
    ) -> Result<Self> {
        let mut known = Self {
            by_key: HashMap::new(),
            places: HashMap::new(),
            opened: HashMap::new(),
            own_logins: HashSet::new(),
            logins: HashSet::new(),
            by_sku: HashMap::new(),
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            products: HashMap::new(),
            categories: HashMap::new(),
            units: HashMap::new(),
            locations: location::list_locations(&mut *connection).await?,
        };
        known.read_keys(connection, source).await?;
        known.read_openings(connection, source).await?;
        known.read_products(connection, old).await?;
        known.read_names(connection).await?;
        Ok(known)
    }

    async fn read_keys(&mut self, connection: &mut PgConnection, source: &Name) -> Result<()> {
        let keys = sqlx::query!(
            "select kind, foreign_key, object_id from ombor.import_key
             where source = $1 and kind in ('product', 'place', 'user')",
            source.as_str()
        )
        .fetch_all(connection)
        .await?;
        for key in keys {
            match key.kind.as_str() {
                "product" => {
                    let id = ProductId::from(key.object_id);
                    self.by_key.insert(key.foreign_key, id);
                }
                "place" => {
                    let id = LocationId::from(key.object_id);
                    self.places.insert(key.foreign_key, id);
                }
                _ => {
                    self.own_logins.insert(key.foreign_key);
                }
            }
        }
        Ok(())
    }

    async fn read_openings(&mut self, connection: &mut PgConnection, source: &Name) -> Result<()> {
        let rows = sqlx::query!(
            r#"select m.product_id as "product_id: ProductId", m.to_location_id as "location_id: LocationId",
                      sum(m.quantity) as "quantity!"
               from ombor.import_key as k
               join ombor.document as d on d.id = k.object_id
               join ombor.movement as m on m.document_number = d.number
               where k.source = $1 and k.kind = 'opening'
               group by m.product_id, m.to_location_id"#,
            source.as_str()
        )
        .fetch_all(connection)
        .await?;
        self.opened = rows
            .into_iter()
            .map(|row| ((row.product_id, row.location_id), row.quantity))
            .collect();
        Ok(())
    }

    async fn read_products(
        &mut self,
        connection: &mut PgConnection,
        old: &OldWarehouse<'_>,
    ) -> Result<()> {
        let products = old.products;
        let ids: Vec<Uuid> = self.by_key.values().map(|id| id.as_uuid()).collect();
        let names: Vec<&str> = products
            .iter()
            .map(|product| product.name.as_str())
            .collect();
        let codes: Vec<&str> = products
            .iter()
            .flat_map(|product| &product.codes)
            .map(|code| code.code.as_str())
            .collect();
        let skus: Vec<&str> = products
            .iter()
            .filter_map(|product| product.sku.as_ref())
            .map(Sku::as_str)
            .chain(codes.iter().copied())
            .collect();
        let rows = sqlx::query!(
            r#"select p.id as "id: ProductId", p.sku, p.name, p.active
               from ombor.product as p
               where p.id = any ($1) or p.sku = any ($2) or p.name = any ($3) or starts_with(p.sku, $5)
                   or p.id in (select c.product_id from ombor.product_code as c where c.code = any ($4))"#,
            &ids,
            &skus as _,
            &names as _,
            &codes as _,
            GIVEN_SKU_PREFIX
        )
        .fetch_all(&mut *connection)
        .await?;
        let mut twice = HashSet::new();
        for row in rows {
            self.by_sku.insert(row.sku.clone(), row.id);
            if self.by_name.insert(row.name.clone(), row.id).is_some() {
                twice.insert(row.name.clone());
            }
            let product = KnownProduct {
                sku: row.sku,
                name: row.name,
                active: row.active,
            };
            self.products.insert(row.id, product);
        }
        self.by_name.retain(|name, _| !twice.contains(name));
        let rows = sqlx::query!(
            r#"select code, product_id as "product_id: ProductId" from ombor.product_code where code = any ($1)"#,
            &codes as _
        )
        .fetch_all(connection)
        .await?;
        self.by_code = rows
            .into_iter()
            .map(|row| (row.code, row.product_id))
            .collect();
        Ok(())
    }

    async fn read_names(&mut self, connection: &mut PgConnection) -> Result<()> {
        let categories = sqlx::query!(r#"select id as "id: CategoryId", name from ombor.category"#)
            .fetch_all(&mut *connection)
            .await?;
        self.categories = categories
            .into_iter()
            .map(|row| (row.name, row.id))
            .collect();
        let units =
            sqlx::query!(r#"select id as "id: UnitId", name, symbol, decimals from ombor.unit"#)
                .fetch_all(&mut *connection)
                .await?;
        for row in units {
            let unit = KnownUnit {
                id: row.id,
                decimals: row.decimals,
            };
            self.units.insert(row.name.to_lowercase(), unit);
            self.units.insert(row.symbol.to_lowercase(), unit);
        }
        let logins = sqlx::query_scalar!("select login from ombor.user_account")
            .fetch_all(connection)
            .await?;
        self.logins.extend(logins);
        Ok(())
    }
}

/// How much of a product there is in a place.
pub(super) type Balances = HashMap<(ProductId, LocationId), Decimal>;

/// The ledger's word on these products: each place that one of them was ever moved to or from.
pub(super) async fn ledger(connection: &mut PgConnection, products: &[Uuid]) -> Result<Balances> {
    let rows = sqlx::query!(
        r#"select s.product_id as "product_id: ProductId", s.location_id as "location_id: LocationId",
                  sum(s.on_hand) as "on_hand!"
           from ombor.stock as s
           where s.product_id = any ($1) and exists (
               select from ombor.movement as m
               where m.product_id = s.product_id and s.location_id in (m.from_location_id, m.to_location_id))
           group by s.product_id, s.location_id"#,
        products
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.product_id, row.location_id), row.on_hand))
        .collect())
}
