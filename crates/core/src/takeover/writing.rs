//! Writing a takeover, a few thousand rows at a time, so that somebody can be told and can stop it.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Progress, Step, go_on,
    identity::place_key,
    known::Known,
    old::{Direction, OldMovement, OldWarehouse},
    opening::{Openings, Places},
    planning::{CodeRow, ProductRow, Rows},
    report::TakenOver,
};
use crate::{
    Error, Result,
    actor::Actor,
    id::{CategoryId, DocumentId, LocationId, ProductId},
    name::Name,
    stock::{
        location::{self, LocationKind},
        posting::{DocumentKind, Line, MOST_LINES, PostDocument, post_document},
    },
};

/// Rows that are written before somebody is told again.
const CHUNK: usize = MOST_LINES;

/// Writes as one Admin, in the transaction of the connection.
pub(super) struct Writer<'w, 'p> {
    pub(super) connection: &'w mut PgConnection,
    actor: &'w Actor,
    source: &'w Name,
    progress: Progress<'p>,
    step: Step,
}

impl<'w, 'p> Writer<'w, 'p> {
    pub(super) fn new(
        connection: &'w mut PgConnection,
        actor: &'w Actor,
        source: &'w Name,
        progress: Progress<'p>,
    ) -> Self {
        Self {
            connection,
            actor,
            source,
            progress,
            step: Step { done: 0, of: 0 },
        }
    }

    pub(super) fn session(&self) -> Uuid {
        self.actor.session_id.as_uuid()
    }

    pub(super) fn told(&mut self, rows: usize) -> Result<()> {
        self.step.done += rows;
        go_on(self.progress, self.step)
    }

    /// Our place for each of the old ones; those that are new are made.
    pub(super) async fn places(
        &mut self,
        old: &OldWarehouse<'_>,
        known: &Known,
        report: &mut TakenOver,
    ) -> Result<Places> {
        let default = match known.places.get(&place_key(None)) {
            Some(location) => *location,
            None => default_place(known)?,
        };
        let mut keys = Vec::new();
        let mut named = Vec::with_capacity(old.places.len());
        for name in old.places {
            let key = place_key(Some(name));
            let location = match known.places.get(&key) {
                Some(location) => *location,
                None => self.place(name, known, report).await?,
            };
            named.push(location);
            keys.push((key, location));
        }
        if old.balances.iter().any(|balance| balance.place.is_none()) {
            keys.push((place_key(None), default));
        }
        keys.retain(|(key, _)| !known.places.contains_key(key));
        let (keys, ids): (Vec<String>, Vec<Uuid>) = keys
            .into_iter()
            .map(|(key, location)| (key, location.as_uuid()))
            .unzip();
        self.keep_keys("place", &keys, &ids).await?;
        Ok(Places { named, default })
    }

    /// The place of that name, which is made if there is none.
    async fn place(
        &mut self,
        name: &str,
        known: &Known,
        report: &mut TakenOver,
    ) -> Result<LocationId> {
        let of_that_name = |name: &str| {
            let mut locations = known.locations.iter();
            locations.find(|location| location.name == name)
        };
        let mut free = name.trim().chars().take(190).collect::<String>();
        let mut there = of_that_name(&free);
        if there.is_some_and(|location| location.kind != LocationKind::Internal) {
            // A shop may be called like our customers or our losses.
            free.push_str(" (2)");
            there = of_that_name(&free);
        }
        if let Some(location) = there {
            return Ok(location.id);
        }
        report.places += 1;
        let name = Name::parse(&free)?;
        let (actor, kind) = (self.actor, LocationKind::Internal);
        location::create_location(&mut *self.connection, actor, kind, &name).await
    }

    /// Writes everything.
    pub(super) async fn all(
        &mut self,
        old: &OldWarehouse<'_>,
        rows: &Rows<'_>,
        known: &Known,
        openings: Openings,
        report: &mut TakenOver,
    ) -> Result<()> {
        self.step.of = rows.products.len()
            + rows.codes.len()
            + openings.len()
            + old.pictures.len()
            + old.movements.len();
        go_on(self.progress, self.step)?;
        self.categories_and_units(rows).await?;
        report.categories = rows.categories.len();
        report.units = rows.units.iter().filter(|unit| unit.is_new).count();
        for chunk in rows.new.chunks(CHUNK) {
            self.new_products(chunk).await?;
        }
        report.products = rows.new.len();
        for chunk in rows.known.chunks(CHUNK) {
            report.changed += self.known_products(chunk).await?;
        }
        report.unchanged = rows.known.len() - report.changed;
        for chunk in rows.codes.chunks(CHUNK) {
            self.codes(chunk).await?;
        }
        report.codes = rows.codes.len();
        self.product_keys(rows, known).await?;
        report.balances = openings.len();
        self.balances(openings, report).await?;
        self.pictures(old.pictures, &rows.products, report).await?;
        self.retire(&rows.new).await?;
        self.users(rows, report).await?;
        for chunk in old.movements.chunks(CHUNK) {
            report.movements += self.movements(chunk, &rows.products).await?;
        }
        Ok(())
    }

    async fn categories_and_units(&mut self, rows: &Rows<'_>) -> Result<()> {
        let (ids, names): (Vec<Uuid>, Vec<&str>) = rows
            .categories
            .iter()
            .map(|(id, name)| (id.as_uuid(), name.as_str()))
            .unzip();
        sqlx::query!(
            "select ombor.take_over_categories($1, $2, $3)",
            self.session(),
            &ids,
            &names as _
        )
        .execute(&mut *self.connection)
        .await?;
        let ids: Vec<Uuid> = rows.units.iter().map(|unit| unit.id.as_uuid()).collect();
        let names: Vec<&str> = rows.units.iter().map(|unit| unit.name).collect();
        let decimals: Vec<i16> = rows.units.iter().map(|unit| unit.decimals).collect();
        sqlx::query!(
            "select ombor.take_over_units($1, $2, $3, $4)",
            self.session(),
            &ids,
            &names as _,
            &decimals
        )
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    async fn new_products(&mut self, rows: &[ProductRow<'_>]) -> Result<()> {
        sqlx::query!(
            "select ombor.take_over_products($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            self.session(),
            &column(rows, |row| row.id.as_uuid()),
            &column(rows, |_| Uuid::now_v7()),
            &column(rows, |row| row.sku.as_str()) as _,
            &column(rows, |row| row.old.name.as_str()) as _,
            &column(rows, |row| row.category.map(CategoryId::as_uuid)) as _,
            &column(rows, |row| row.unit.as_uuid()),
            &column(rows, ProductRow::min_stock) as _,
            &column(rows, ProductRow::price) as _,
            &column(rows, |row| row.old.brand.as_deref()) as _,
            &column(rows, |row| row.search_text.as_str()) as _
        )
        .execute(&mut *self.connection)
        .await?;
        self.told(rows.len())
    }

    async fn known_products(&mut self, rows: &[ProductRow<'_>]) -> Result<usize> {
        let changed = sqlx::query_scalar!(
            r#"select ombor.bring_products_up_to_date($1, $2, $3, $4, $5, $6, $7, $8) as "changed!""#,
            self.session(),
            &column(rows, |row| row.id.as_uuid()),
            &column(rows, |row| row.old.name.as_str()) as _,
            &column(rows, |row| row.category.map(CategoryId::as_uuid)) as _,
            &column(rows, ProductRow::min_stock) as _,
            &column(rows, ProductRow::price) as _,
            &column(rows, |row| row.old.brand.as_deref()) as _,
            &column(rows, |row| row.search_text.as_str()) as _
        )
        .fetch_one(&mut *self.connection)
        .await?;
        self.told(rows.len())?;
        Ok(usize::try_from(changed).unwrap_or_default())
    }

    async fn codes(&mut self, rows: &[CodeRow<'_>]) -> Result<()> {
        sqlx::query!(
            "select ombor.take_over_codes($1, $2, $3, $4, $5)",
            self.session(),
            &column(rows, |row| row.product.as_uuid()),
            &column(rows, |row| row.code.code.as_str()) as _,
            &column(rows, |row| row.code.quantity.as_decimal()),
            &column(rows, |row| row.kind.as_str()) as _
        )
        .execute(&mut *self.connection)
        .await?;
        self.told(rows.len())
    }

    async fn product_keys(&mut self, rows: &Rows<'_>, known: &Known) -> Result<()> {
        let (keys, ids): (Vec<&str>, Vec<Uuid>) = rows
            .keys
            .iter()
            .zip(&rows.products)
            .filter(|(key, _)| !known.by_key.contains_key(*key))
            .map(|(key, id)| (key.as_str(), id.as_uuid()))
            .unzip();
        self.keep_keys("product", &keys, &ids).await
    }

    async fn balances(&mut self, openings: Openings, report: &mut TakenOver) -> Result<()> {
        let mut keys = Vec::new();
        let mut ids = Vec::new();
        for (place, lines) in openings.lines {
            for chunk in lines.chunks(CHUNK) {
                let id = DocumentId::generate();
                let number = self.opening(id, place, chunk).await?;
                report.documents.push(number);
                keys.push(number.to_string());
                ids.push(id.as_uuid());
            }
        }
        self.keep_keys("opening", &keys, &ids).await
    }

    async fn opening(&mut self, id: DocumentId, place: LocationId, lines: &[Line]) -> Result<i64> {
        let document = PostDocument {
            id,
            kind: DocumentKind::Opening,
            from: None,
            to: Some(place),
            confirmation_id: None,
            lines: lines.to_vec(),
            note: Some(self.source.to_string()),
        };
        let posted = post_document(&mut *self.connection, self.actor, &document).await?;
        self.told(lines.len())?;
        Ok(posted.number)
    }

    /// Products that the old program had out of use are put out of use once their stock is there.
    async fn retire(&mut self, rows: &[ProductRow<'_>]) -> Result<()> {
        let retired: Vec<Uuid> = rows
            .iter()
            .filter(|row| !row.old.active)
            .map(|row| row.id.as_uuid())
            .collect();
        sqlx::query!(
            "select ombor.retire_products($1, $2)",
            self.session(),
            &retired
        )
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    async fn users(&mut self, rows: &Rows<'_>, report: &mut TakenOver) -> Result<()> {
        let users = &rows.users;
        let ids = column(users, |(id, _)| id.as_uuid());
        let logins = column(users, |(_, user)| user.login.to_string());
        sqlx::query!(
            "select ombor.take_over_users($1, $2, $3, $4, $5, $6)",
            self.session(),
            &ids,
            &logins,
            &column(users, |(_, user)| user.name.as_str()) as _,
            &column(users, |(_, user)| user.role.as_str()) as _,
            &column(users, |(_, user)| user.active)
        )
        .execute(&mut *self.connection)
        .await?;
        self.keep_keys("user", &logins, &ids).await?;
        report.users = logins;
        Ok(())
    }

    async fn movements(&mut self, rows: &[OldMovement], products: &[ProductId]) -> Result<usize> {
        let product = |row: &OldMovement| {
            let id = row.product.and_then(|place| products.get(place));
            id.map(|id| id.as_uuid())
        };
        let added = sqlx::query_scalar!(
            r#"select ombor.take_over_movements($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as "added!""#,
            self.session(),
            self.source.as_str(),
            &column(rows, |row| &*row.origin.part) as _,
            &column(rows, |row| i64::try_from(row.origin.row).unwrap_or(i64::MAX)),
            &column(rows, |row| row.at.as_deref()) as _,
            &column(rows, |row| row.direction.map(Direction::as_str)) as _,
            &column(rows, product) as _,
            &column(rows, |row| row.product_key.as_deref()) as _,
            &column(rows, |row| row.quantity) as _,
            &column(rows, |row| row.user.as_deref()) as _,
            &column(rows, |row| row.note.as_deref()) as _
        )
        .fetch_one(&mut *self.connection)
        .await?;
        self.told(rows.len())?;
        Ok(usize::try_from(added).unwrap_or_default())
    }

    /// Keeps keys that are new.
    async fn keep_keys<K: AsRef<str> + Sync>(
        &mut self,
        kind: &str,
        keys: &[K],
        ids: &[Uuid],
    ) -> Result<()> {
        let keys = column(keys, AsRef::as_ref);
        sqlx::query!(
            "select ombor.keep_import_keys($1, $2, $3, $4, $5)",
            self.session(),
            self.source.as_str(),
            kind,
            &keys as _,
            ids
        )
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }
}

fn default_place(known: &Known) -> Result<LocationId> {
    let mut locations = known.locations.iter();
    let default = locations
        .find(|location| location.kind == LocationKind::Internal && location.is_default)
        .ok_or(Error::LocationUnfit)?;
    Ok(default.id)
}

/// One column of rows.
fn column<'r, R, T>(rows: &'r [R], value: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}
