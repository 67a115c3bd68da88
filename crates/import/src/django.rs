//! The SQLite database of an old warehouse program, as Django makes them: which table is what is found out from names,
//! columns and keys.

mod categories;
mod database;
mod movements;
mod opening;
mod products;
mod quantities;
mod roles;
mod schema;
mod stock;
mod users;
mod words;

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use self::{
    database::OldDatabase,
    opening::{Opened, is_truncated, open},
    roles::{TableRole, roles},
};
use crate::{
    assembly::Assembly,
    error::{Error, NotCatalogue, Result},
    lexicon::Field,
    plan::Correction,
};

/// The first bytes of every SQLite database.
pub const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Reads a database into the plan.
///
/// # Errors
/// [`Error::NotCatalogue`] if it is truncated or has no products, [`Error::Database`], [`Error::Cancelled`]
pub fn read_database(
    path: &Path,
    corrections: &[Correction],
    assembly: &mut Assembly<'_>,
) -> Result<()> {
    let refuse = |what| Error::NotCatalogue {
        path: path.to_owned(),
        what,
    };
    let unreadable = |source| Error::unreadable(path, source);
    if is_truncated(path).map_err(unreadable)? {
        return Err(refuse(NotCatalogue::TruncatedDatabase));
    }
    let opened = open(path).map_err(unreadable)?;
    let Opened { connection, copy } = opened.map_err(|error| told(path, error))?;
    let tables = schema::read_schema(&connection).map_err(|error| told(path, error))?;
    let roles = roles(&tables, corrections);
    let holds_goods = tables
        .iter()
        .zip(&roles)
        .any(|(table, role)| *role == TableRole::Products && table.rows > 0);
    if !holds_goods {
        return Err(refuse(NotCatalogue::OtherDatabase));
    }
    let is_django = tables.iter().any(|table| table.name == "django_migrations");
    assembly.format(if is_django { "django-sqlite" } else { "sqlite" });
    if let Some(born) = born(&connection).filter(|_| is_django) {
        assembly.source(&format!("django {born}"));
    }
    let outcome = OldDatabase::new(connection, tables, roles).read(corrections, assembly);
    drop(copy);
    outcome.map_err(|fault| match fault {
        Fault::Stopped(error) => error,
        Fault::Sqlite(error) => told(path, error),
    })
}

/// Why the reading of a database ended early.
enum Fault {
    /// SQLite's answer.
    Sqlite(rusqlite::Error),
    /// Our own.
    Stopped(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Stopped(error)
    }
}

fn told(path: &Path, error: rusqlite::Error) -> Error {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::NotCatalogue {
            path,
            what: NotCatalogue::TruncatedDatabase,
        },
        _ => Error::Database {
            path,
            source: error,
        },
    }
}

/// When the first migration was applied, to the microsecond: a copy of the database has the same birth, another
/// warehouse's database another.
fn born(connection: &Connection) -> Option<String> {
    let first = "select min(applied) from django_migrations";
    connection.query_row(first, [], |row| row.get(0)).ok()
}

/// The field that a hand named for a column of this table.
fn corrected(table: &str, column: &str, corrections: &[Correction]) -> Option<Field> {
    corrections
        .iter()
        .find(|correction| {
            correction.column == column && correction.part.as_ref().is_none_or(|part| part == table)
        })
        .map(|correction| correction.field)
}
