//! The tables of a database and their rows.

use std::sync::Arc;

use rusqlite::{Connection, Row, types::ValueRef};
use rust_decimal::Decimal;

use super::{
    Fault,
    words::{field_of_column, field_of_table, says_not_a_label},
};
use crate::{
    assembly::squeezed,
    lexicon::{Field, says_any, words},
    number::{DecimalMark, from_float, parse_number},
};

/// A column.
#[derive(Debug, Clone)]
pub struct OldColumn {
    /// Its name.
    pub name: String,
    /// Its declared type, in small letters.
    pub declared: String,
    /// Whether it is the primary key.
    pub is_key: bool,
    /// Whether no two rows hold the same there.
    pub is_unique: bool,
}

/// A column that holds keys of another table.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its place.
    pub column: usize,
    /// The other table.
    pub target: String,
    /// The other table's column, where it is not the primary key.
    pub by: Option<String>,
}

impl OldColumn {
    /// Whether it was declared for text; keys are declared with the length that they have.
    pub fn holds_text(&self) -> bool {
        (self.declared.contains("char") || self.declared.contains("text"))
            && self.declared != "char(32)"
    }

    /// Whether it was declared for numbers.
    pub fn holds_numbers(&self) -> bool {
        const KINDS: [&str; 6] = ["int", "dec", "num", "real", "float", "double"];
        KINDS.iter().any(|kind| self.declared.contains(kind))
    }
}

/// A table.
#[derive(Debug, Clone)]
pub struct OldTable {
    /// Its name.
    pub name: String,
    /// Its columns in their order.
    pub columns: Vec<OldColumn>,
    /// Columns that hold keys of other tables.
    pub foreign: Vec<Link>,
    /// How many rows it has.
    pub rows: u64,
}

impl OldTable {
    /// The place of the column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The table that a column's keys are of.
    pub fn target(&self, column: usize) -> Option<&str> {
        self.foreign
            .iter()
            .find(|link| link.column == column)
            .map(|link| link.target.as_str())
    }

    /// The columns that hold keys of this table.
    pub fn links_to(&self, target: &str) -> impl Iterator<Item = &Link> {
        self.foreign
            .iter()
            .filter(move |link| link.target == target)
    }

    /// What a column's name says about it; a key of another table is named after that table, or else the table says it.
    pub fn field(&self, column: usize) -> Option<Field> {
        let known = self.columns.get(column)?;
        if known.is_key {
            return Some(Field::Key);
        }
        if let Some(target) = self.target(column) {
            let name = known.name.strip_suffix("_id").unwrap_or(&known.name);
            return field_of_column(name)
                .filter(|field| !matches!(field, Field::Other | Field::Key))
                .or_else(|| field_of_table(target));
        }
        let field = field_of_column(&known.name);
        match known.declared.as_str() {
            "bool" | "boolean" => {
                field.filter(|field| matches!(field, Field::Active | Field::Deleted))
            }
            _ if self.is_date(column) => Some(Field::Date),
            _ => field,
        }
    }

    /// Whether a column says what kind of thing was done: the action of a warehouse is no warehouse.
    pub fn says_kind(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|known| {
            says_any(
                &words(&known.name),
                &["action", "operation", "movement", "type"],
            )
        })
    }

    /// The columns of a field.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(move |column| self.field(*column) == Some(field))
    }

    /// The column with the name of what a row is.
    pub fn name_column(&self) -> Option<usize> {
        let plain = [
            "name",
            "nom",
            "nomi",
            "title",
            "product_name",
            "username",
            "full_name",
        ];
        plain.iter().find_map(|name| self.column(name)).or_else(|| {
            self.columns_of(Field::Name)
                .find(|column| self.target(*column).is_none())
        })
    }

    /// The column with the name, or else the first that holds words and is known for nothing else.
    pub fn label_column(&self) -> Option<usize> {
        self.name_column().or_else(|| {
            (0..self.columns.len()).find(|column| {
                self.columns.get(*column).is_some_and(|known| {
                    known.holds_text() && !known.is_key && !says_not_a_label(&known.name)
                }) && self.target(*column).is_none()
            })
        })
    }

    /// Whether it has a column of dates.
    pub fn is_dated(&self) -> bool {
        (0..self.columns.len()).any(|column| self.is_date(column))
    }

    /// Whether a column was declared for dates.
    pub fn is_date(&self, column: usize) -> bool {
        self.columns
            .get(column)
            .is_some_and(|known| known.declared.contains("date") || known.declared.contains("time"))
    }
}

/// One row while it is looked at.
pub struct Rows<'r> {
    row: &'r Row<'r>,
    key: Option<usize>,
    place: u64,
}

impl Rows<'_> {
    /// The number for a report: the key if it is a number, the row's place otherwise.
    pub fn number(&self) -> u64 {
        let key = self.key.and_then(|key| self.row.get_ref(key).ok());
        match key {
            Some(ValueRef::Integer(number)) => u64::try_from(number).unwrap_or(self.place),
            _ => self.place,
        }
    }

    /// The primary key as text.
    pub fn key(&self) -> Option<String> {
        self.text(self.key?)
    }

    /// A value as text, on one line; `None` if nothing is in it.
    pub fn text(&self, column: usize) -> Option<String> {
        let text = match self.row.get_ref(column).ok()? {
            ValueRef::Null | ValueRef::Blob(_) => return None,
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => from_float(number)?.to_string(),
            ValueRef::Text(bytes) => squeezed(&String::from_utf8_lossy(bytes)),
        };
        (!text.is_empty()).then_some(text)
    }

    /// A value as a number; `Err` with what stands there instead.
    pub fn number_in(&self, column: usize) -> Result<Option<Decimal>, String> {
        let Some(text) = self.text(column) else {
            return Ok(None);
        };
        parse_number(&text, DecimalMark::Point)
            .map(Some)
            .ok_or(text)
    }

    /// A value of yes or no.
    pub fn flag(&self, column: usize) -> Option<bool> {
        match self.row.get_ref(column).ok()? {
            ValueRef::Integer(number) => Some(number != 0),
            _ => None,
        }
    }
}

/// Every table with its columns, foreign keys and number of rows.
pub fn read_schema(connection: &Connection) -> rusqlite::Result<Vec<OldTable>> {
    let mut names =
        connection.prepare("select name from sqlite_master where type = 'table' order by name")?;
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = names
        .into_iter()
        .map(|name| read_table(connection, name))
        .collect::<rusqlite::Result<Vec<_>>>()?;
    forget_primary(&mut tables);
    link_by_name(&mut tables);
    Ok(tables)
}

/// Not every program declares its keys: `product_id` is one of `product`, `products` or `shop_product` all the same.
fn link_by_name(tables: &mut [OldTable]) {
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    for table in tables {
        for (index, column) in table.columns.iter().enumerate() {
            let linked = table.foreign.iter().any(|link| link.column == index);
            let lower = column.name.to_lowercase();
            let Some(wanted) = lower
                .strip_suffix("_id")
                .filter(|_| !linked && !column.is_key)
            else {
                continue;
            };
            let ending = format!("_{wanted}");
            let fits = |name: &&String| {
                let name = name.to_lowercase();
                let singular = match name.strip_suffix("ies") {
                    Some(stem) => format!("{stem}y"),
                    None => name.strip_suffix('s').unwrap_or(&name).to_owned(),
                };
                [name, singular]
                    .iter()
                    .any(|name| name == wanted || name.ends_with(&ending))
            };
            let mut targets = names
                .iter()
                .filter(fits)
                .filter(|name| **name != table.name);
            if let (Some(target), None) = (targets.next(), targets.next()) {
                table.foreign.push(Link {
                    column: index,
                    target: target.clone(),
                    by: None,
                });
            }
        }
    }
}

fn read_table(connection: &Connection, name: String) -> rusqlite::Result<OldTable> {
    let unique = read_unique(connection, &name)?;
    let mut statement =
        connection.prepare("select name, lower(type), pk from pragma_table_info(?1)")?;
    let columns: Vec<OldColumn> = statement
        .query_map([&name], |row| {
            let name: String = row.get(0)?;
            Ok(OldColumn {
                is_unique: unique.contains(&name),
                name,
                declared: row.get(1)?,
                is_key: row.get::<_, i64>(2)? > 0,
            })
        })?
        .collect::<Result<_, _>>()?;
    let mut statement = connection
        .prepare("select \"from\", \"table\", \"to\" from pragma_foreign_key_list(?1)")?;
    let links: Vec<(String, String, Option<String>)> = statement
        .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let foreign = links
        .into_iter()
        .filter_map(|(from, target, by)| {
            let column = columns
                .iter()
                .position(|column| column.name.eq_ignore_ascii_case(&from))?;
            Some(Link { column, target, by })
        })
        .collect();
    let rows = connection.query_row(
        &format!("select count(*) from {}", quoted(&name)),
        [],
        |row| row.get::<_, i64>(0),
    )?;
    Ok(OldTable {
        name,
        columns,
        foreign,
        rows: u64::try_from(rows).unwrap_or_default(),
    })
}

/// The columns that alone make a row of the table known.
fn read_unique(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "select max(part.name) from pragma_index_list(?1) list, pragma_index_info(list.name) part
         where list.\"unique\" group by list.name having count(*) = 1",
    )?;
    let names = statement.query_map([table], |row| row.get::<_, Option<String>>(0))?;
    names.filter_map(Result::transpose).collect()
}

/// A key of the table itself is told by no column.
fn forget_primary(tables: &mut [OldTable]) {
    let keys: Vec<(String, Vec<String>)> = tables
        .iter()
        .map(|table| {
            let keys = table.columns.iter().filter(|column| column.is_key);
            (
                table.name.clone(),
                keys.map(|column| column.name.clone()).collect(),
            )
        })
        .collect();
    for link in tables.iter_mut().flat_map(|table| &mut table.foreign) {
        let is_primary = |by: &String| {
            keys.iter()
                .any(|(table, keys)| *table == link.target && keys.contains(by))
        };
        if link.by.as_ref().is_some_and(is_primary) {
            link.by = None;
        }
    }
}

/// Shows every row of a table, in the order of its key.
pub fn read_rows(
    connection: &Connection,
    table: &OldTable,
    each: &mut dyn FnMut(Rows<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if table.columns.is_empty() {
        return Ok(());
    }
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| quoted(&column.name))
        .collect();
    let mut statement = connection.prepare(&format!(
        "select {} from {}",
        columns.join(", "),
        quoted(&table.name)
    ))?;
    let key = table.columns.iter().position(|column| column.is_key);
    let mut rows = statement.query([])?;
    let mut place = 0;
    while let Some(row) = rows.next()? {
        place += 1;
        each(Rows { row, key, place })?;
    }
    Ok(())
}

/// The name of a part, shared by everything that is said about it.
pub fn part_of(table: &OldTable) -> Arc<str> {
    Arc::from(table.name.as_str())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
