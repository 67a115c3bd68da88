//! Writing a takeover, a few thousand rows at a time, so that somebody can be told and can stop it.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Progress, Step, go_on,
    known::Known,
    old::{Direction, OldMovement, OldWarehouse},
    opening::{OpenedBalance, Openings, Places},
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
        names: &[String],
        known: &Known,
        report: &mut TakenOver,
    ) -> Result<Places> {
        let is_internal = |kind| kind == LocationKind::Internal;
        let default = known
            .locations
            .iter()
            .find(|location| is_internal(location.kind) && location.is_default)
            .ok_or(Error::LocationUnfit)?
            .id;
        let mut named = Vec::with_capacity(names.len());
        for name in names {
            let mut free = name.trim().chars().take(190).collect::<String>();
            let mut there = known
                .locations
                .iter()
                .find(|location| location.name == free);
            if there.is_some_and(|location| !is_internal(location.kind)) {
                // A shop may be called like our customers or our losses.
                free.push_str(" (2)");
                there = known
                    .locations
                    .iter()
                    .find(|location| location.name == free);
            }
            if let Some(location) = there {
                named.push(location.id);
                continue;
            }
            report.places += 1;
            let name = Name::parse(&free)?;
            let (actor, kind) = (self.actor, LocationKind::Internal);
            named.push(location::create_location(&mut *self.connection, actor, kind, &name).await?);
        }
        Ok(Places { named, default })
    }

    /// Writes everything.
    pub(super) async fn all(
        &mut self,
        old: &OldWarehouse<'_>,
        rows: &Rows<'_>,
        openings: Openings,
        report: &mut TakenOver,
    ) -> Result<()> {
        self.step.of = rows.products.len()
            + rows.codes.len()
            + openings.balances.len()
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
        let products = rows
            .products
            .iter()
            .map(|id| id.as_uuid())
            .collect::<Vec<_>>();
        self.keep_keys("product", &rows.keys, &products, None)
            .await?;
        report.balances = openings.balances.len();
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

    async fn balances(&mut self, openings: Openings, report: &mut TakenOver) -> Result<()> {
        for (place, lines) in openings.lines {
            for chunk in lines.chunks(CHUNK) {
                let number = self.opening(place, chunk).await?;
                report.documents.push(number);
            }
        }
        let balances = &openings.balances;
        let keys = column(balances, |balance: &OpenedBalance| balance.key.clone());
        let products = column(balances, |balance| balance.product.as_uuid());
        let quantities = column(balances, |balance| balance.quantity.as_decimal());
        self.keep_keys("balance", &keys, &products, Some(&quantities))
            .await
    }

    async fn opening(&mut self, place: LocationId, lines: &[Line]) -> Result<i64> {
        let document = PostDocument {
            id: DocumentId::generate(),
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
        self.keep_keys("user", &logins, &ids, None).await?;
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

    async fn keep_keys(
        &mut self,
        kind: &str,
        keys: &[String],
        ids: &[Uuid],
        quantities: Option<&[rust_decimal::Decimal]>,
    ) -> Result<()> {
        let quantities: Vec<Option<rust_decimal::Decimal>> = match quantities {
            Some(quantities) => quantities.iter().copied().map(Some).collect(),
            None => vec![None; keys.len()],
        };
        sqlx::query!(
            "select ombor.keep_import_keys($1, $2, $3, $4, $5, $6)",
            self.session(),
            self.source.as_str(),
            kind,
            keys,
            ids,
            &quantities as _
        )
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }
}

/// One column of rows.
fn column<'r, R, T>(rows: &'r [R], value: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}
