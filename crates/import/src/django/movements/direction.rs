//! Which way an old movement went.

use super::super::{Fault, database::OldDatabase, schema::OldTable, words::model};
use crate::{
    direction::direction_in,
    lexicon::{Field, words},
    plan::Direction,
};

/// The column whose values say `in` and `out`, in whatever words.
pub(super) fn kind_column(
    database: &OldDatabase,
    table: &OldTable,
) -> Result<Option<usize>, Fault> {
    for (index, column) in table.columns.iter().enumerate() {
        let may_say = words(&column.name).iter().any(|word| {
            [
                "type",
                "kind",
                "direction",
                "action",
                "operation",
                "turi",
                "tur",
                "tip",
                "holat",
                "movement",
                "тип",
            ]
            .contains(&word.as_str())
        });
        if !may_say || table.target(index).is_some() {
            continue;
        }
        let mut understood = false;
        database.rows(table, &mut |row| {
            understood |= row
                .text(index)
                .is_some_and(|text| direction_in(&text).is_some());
            Ok(())
        })?;
        if understood {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Which way a table's rows go: by its own name first, then by its quantity's, then by whose keys it holds.
pub(super) fn named_direction(table: &OldTable, quantity: Option<usize>) -> Option<Direction> {
    let column = quantity
        .and_then(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase())
        .unwrap_or_default();
    let partners = table
        .columns_of(Field::Partner)
        .filter_map(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase());
    [model(&table.name), column]
        .into_iter()
        .chain(partners)
        .find_map(|name| direction_in(&name))
}
