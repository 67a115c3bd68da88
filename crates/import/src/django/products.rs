//! Goods, their variants, codes and balances.

use std::{collections::HashMap, sync::Arc};

use rust_decimal::Decimal;

use super::{
    Fault, OldDatabase, corrected,
    roles::{TableRole, quantity_column},
    schema::{OldTable, Rows, part_of},
};
use crate::{
    assembly::{Assembly, ProductDraft},
    lexicon::Field,
    plan::{ColumnMapping, Correction},
    scanned_code::{is_gtin, read_codes},
    skipped::{Note, Origin, Reason},
};

/// The goods that were read, by table and key.
#[derive(Default)]
pub struct ProductTables {
    known: HashMap<(String, String), usize>,
    deleted: HashMap<(String, String), String>,
    stock: HashMap<usize, Decimal>,
}

/// The columns of a table of goods.
struct ProductColumns {
    name: Option<usize>,
    skus: Vec<usize>,
    barcodes: Vec<usize>,
    own_key: Option<usize>,
    category: Option<usize>,
    subcategory: Option<usize>,
    unit: Option<usize>,
    place: Option<usize>,
    brand: Option<usize>,
    price: Option<usize>,
    min_stock: Option<usize>,
    quantity: Option<usize>,
    active: Option<usize>,
    deleted: Option<usize>,
}

impl ProductColumns {
    fn of(
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
                barcodes.push(column)
            } else {
                skus.push(column)
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

impl ProductTables {
    /// Reads goods and then their variants.
    pub fn read(
        database: &OldDatabase,
        categories: &HashMap<(String, String), usize>,
        corrections: &[Correction],
        assembly: &mut Assembly<'_>,
    ) -> Result<Self, Fault> {
        let mut this = Self::default();
        for role in [TableRole::Products, TableRole::Variants] {
            for table in database.with_role(role) {
                let columns = ProductColumns::of(database, table, corrections)?;
                tell_columns(table, &columns, assembly);
                let part = part_of(table);
                let parent = table
                    .foreign
                    .iter()
                    .find(|(_, target)| database.role_of(target) == Some(TableRole::Products));
                database.rows(table, &mut |row| {
                    assembly.record_read()?;
                    let reader = RowOfGoods {
                        database,
                        table,
                        columns: &columns,
                        categories,
                        part: &part,
                    };
                    this.keep(
                        &reader,
                        &row,
                        parent.filter(|_| role == TableRole::Variants),
                        assembly,
                    );
                    Ok(())
                })?;
            }
        }
        Ok(this)
    }

    fn keep(
        &mut self,
        reader: &RowOfGoods<'_>,
        row: &Rows<'_>,
        parent: Option<&(usize, String)>,
        assembly: &mut Assembly<'_>,
    ) {
        let origin = Origin::new(reader.part, row.number());
        let Some(key) = row.key() else {
            assembly.skip(
                origin,
                Reason::Unreadable {
                    text: "a row without a key".to_owned(),
                },
            );
            return;
        };
        let id = (reader.table.name.clone(), key);
        let quantity = reader.number(row, reader.columns.quantity, &origin, assembly, |text| {
            Reason::QuantityUnreadable { text }
        });
        if reader.columns.deleted.and_then(|column| row.flag(column)) == Some(true) {
            let name = reader
                .columns
                .name
                .and_then(|column| row.text(column))
                .unwrap_or_default();
            self.deleted.insert(id, name);
            assembly.skip(origin, Reason::Deleted { stock: quantity });
            return;
        }
        let mut draft = reader.draft(row, &origin, assembly);
        draft.identity = format!("{}\u{1f}{}", id.0, id.1);
        draft.key = draft.key.or_else(|| Some(format!("{}:{}", id.0, id.1)));
        if let Some((column, target)) = parent {
            let above = row
                .text(*column)
                .and_then(|key| self.known.get(&(target.clone(), key)).copied());
            let Some(above) = above else {
                let product = row.text(*column).unwrap_or_default();
                assembly.skip(origin, Reason::ProductUnknown { product });
                return;
            };
            if let Some(product) = assembly.product(above) {
                draft.name = format!("{} {}", product.name, draft.name);
                draft.category = product.category;
            }
            draft.variant_of = Some(above);
        }
        let Some(product) = assembly.keep(origin.clone(), draft) else {
            return;
        };
        self.known.insert(id, product);
        if let Some(quantity) = quantity {
            let place = reader.place(row, assembly);
            self.stock.insert(product, quantity);
            assembly.balance(&origin, product, place, quantity);
        }
    }

    /// Codes that stand in a table of their own.
    pub fn read_codes(
        &self,
        database: &OldDatabase,
        assembly: &mut Assembly<'_>,
    ) -> Result<(), Fault> {
        for table in database.with_role(TableRole::Codes) {
            let part = part_of(table);
            let column = [Field::Barcode, Field::Code, Field::Sku]
                .into_iter()
                .find_map(|field| table.columns_of(field).next());
            database.rows(table, &mut |row| {
                assembly.record_read()?;
                let origin = Origin::new(&part, row.number());
                let read = read_codes(
                    &column
                        .and_then(|column| row.text(column))
                        .unwrap_or_default(),
                    false,
                );
                for reason in read.refused {
                    assembly.skip(origin.clone(), reason);
                }
                match self.product_of(table, &row) {
                    Ok(product) => assembly.complete(
                        product,
                        &origin,
                        ProductDraft {
                            codes: read.codes,
                            ..ProductDraft::default()
                        },
                    ),
                    Err(reason) => assembly.skip(origin, reason),
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Balances that stand in a table of their own, and what each product has in all.
    pub fn read_stock(
        &self,
        database: &OldDatabase,
        assembly: &mut Assembly<'_>,
    ) -> Result<HashMap<usize, Decimal>, Fault> {
        let mut sums = HashMap::new();
        for table in database.with_role(TableRole::Stock) {
            let part = part_of(table);
            let column =
                quantity_column(table).or_else(|| table.columns_of(Field::Quantity).next());
            let place = table.columns_of(Field::Place).next();
            database.rows(table, &mut |row| {
                assembly.record_read()?;
                let origin = Origin::new(&part, row.number());
                let product = match self.product_of(table, &row) {
                    Ok(product) => product,
                    Err(reason) => {
                        assembly.skip(origin, reason);
                        return Ok(());
                    }
                };
                match column.map_or(Ok(None), |column| row.number_in(column)) {
                    Ok(Some(quantity)) if self.stock.contains_key(&product) => {
                        // The product's own row has a balance already: told apart by warehouse it would count twice.
                        let text = format!("{quantity}, and the product's own row has a balance");
                        assembly.skip(origin, Reason::Unreadable { text });
                    }
                    Ok(Some(quantity)) => {
                        let place = place.and_then(|column| {
                            referred_place(database, table, &row, column, assembly)
                        });
                        *sums.entry(product).or_insert(Decimal::ZERO) += quantity;
                        assembly.balance(&origin, product, place, quantity);
                    }
                    Ok(None) => {}
                    Err(text) => assembly.skip(origin, Reason::QuantityUnreadable { text }),
                }
                Ok(())
            })?;
        }
        for (product, quantity) in &self.stock {
            sums.entry(*product).or_insert(*quantity);
        }
        Ok(sums)
    }

    /// The product that a row belongs to.
    pub fn product_of(&self, table: &OldTable, row: &Rows<'_>) -> Result<usize, Reason> {
        let mut wanted = String::new();
        for (column, target) in &table.foreign {
            let Some(key) = row.text(*column) else {
                continue;
            };
            if let Some(known) = self.known.get(&(target.clone(), key.clone())) {
                return Ok(*known);
            }
            if self.deleted.contains_key(&(target.clone(), key.clone())) || wanted.is_empty() {
                wanted = format!("{target}:{key}");
            }
        }
        Err(Reason::ProductUnknown { product: wanted })
    }
}

fn referred_place(
    database: &OldDatabase,
    table: &OldTable,
    row: &Rows<'_>,
    column: usize,
    assembly: &mut Assembly<'_>,
) -> Option<usize> {
    let value = row.text(column)?;
    let name = match table.target(column) {
        Some(target) => database.name(target, &value)?.to_owned(),
        None => value,
    };
    assembly.place(&name)
}

fn tell_columns(table: &OldTable, columns: &ProductColumns, assembly: &mut Assembly<'_>) {
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

/// A row of a table of goods and what is needed to understand it.
struct RowOfGoods<'d> {
    database: &'d OldDatabase,
    table: &'d OldTable,
    columns: &'d ProductColumns,
    categories: &'d HashMap<(String, String), usize>,
    part: &'d Arc<str>,
}

impl RowOfGoods<'_> {
    fn number(
        &self,
        row: &Rows<'_>,
        column: Option<usize>,
        origin: &Origin,
        assembly: &mut Assembly<'_>,
        unreadable: fn(String) -> Reason,
    ) -> Option<Decimal> {
        match row.number_in(column?) {
            Ok(number) => number,
            Err(text) => {
                assembly.skip(origin.clone(), unreadable(text));
                None
            }
        }
    }

    /// What a column says in words: its text, or the name behind the key.
    fn words(&self, row: &Rows<'_>, column: Option<usize>) -> Option<String> {
        let column = column?;
        let value = row.text(column)?;
        match self.table.target(column) {
            Some(target) => self.database.name(target, &value).map(str::to_owned),
            None => Some(value),
        }
    }

    fn place(&self, row: &Rows<'_>, assembly: &mut Assembly<'_>) -> Option<usize> {
        referred_place(
            self.database,
            self.table,
            row,
            self.columns.place?,
            assembly,
        )
    }

    fn category(&self, row: &Rows<'_>, assembly: &mut Assembly<'_>) -> Option<usize> {
        let one = |column: Option<usize>, parent: Option<usize>, assembly: &mut Assembly<'_>| {
            let column = column?;
            let value = row.text(column)?;
            match self.table.target(column) {
                Some(target) => self.categories.get(&(target.to_owned(), value)).copied(),
                None => assembly.category(parent, &value),
            }
        };
        let category = one(self.columns.category, None, assembly);
        one(self.columns.subcategory, category, assembly).or(category)
    }

    fn draft(&self, row: &Rows<'_>, origin: &Origin, assembly: &mut Assembly<'_>) -> ProductDraft {
        let mut codes = Vec::new();
        for column in &self.columns.barcodes {
            let read = read_codes(&row.text(*column).unwrap_or_default(), false);
            codes.extend(read.codes);
            for reason in read.refused {
                assembly.skip(origin.clone(), reason);
            }
        }
        ProductDraft {
            name: self
                .columns
                .name
                .and_then(|column| row.text(column))
                .unwrap_or_default(),
            key: self.columns.own_key.and_then(|column| row.text(column)),
            sku: self
                .columns
                .skus
                .iter()
                .find_map(|column| row.text(*column)),
            category: self.category(row, assembly),
            unit: self.words(row, self.columns.unit),
            price: self.number(row, self.columns.price, origin, assembly, |text| {
                Reason::PriceUnreadable { text }
            }),
            min_stock: self.number(row, self.columns.min_stock, origin, assembly, |text| {
                Reason::QuantityUnreadable { text }
            }),
            codes,
            brand: self.words(row, self.columns.brand),
            inactive: self.columns.active.and_then(|column| row.flag(column)) == Some(false),
            ..ProductDraft::default()
        }
    }
}
