//! Groups of goods, and which goods are in which.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use super::{
    Fault,
    database::OldDatabase,
    roles::TableRole,
    schema::{OldTable, part_of},
};
use crate::{
    assembly::Assembly,
    skipped::{Origin, Reason},
};

/// A row by its table and key.
type Row = (String, String);

/// The groups that were read.
pub struct OldCategories {
    known: HashMap<Row, usize>,
    /// The first group of goods that are in several.
    of_goods: HashMap<Row, usize>,
}

impl OldCategories {
    /// The group with this key.
    pub fn get(&self, table: &str, key: String) -> Option<usize> {
        self.known.get(&(table.to_owned(), key)).copied()
    }

    /// The group that the goods with this key are in, by a table of its own.
    pub fn of_goods(&self, row: &Row) -> Option<usize> {
        self.of_goods.get(row).copied()
    }
}

/// Groups by table and key, parents before children whatever the order of the rows.
pub fn read_categories(
    database: &OldDatabase,
    assembly: &mut Assembly<'_>,
) -> Result<OldCategories, Fault> {
    let mut waiting = Vec::new();
    for table in database.with_role(TableRole::Categories) {
        waiting.extend(read_table(database, table, assembly)?);
    }
    let mut known = HashMap::new();
    while !waiting.is_empty() {
        let before = waiting.len();
        let ready = |above: &Option<Row>, known: &HashMap<_, _>, stuck: bool| {
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
    let of_goods = read_groupings(database, &known, assembly)?;
    Ok(OldCategories { known, of_goods })
}

/// The groups of a table, each with the group around it and its name.
fn read_table(
    database: &OldDatabase,
    table: &OldTable,
    assembly: &mut Assembly<'_>,
) -> Result<Vec<(Row, Option<Row>, String)>, Fault> {
    let mut groups = Vec::new();
    let part: Arc<str> = part_of(table);
    let column = table.label_column();
    let parent = table
        .foreign
        .iter()
        .find(|link| database.role_of(&link.target) == Some(TableRole::Categories));
    database.rows(table, &mut |row| {
        assembly.record_read()?;
        let above = parent.and_then(|link| Some((link.target.clone(), row.text(link.column)?)));
        let key = row.key().unwrap_or_default();
        let name = column
            .and_then(|column| row.text(column))
            .or_else(|| database.translation(&table.name, &key).map(str::to_owned));
        match name {
            Some(name) if !key.is_empty() => groups.push(((table.name.clone(), key), above, name)),
            _ => assembly.skip(Origin::new(&part, row.number()), Reason::NoName),
        }
        Ok(())
    })?;
    Ok(groups)
}

fn read_groupings(
    database: &OldDatabase,
    known: &HashMap<Row, usize>,
    assembly: &mut Assembly<'_>,
) -> Result<HashMap<Row, usize>, Fault> {
    let mut of_goods = HashMap::new();
    for table in database.with_role(TableRole::Grouping) {
        let mut more = 0;
        let (mut goods, mut group) = (None, None);
        for link in &table.foreign {
            match database.role_of(&link.target) {
                Some(TableRole::Products) => goods = Some(link),
                Some(TableRole::Categories) => group = Some(link),
                _ => {}
            }
        }
        let (Some(goods), Some(group)) = (goods, group) else {
            continue;
        };
        database.rows(table, &mut |row| {
            assembly.record_read()?;
            let (Some(product), Some(category)) = (row.text(goods.column), row.text(group.column))
            else {
                return Ok(());
            };
            if let Some(category) = known.get(&(group.target.clone(), category)) {
                match of_goods.entry((goods.target.clone(), product)) {
                    Entry::Occupied(_) => more += 1,
                    Entry::Vacant(free) => {
                        free.insert(*category);
                    }
                }
            }
            Ok(())
        })?;
        if more > 0 {
            let origin = Origin::whole(&table.name);
            let what = "products are in one group each: these are further groups of theirs";
            assembly.skip(origin, Reason::TableLeft { rows: more, what });
        }
    }
    Ok(of_goods)
}
