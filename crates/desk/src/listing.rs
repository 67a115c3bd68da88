//! What a list of the window holds, row by row, as cells of a table.

mod cells;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use ombor_core::audit;
use ombor_core::catalogue::product;
use ombor_core::people::{employee, face_report, user};
use ombor_core::stock::movement;
use ombor_export::table::Cell;
use ombor_vault::Moment;
use sqlx::PgConnection;

use self::cells::Listed;
use crate::api::catalogue::ProductQuery;
use crate::api::movement::{MovementQuery, filter};
use crate::api::saved_list::{ListChoice, ListField};
use crate::error::Result;
use crate::fault;
use crate::ombor::{Ombor, lock};

/// Rows that are asked for at once.
const PAGE: u32 = 200;

/// How the screen says what is kept: its words, and the warehouse's own time.
pub struct Wording<'a> {
    words: &'a BTreeMap<String, String>,
    zone: FixedOffset,
}

impl<'a> Wording<'a> {
    /// These words, and the time of the connected warehouse.
    pub async fn of(
        connection: &mut PgConnection,
        words: &'a BTreeMap<String, String>,
    ) -> Result<Self> {
        let moment = Moment::of(connection).await;
        let zone = moment.map_err(|e| fault::from_vault(&e))?.zone;
        Ok(Self { words, zone })
    }

    /// What the screen calls a value.
    fn word(&self, value: &str) -> Cell {
        Cell::from(self.words.get(value).map_or(value, String::as_str))
    }

    /// A sentence of the screen with its parameters; its word is the most particular that there is.
    fn sentence(&self, code: &str, params: &BTreeMap<String, String>) -> Cell {
        let particular = params.get("what").map(|what| format!("{code}.{what}"));
        let words = particular.and_then(|key| self.words.get(&key));
        let Some(words) = words.or_else(|| self.words.get(code)) else {
            return Cell::from(code);
        };
        let filled = params.iter().fold(words.clone(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        });
        Cell::from(filled.as_str())
    }

    fn yes_or_no(&self, is_so: bool) -> Cell {
        self.word(if is_so { "yes" } else { "no" })
    }

    fn at(&self, at: DateTime<Utc>) -> Cell {
        Cell::Moment(at.with_timezone(&self.zone).naive_local())
    }

    fn at_some_time(&self, at: Option<DateTime<Utc>>) -> Cell {
        at.map_or(Cell::Empty, |at| self.at(at))
    }

    fn row(&self, row: &impl Listed, fields: &[ListField]) -> Vec<Cell> {
        let cell = |field: &ListField| row.cell(*field, self);
        fields.iter().map(cell).collect()
    }

    fn rows<'r, R: Listed + 'r>(
        &self,
        rows: impl IntoIterator<Item = &'r R>,
        fields: &[ListField],
    ) -> Vec<Vec<Cell>> {
        rows.into_iter().map(|row| self.row(row, fields)).collect()
    }
}

impl Ombor {
    /// Every row of a list under its filters.
    pub(crate) async fn listed(
        &self,
        list: &ListChoice,
        fields: &[ListField],
        wording: &Wording<'_>,
    ) -> Result<Vec<Vec<Cell>>> {
        match list {
            ListChoice::Products { query } => self.listed_products(query, fields, wording).await,
            ListChoice::Movements { query } => self.listed_movements(query, fields, wording).await,
            ListChoice::Audit => self.listed_audit(fields, wording).await,
            ListChoice::Users => {
                let mut work = self.work().await?;
                let (connection, actor) = work.parts();
                let users = user::list_users(connection, actor).await;
                Ok(wording.rows(&work.done(users).await?, fields))
            }
            ListChoice::Employees => {
                let mut work = self.work().await?;
                let employees = employee::list_employees(work.parts().0).await;
                Ok(wording.rows(&work.done(employees).await?, fields))
            }
            ListChoice::FaceGate => {
                let mut work = self.work().await?;
                let (connection, actor) = work.parts();
                let report = face_report::face_report(connection, actor).await;
                Ok(wording.rows(&work.done(report).await?.employees, fields))
            }
            ListChoice::OldMovements { query } => {
                let found = self
                    .search_old_movements(query, &mut None, usize::MAX)
                    .await?;
                Ok(wording.rows(&found, fields))
            }
            ListChoice::TakeoverReport => {
                self.heir().await?;
                let remarks = lock(&self.takeover).remarks();
                Ok(wording.rows(remarks.iter(), fields))
            }
            ListChoice::Backups => {
                let backups = self.backup_overview().await?.backups;
                Ok(wording.rows(&backups, fields))
            }
        }
    }

    async fn listed_products(
        &self,
        query: &ProductQuery,
        fields: &[ListField],
        wording: &Wording<'_>,
    ) -> Result<Vec<Vec<Cell>>> {
        let filter = query.filter()?;
        let mut work = self.work().await?;
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let connection = work.parts().0;
            let page = product::search_products(connection, &filter, after.as_ref(), PAGE).await;
            let page = match page {
                Ok(page) => page,
                Err(error) => return work.done(Err(error)).await,
            };
            rows.extend(wording.rows(&page.rows, fields));
            after = page.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    }

    async fn listed_movements(
        &self,
        query: &MovementQuery,
        fields: &[ListField],
        wording: &Wording<'_>,
    ) -> Result<Vec<Vec<Cell>>> {
        let mut work = self.work().await?;
        let filter = filter(work.parts().0, query).await?;
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let (connection, actor) = work.parts();
            let page = movement::list_movements(connection, actor, &filter, after, PAGE).await;
            let page = match page {
                Ok(page) => page,
                Err(error) => return work.done(Err(error)).await,
            };
            rows.extend(wording.rows(&page.rows, fields));
            after = page.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    }

    async fn listed_audit(
        &self,
        fields: &[ListField],
        wording: &Wording<'_>,
    ) -> Result<Vec<Vec<Cell>>> {
        let mut work = self.work().await?;
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let (connection, actor) = work.parts();
            let page = match audit::list_audit(connection, actor, after, PAGE).await {
                Ok(page) => page,
                Err(error) => return work.done(Err(error)).await,
            };
            rows.extend(wording.rows(&page.rows, fields));
            after = page.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    }
}
