//! A database whose tables are understood, and the names behind its keys.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{
    Fault, categories, movements,
    products::{ProductTables, prices},
    roles::{TableRole, translation_of},
    schema::{self, OldTable, Rows},
    stock, users,
};
use crate::{
    assembly::Assembly,
    lexicon::Field,
    plan::Correction,
    skipped::{Note, Origin, Reason},
};

/// Names of more rows than this are no names of units, places or users.
const MOST_NAMES: u64 = 100_000;

/// A database whose tables are understood.
pub struct OldDatabase {
    connection: Connection,
    pub tables: Vec<OldTable>,
    roles: Vec<TableRole>,
    /// Names by table and key: units, places, brands, users.
    pub names: HashMap<(String, String), String>,
    /// Names that stand in a table of languages, by the table that they are for and its key.
    translations: HashMap<(String, String), String>,
}

impl OldDatabase {
    /// A database of which nothing was read yet.
    pub fn new(connection: Connection, tables: Vec<OldTable>, roles: Vec<TableRole>) -> Self {
        Self {
            connection,
            tables,
            roles,
            names: HashMap::new(),
            translations: HashMap::new(),
        }
    }

    /// Reads everything into the plan.
    pub fn read(
        &mut self,
        corrections: &[Correction],
        assembly: &mut Assembly<'_>,
    ) -> Result<(), Fault> {
        self.tell_histories()?;
        self.tell_what_stays(assembly)?;
        self.read_translations()?;
        self.read_names(assembly)?;
        let categories = categories::read_categories(self, assembly)?;
        users::read_users(self, assembly)?;
        let mut products = ProductTables::read(self, &categories, corrections, assembly)?;
        products.read_codes(self, assembly)?;
        prices::read_prices(self, &products, assembly)?;
        let balances = stock::take_stock(self, &mut products, assembly)?;
        movements::read_movements(self, &mut products, &balances, assembly)?;
        Ok(())
    }

    /// The tables with a role.
    pub fn with_role(&self, role: TableRole) -> impl Iterator<Item = &OldTable> {
        self.tables
            .iter()
            .zip(&self.roles)
            .filter(move |(_, known)| **known == role)
            .map(|(table, _)| table)
    }

    /// The role of the table with this name.
    pub fn role_of(&self, name: &str) -> Option<TableRole> {
        let at = self.tables.iter().position(|table| table.name == name)?;
        self.roles.get(at).copied()
    }

    /// Whether the rows of this table are products or variants of them.
    pub fn holds_goods(&self, name: &str) -> bool {
        matches!(
            self.role_of(name),
            Some(TableRole::Products | TableRole::Variants)
        )
    }

    /// Shows every row of a table.
    pub fn rows(
        &self,
        table: &OldTable,
        each: &mut dyn FnMut(Rows<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        schema::read_rows(&self.connection, table, each)
    }

    /// The name behind a key of a table.
    pub fn name(&self, table: &str, key: &str) -> Option<&str> {
        self.names
            .get(&(table.to_owned(), key.to_owned()))
            .map(String::as_str)
    }

    /// The name of a row in the first language that has one.
    pub fn translation(&self, table: &str, key: &str) -> Option<&str> {
        self.translations
            .get(&(table.to_owned(), key.to_owned()))
            .map(String::as_str)
    }

    /// The column of a table that says where something lies: a key of a place, or the place's name.
    pub fn place_column(&self, table: &OldTable) -> Option<usize> {
        let keys = || {
            table
                .foreign
                .iter()
                .filter(|link| self.role_of(&link.target) == Some(TableRole::Places))
                .map(|link| link.column)
        };
        keys().next().or_else(|| {
            table
                .columns_of(Field::Place)
                .find(|column| table.target(*column).is_none())
        })
    }

    /// What looks like balances is history where the goods have a stock of their own and a product is there again and again,
    /// day by day.
    fn tell_histories(&mut self) -> Result<(), Fault> {
        if !stock::is_kept_by_goods(self)? {
            return Ok(());
        }
        let mut histories = Vec::new();
        for (index, (table, role)) in self.tables.iter().zip(&self.roles).enumerate() {
            if *role == TableRole::Stock && stock::is_history(self, table)? {
                histories.push(index);
            }
        }
        for index in histories {
            if let Some(role) = self.roles.get_mut(index) {
                *role = TableRole::Movements;
            }
        }
        Ok(())
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

    fn read_translations(&mut self) -> Result<(), Fault> {
        let mut translations = HashMap::new();
        for table in &self.tables {
            let (Some(target), Some(name), Some(master)) = (
                translation_of(table),
                table.name_column(),
                table.column("master_id"),
            ) else {
                continue;
            };
            self.rows(table, &mut |row| {
                if let (Some(key), Some(name)) = (row.text(master), row.text(name)) {
                    translations.entry((target.to_owned(), key)).or_insert(name);
                }
                Ok(())
            })?;
        }
        self.translations = translations;
        Ok(())
    }

    /// Units, places and everything else that is only a name behind a key.
    fn read_names(&mut self, assembly: &mut Assembly<'_>) -> Result<(), Fault> {
        let mut names = HashMap::new();
        for (table, role) in self.tables.iter().zip(&self.roles) {
            let Some(column) = table.label_column() else {
                continue;
            };
            let unnamed = matches!(
                role,
                TableRole::System(_)
                    | TableRole::Products
                    | TableRole::Movements
                    | TableRole::Users
            );
            if table.rows > MOST_NAMES || unnamed {
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
}
