//! Which column of a table of goods holds what.

use super::super::{Fault, OldDatabase, corrected, roles::quantity_column, schema::OldTable};
use crate::{
    assembly::Assembly,
    lexicon::Field,
    plan::{ColumnMapping, Correction},
    scanned_code::is_gtin,
    skipped::{Note, Origin},
};

/// The columns of a table of goods.
pub(super) struct ProductColumns {
    pub(super) name: Option<usize>,
    pub(super) skus: Vec<usize>,
    pub(super) barcodes: Vec<usize>,
    pub(super) own_key: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) subcategory: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) place: Option<usize>,
    pub(super) brand: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) min_stock: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) active: Option<usize>,
    pub(super) deleted: Option<usize>,
}

impl ProductColumns {
    pub(super) fn of(
        database: &OldDatabase,
        table: &OldTable,
        corrections: &[Correction],
    ) -> Result<Self, Fault> {
        let fields: Vec<Option<Field>> = (0..table.columns.len())
            .map(|column| {
                let name = table
                    .columns
                    .get(column)
                    .map(|known| known.name.as_str())
                    .unwrap_or_default();
                corrected(&table.name, name, corrections).or_else(|| table.field(column))
            })
            .collect();
        let all = |field: Field| -> Vec<usize> {
            (0..fields.len())
                .filter(|column| fields.get(*column) == Some(&Some(field)))
                .collect()
        };
        let by_hand = |field: Field| {
            all(field).into_iter().find(|column| {
                let name = table
                    .columns
                    .get(*column)
                    .map(|known| known.name.as_str())
                    .unwrap_or_default();
                corrected(&table.name, name, corrections) == Some(field)
            })
        };
        let first = |field: Field| by_hand(field).or_else(|| all(field).first().copied());
        let plain = |field: Field| {
            all(field)
                .into_iter()
                .find(|column| table.target(*column).is_none())
        };
        let mut barcodes = all(Field::Barcode);
        let mut skus: Vec<usize> = all(Field::Sku);
        for column in all(Field::Code)
            .into_iter()
            .filter(|column| table.target(*column).is_none())
        {
            if mostly_gtins(database, table, column)? {
                barcodes.push(column);
            } else {
                skus.push(column);
            }
        }
        Ok(Self {
            name: by_hand(Field::Name).or_else(|| table.name_column()),
            skus,
            barcodes,
            own_key: all(Field::Key).into_iter().find(|column| {
                table
                    .columns
                    .get(*column)
                    .is_some_and(|known| !known.is_key)
            }),
            category: first(Field::Category),
            subcategory: first(Field::Subcategory),
            unit: first(Field::Unit),
            place: first(Field::Place),
            brand: first(Field::Brand),
            price: by_hand(Field::Price).or_else(|| plain(Field::Price)),
            min_stock: plain(Field::MinStock),
            quantity: by_hand(Field::Quantity)
                .or_else(|| quantity_column(table))
                .or_else(|| plain(Field::Quantity)),
            active: plain(Field::Active),
            deleted: plain(Field::Deleted),
        })
    }

    fn field_of(&self, column: usize, table: &OldTable) -> Option<Field> {
        let single = [
            (self.name, Field::Name),
            (self.own_key, Field::Key),
            (self.category, Field::Category),
            (self.subcategory, Field::Subcategory),
            (self.unit, Field::Unit),
            (self.place, Field::Place),
            (self.brand, Field::Brand),
            (self.price, Field::Price),
            (self.min_stock, Field::MinStock),
            (self.quantity, Field::Quantity),
            (self.active, Field::Active),
            (self.deleted, Field::Deleted),
        ];
        let is_key = table.columns.get(column).is_some_and(|known| known.is_key);
        single
            .into_iter()
            .find(|(known, _)| *known == Some(column))
            .map(|(_, field)| field)
            .or_else(|| {
                self.skus
                    .first()
                    .is_some_and(|sku| *sku == column)
                    .then_some(Field::Sku)
            })
            .or_else(|| self.barcodes.contains(&column).then_some(Field::Barcode))
            .or_else(|| is_key.then_some(Field::Key))
    }
}

fn mostly_gtins(database: &OldDatabase, table: &OldTable, column: usize) -> Result<bool, Fault> {
    let (mut filled, mut gtins) = (0_usize, 0_usize);
    database.rows(table, &mut |row| {
        if let Some(text) = row.text(column) {
            filled += 1;
            gtins += usize::from(is_gtin(&text));
        }
        Ok(())
    })?;
    Ok(gtins * 2 > filled)
}

pub(super) fn tell_columns(
    table: &OldTable,
    columns: &ProductColumns,
    assembly: &mut Assembly<'_>,
) {
    for (index, column) in table.columns.iter().enumerate() {
        let field = columns.field_of(index, table);
        assembly.mapped(ColumnMapping {
            part: table.name.clone(),
            column: column.name.clone(),
            field,
        });
        if field.is_none() {
            let note = Note::ColumnLeft {
                head: column.name.clone(),
                field: table.field(index),
            };
            assembly.note(Origin::whole(&table.name), note);
        }
    }
}
