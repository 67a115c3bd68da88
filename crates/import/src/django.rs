//! The SQLite database of an old warehouse program, as Django makes them: which table is what is found out from names,
//! columns and keys.

mod movements;
mod products;
mod roles;
mod schema;
mod users;

use std::{collections::HashMap, fs::File, io::Read, path::Path, sync::Arc};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use self::{
    products::ProductTables,
    roles::{TableRole, roles},
    schema::{OldTable, Rows},
};
use crate::{
    assembly::Assembly,
    error::{Error, NotCatalogue, Result},
    lexicon::Field,
    plan::Correction,
    skipped::{Note, Origin, Reason},
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
    if is_truncated(path).map_err(|source| Error::Unreadable {
        path: path.to_owned(),
        source,
    })? {
        return Err(refuse(NotCatalogue::TruncatedDatabase));
    }
    let outcome = open(path).and_then(|connection| {
        let tables = schema::read_schema(&connection)?;
        Ok((connection, tables))
    });
    let (connection, tables) = outcome.map_err(|error| told(path, error))?;
    let roles = roles(&tables, corrections);
    if !roles.contains(&TableRole::Products) {
        return Err(refuse(NotCatalogue::OtherDatabase));
    }
    let is_django = tables.iter().any(|table| table.name == "django_migrations");
    assembly.format(if is_django { "django-sqlite" } else { "sqlite" });
    if let Some(born) = born(&connection).filter(|_| is_django) {
        assembly.source(&format!("django {born}"));
    }
    let mut database = OldDatabase {
        connection,
        tables,
        roles,
        names: HashMap::new(),
    };
    match database.read(corrections, assembly) {
        Ok(()) => Ok(()),
        Err(Fault::Stopped(error)) => Err(error),
        Err(Fault::Sqlite(error)) => Err(told(path, error)),
    }
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

/// Opens for reading alone; the customer's folder is left as it is. With a write-ahead log beside it, SQLite has to be
/// told that the file may change, or it would not read the log.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let unchanging = if Path::new(&log).exists() {
        ""
    } else {
        "&immutable=1"
    };
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?mode=ro{unchanging}"), flags)
}

/// Whether the file is shorter than its header says.
fn is_truncated(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut header = [0_u8; 100];
    if file.read_exact(&mut header).is_err() {
        return Ok(true);
    }
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // The count of pages holds only if the last writer kept it.
    let counted = number(24) == number(92);
    Ok(counted && u64::from(number(28)) * page > length)
}

/// A database whose tables are understood.
struct OldDatabase {
    connection: Connection,
    tables: Vec<OldTable>,
    roles: Vec<TableRole>,
    /// Names by table and key: units, places, brands, users.
    names: HashMap<(String, String), String>,
}

impl OldDatabase {
    fn read(
        &mut self,
        corrections: &[Correction],
        assembly: &mut Assembly<'_>,
    ) -> Result<(), Fault> {
        self.tell_what_stays(assembly)?;
        self.read_names(assembly)?;
        let categories = self.read_categories(assembly)?;
        users::read_users(self, assembly)?;
        let products = ProductTables::read(self, &categories, corrections, assembly)?;
        products.read_codes(self, assembly)?;
        let balances = products.take_stock(self, assembly)?;
        movements::read_movements(self, &products, &balances, assembly)?;
        Ok(())
    }

    fn with_role(&self, role: TableRole) -> impl Iterator<Item = &OldTable> {
        self.tables
            .iter()
            .zip(&self.roles)
            .filter(move |(_, known)| **known == role)
            .map(|(table, _)| table)
    }

    fn role_of(&self, name: &str) -> Option<TableRole> {
        let at = self.tables.iter().position(|table| table.name == name)?;
        self.roles.get(at).copied()
    }

    /// Whether the rows of this table are products or variants of them.
    fn holds_goods(&self, name: &str) -> bool {
        matches!(
            self.role_of(name),
            Some(TableRole::Products | TableRole::Variants)
        )
    }

    fn rows(
        &self,
        table: &OldTable,
        each: &mut dyn FnMut(Rows<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        schema::read_rows(&self.connection, table, each)
    }

    fn name(&self, table: &str, key: &str) -> Option<&str> {
        self.names
            .get(&(table.to_owned(), key.to_owned()))
            .map(String::as_str)
    }

    /// One line for every table that nothing is taken of, with its number of rows.
    fn tell_what_stays(&self, assembly: &mut Assembly<'_>) -> Result<(), Fault> {
        for (table, role) in self.tables.iter().zip(&self.roles) {
            let origin = Origin::whole(&table.name);
            match role {
                _ if table.rows == 0 => assembly.note(origin, Note::Empty),
                TableRole::System(what) => assembly.skip(
                    origin,
                    Reason::TableLeft {
                        rows: table.rows,
                        what,
                    },
                ),
                TableRole::Left(what) => {
                    assembly.records_read(table.rows)?;
                    assembly.skip(
                        origin,
                        Reason::TableLeft {
                            rows: table.rows,
                            what,
                        },
                    );
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Units, places and everything else that is only a name behind a key.
    fn read_names(&mut self, assembly: &mut Assembly<'_>) -> Result<(), Fault> {
        let mut names = HashMap::new();
        for (table, role) in self.tables.iter().zip(&self.roles) {
            let Some(column) = table.name_column() else {
                continue;
            };
            if table.rows > 100_000 || matches!(role, TableRole::System(_) | TableRole::Products) {
                continue;
            }
            let kept = matches!(role, TableRole::Units | TableRole::Places);
            self.rows(table, &mut |row| {
                let name = row.text(column).unwrap_or_default();
                if kept {
                    assembly.record_read()?;
                    match role {
                        TableRole::Units => assembly.unit(&name),
                        _ => assembly.place(&name),
                    };
                }
                if let Some(key) = row.key() {
                    names.insert((table.name.clone(), key), name);
                }
                Ok(())
            })?;
        }
        self.names = names;
        Ok(())
    }

    /// Groups by table and key, parents before children whatever the order of the rows.
    fn read_categories(
        &self,
        assembly: &mut Assembly<'_>,
    ) -> Result<HashMap<(String, String), usize>, Fault> {
        let mut waiting = Vec::new();
        for table in self.with_role(TableRole::Categories) {
            let Some(column) = table.name_column() else {
                continue;
            };
            let part: Arc<str> = Arc::from(table.name.as_str());
            let parent = table
                .foreign
                .iter()
                .find(|(_, target)| self.role_of(target) == Some(TableRole::Categories));
            self.rows(table, &mut |row| {
                assembly.record_read()?;
                let above =
                    parent.and_then(|(from, target)| Some((target.clone(), row.text(*from)?)));
                let name = row.text(column).unwrap_or_default();
                match row.key() {
                    Some(key) if !name.is_empty() => {
                        waiting.push(((table.name.clone(), key), above, name));
                    }
                    _ => assembly.skip(Origin::new(&part, row.number()), Reason::NoName),
                }
                Ok(())
            })?;
        }
        let mut known = HashMap::new();
        while !waiting.is_empty() {
            let before = waiting.len();
            let ready = |above: &Option<(String, String)>, known: &HashMap<_, _>, stuck: bool| {
                above
                    .as_ref()
                    .is_none_or(|above| stuck || known.contains_key(above))
            };
            let any_ready = waiting
                .iter()
                .any(|(_, above, _)| ready(above, &known, false));
            waiting.retain(|(key, above, name)| {
                if !ready(above, &known, !any_ready) {
                    return true;
                }
                let parent = above.as_ref().and_then(|above| known.get(above).copied());
                if let Some(category) = assembly.category(parent, name) {
                    known.insert(key.clone(), category);
                }
                false
            });
            if waiting.len() == before {
                break;
            }
        }
        Ok(known)
    }
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
