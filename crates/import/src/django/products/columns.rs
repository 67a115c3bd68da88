//! Which column of a table of goods holds what.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::super::{
    Fault, corrected,
    database::OldDatabase,
    products::number_in,
    quantities::stock_columns,
    roles::TableRole,
    schema::{OldTable, Rows},
    words::{field_of_column, without_language},
};
use crate::{
    assembly::Assembly,
    lexicon::{Field, says_any, words},
    plan::{ColumnMapping, Correction},
    scanned_code::is_gtin,
    skipped::{Note, Origin, Reason},
};

/// The columns of a table of goods.
pub(super) struct ProductColumns {
    /// The name, in its languages.
    pub(super) names: Vec<usize>,
    /// What tells variants of one product apart.
    pub(super) traits: Vec<usize>,
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
    /// What is in stock, and the places that the columns name.
    pub(super) quantities: Vec<(usize, Option<String>)>,
    pub(super) active: Option<usize>,
    pub(super) deleted: Option<usize>,
}

/// What the columns of a table of goods were understood as.
struct Fields<'t> {
    table: &'t OldTable,
    corrections: &'t [Correction],
    known: Vec<Option<Field>>,
}

impl<'t> Fields<'t> {
    fn of(table: &'t OldTable, corrections: &'t [Correction]) -> Self {
        let known = table.columns.iter().enumerate().map(|(index, column)| {
            corrected(&table.name, &column.name, corrections).or_else(|| table.field(index))
        });
        Self {
            known: known.collect(),
            table,
            corrections,
        }
    }

    fn all(&self, field: Field) -> Vec<usize> {
        (0..self.known.len())
            .filter(|column| self.known.get(*column) == Some(&Some(field)))
            .collect()
    }

    fn by_hand(&self, field: Field) -> Option<usize> {
        self.all(field).into_iter().find(|column| {
            self.table.columns.get(*column).is_some_and(|known| {
                corrected(&self.table.name, &known.name, self.corrections) == Some(field)
            })
        })
    }

    /// Where a key of a table and a text say the same, the table is what the old program shows.
    fn first(&self, field: Field) -> Option<usize> {
        let all = self.all(field);
        let mut keys = all
            .iter()
            .filter(|column| self.table.target(**column).is_some());
        self.by_hand(field)
            .or_else(|| keys.next().copied())
            .or_else(|| all.first().copied())
    }

    fn plain(&self, field: Field) -> Option<usize> {
        self.all(field)
            .into_iter()
            .find(|column| self.table.target(*column).is_none())
    }
}

impl ProductColumns {
    pub(super) fn of(
        database: &OldDatabase,
        table: &OldTable,
        corrections: &[Correction],
    ) -> Result<Self, Fault> {
        let fields = Fields::of(table, corrections);
        let (skus, barcodes) = codes(database, table, &fields)?;
        let traits = traits(table, &fields.all(Field::Variant));
        // What has sizes and colours and no name of its own bears that of its product.
        let is_variant = database.role_of(&table.name) == Some(TableRole::Variants);
        let name = fields
            .by_hand(Field::Name)
            .or_else(|| table.name_column())
            .or_else(|| {
                table
                    .label_column()
                    .filter(|_| !is_variant || traits.is_empty())
            });
        Ok(Self {
            names: names(table, name),
            traits,
            skus,
            barcodes,
            own_key: fields.all(Field::Key).into_iter().find(|column| {
                table
                    .columns
                    .get(*column)
                    .is_some_and(|known| !known.is_key)
            }),
            category: fields.first(Field::Category),
            subcategory: fields.first(Field::Subcategory),
            unit: fields.first(Field::Unit),
            place: place(database, table, fields.by_hand(Field::Place))?,
            brand: fields.first(Field::Brand),
            price: fields
                .by_hand(Field::Price)
                .or_else(|| sale_price(table, &fields.all(Field::Price))),
            min_stock: fields.plain(Field::MinStock),
            quantities: match fields.by_hand(Field::Quantity) {
                Some(column) => vec![(column, None)],
                None => stock_columns(table),
            },
            active: fields.plain(Field::Active),
            deleted: fields.plain(Field::Deleted),
        })
    }

    /// What a row says is in stock, and the places that the columns name.
    pub(super) fn quantities_in(
        &self,
        row: &Rows<'_>,
        origin: &Origin,
        assembly: &mut Assembly<'_>,
    ) -> Vec<(Option<&str>, Decimal)> {
        let mut found = Vec::new();
        for (column, place) in &self.quantities {
            let number = number_in(row, Some(*column), origin, assembly, |text| {
                Reason::QuantityUnreadable { text }
            });
            found.extend(number.map(|number| (place.as_deref(), number)));
        }
        found
    }

    fn field_of(&self, column: usize, table: &OldTable) -> Option<Field> {
        let single = [
            (self.own_key, Field::Key),
            (self.category, Field::Category),
            (self.subcategory, Field::Subcategory),
            (self.unit, Field::Unit),
            (self.place, Field::Place),
            (self.brand, Field::Brand),
            (self.price, Field::Price),
            (self.min_stock, Field::MinStock),
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
            .or_else(|| {
                let mut all = self.quantities.iter();
                all.any(|(quantity, _)| *quantity == column)
                    .then_some(Field::Quantity)
            })
            .or_else(|| self.names.contains(&column).then_some(Field::Name))
            .or_else(|| is_key.then_some(Field::Key))
    }
}

/// The columns of articles and those of barcodes; of a code its values decide.
fn codes(
    database: &OldDatabase,
    table: &OldTable,
    fields: &Fields<'_>,
) -> Result<(Vec<usize>, Vec<usize>), Fault> {
    let mut barcodes = fields.all(Field::Barcode);
    let mut skus = fields.all(Field::Sku);
    for column in fields
        .all(Field::Code)
        .into_iter()
        .filter(|column| table.target(*column).is_none())
    {
        if mostly_gtins(database, table, column)? {
            barcodes.push(column);
        } else {
            skus.push(column);
        }
    }
    match spoken_key(table) {
        Some((column, Field::Barcode)) => barcodes.push(column),
        Some((column, _)) => skus.push(column),
        None => {}
    }
    Ok((skus, barcodes))
}

/// A primary key that people use: an article, a barcode.
fn spoken_key(table: &OldTable) -> Option<(usize, Field)> {
    let (column, key) = table
        .columns
        .iter()
        .enumerate()
        .find(|(_, column)| column.is_key && column.holds_text())?;
    let field = field_of_column(&key.name)?;
    matches!(field, Field::Sku | Field::Code | Field::Barcode).then_some((column, field))
}

/// The column with the name, and the same in other languages.
fn names(table: &OldTable, first: Option<usize>) -> Vec<usize> {
    let Some((first, known)) = first.and_then(|first| Some((first, table.columns.get(first)?)))
    else {
        return Vec::new();
    };
    let plain = without_language(&known.name).unwrap_or(&known.name);
    let others = table.columns.iter().enumerate().filter(|(column, other)| {
        *column != first && without_language(&other.name).is_some_and(|name| name == plain)
    });
    std::iter::once(first)
        .chain(others.map(|(column, _)| column))
        .collect()
}

/// Sizes and colours, or else what else makes one bottle another than the next.
fn traits(table: &OldTable, known: &[usize]) -> Vec<usize> {
    const MEASURES: &[&str] = &[
        "volume",
        "hajm*",
        "obem*",
        "объем*",
        "weight*",
        "vazn*",
        "ves",
        "вес",
        "value",
        "qiymat*",
    ];
    if !known.is_empty() {
        return known.to_vec();
    }
    let measures = table.columns.iter().enumerate();
    measures
        .filter(|(_, column)| says_any(&words(&column.name), MEASURES))
        .map(|(column, _)| column)
        .collect()
}

/// Words of the price for sale.
#[rustfmt::skip]
pub(super) const SELLING: &[&str] = &[
    "sell*", "sotish*", "sotuv*", "sotil*", "retail*", "chakana*", "розн*", "продаж*", "prodaj*", "prodazh*", "rozn*",
];

/// The price for sale: the one that says so, else the plain one, else the first; one in dollars last.
pub(super) fn sale_price(table: &OldTable, prices: &[usize]) -> Option<usize> {
    const FOREIGN: &[&str] = &["usd", "dollar*", "доллар*", "eur", "euro"];
    let name = |column: &&usize| {
        let known = table.columns.get(**column);
        known.map(|known| words(&known.name)).unwrap_or_default()
    };
    let mut plain = prices
        .iter()
        .filter(|column| table.target(**column).is_none())
        .collect::<Vec<_>>();
    plain.sort_by_key(|column| {
        let name = name(column);
        if says_any(&name, FOREIGN) {
            3
        } else if says_any(&name, SELLING) {
            0
        } else if name.len() == 1 {
            1
        } else {
            2
        }
    });
    plain.first().map(|column| **column)
}

/// The place of what a product's row says is in stock. Where somebody wrote down the shelf of every product, it is no
/// warehouse.
fn place(
    database: &OldDatabase,
    table: &OldTable,
    by_hand: Option<usize>,
) -> Result<Option<usize>, Fault> {
    const SPOTS: &[&str] = &[
        "location*",
        "joylash*",
        "место*",
        "storage location",
        "joyi",
    ];
    const MOST_PLACES: usize = 12;
    let Some(column) = by_hand.or_else(|| database.place_column(table)) else {
        return Ok(None);
    };
    let is_spot = table
        .columns
        .get(column)
        .is_some_and(|known| says_any(&words(&known.name), SPOTS));
    if by_hand.is_some() || table.target(column).is_some() || !is_spot {
        return Ok(Some(column));
    }
    let mut spots = HashSet::new();
    database.rows(table, &mut |row| {
        spots.extend(row.text(column));
        Ok(())
    })?;
    Ok((spots.len() <= MOST_PLACES).then_some(column))
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
        let is_new = assembly.mapped(ColumnMapping {
            part: table.name.clone(),
            column: column.name.clone(),
            field,
        });
        if is_new && field.is_none() {
            let note = Note::ColumnLeft {
                head: column.name.clone(),
                field: table.field(index),
            };
            assembly.note(Origin::whole(&table.name), note);
        }
    }
}
