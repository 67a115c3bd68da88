//! Goods, their variants, codes and balances.

mod columns;

use std::{collections::HashMap, sync::Arc};

use rust_decimal::Decimal;

use self::columns::{ProductColumns, tell_columns};
use super::{
    Fault, OldDatabase,
    roles::{TableRole, holds_batches, left_column, quantity_column},
    schema::{OldTable, Rows, part_of},
};
use crate::{
    assembly::{Assembly, ProductDraft},
    lexicon::Field,
    plan::{Correction, Disagreement},
    scanned_code::read_codes,
    skipped::{Origin, Reason},
};

/// What is in stock of a product in a place, and where that stands.
struct OldBalance {
    origin: Origin,
    product: usize,
    place: Option<usize>,
    quantity: Decimal,
}

/// The goods that were read, by table and key.
#[derive(Default)]
pub struct ProductTables {
    known: HashMap<(String, String), usize>,
    own: Vec<OldBalance>,
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
        let quantity = number_in(row, reader.columns.quantity, &origin, assembly, |text| {
            Reason::QuantityUnreadable { text }
        });
        if reader.columns.deleted.and_then(|column| row.flag(column)) == Some(true) {
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
            self.own.push(OldBalance {
                origin,
                product,
                place,
                quantity,
            });
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
                match self.product_of(database, table, &row) {
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

    /// Takes the balances, and answers what each product has in all. A table of balances by warehouse says more than the sum in
    /// the product's own row; where the two differ, that is told.
    pub fn take_stock(
        &self,
        database: &OldDatabase,
        assembly: &mut Assembly<'_>,
    ) -> Result<HashMap<usize, Decimal>, Fault> {
        let mut listed = Vec::new();
        for table in database.with_role(TableRole::Stock) {
            self.read_stock_table(database, table, &mut listed, assembly)?;
        }
        let mut sums: HashMap<usize, Decimal> = HashMap::new();
        for balance in &listed {
            *sums.entry(balance.product).or_default() += balance.quantity;
        }
        for own in &self.own {
            match sums.get(&own.product).copied() {
                None => {
                    sums.insert(own.product, own.quantity);
                    assembly.balance(&own.origin, own.product, own.place, own.quantity);
                }
                Some(sum) if sum != own.quantity => {
                    let product = assembly
                        .product(own.product)
                        .map(|product| product.name.to_string());
                    assembly.disagree(Disagreement {
                        origin: own.origin.clone(),
                        product: product.unwrap_or_default(),
                        stock: sum.normalize(),
                        movements: own.quantity.normalize(),
                    });
                }
                Some(_) => {}
            }
        }
        for balance in listed {
            assembly.balance(
                &balance.origin,
                balance.product,
                balance.place,
                balance.quantity,
            );
        }
        Ok(sums)
    }

    fn read_stock_table(
        &self,
        database: &OldDatabase,
        table: &OldTable,
        listed: &mut Vec<OldBalance>,
        assembly: &mut Assembly<'_>,
    ) -> Result<(), Fault> {
        let part = part_of(table);
        let column = if holds_batches(table) {
            left_column(table)
        } else {
            quantity_column(table)
        };
        let column = column.or_else(|| table.columns_of(Field::Quantity).next());
        let place = table.columns_of(Field::Place).next();
        database.rows(table, &mut |row| {
            assembly.record_read()?;
            let origin = Origin::new(&part, row.number());
            let quantity = number_in(&row, column, &origin, assembly, |text| {
                Reason::QuantityUnreadable { text }
            });
            match (self.product_of(database, table, &row), quantity) {
                (Ok(product), Some(quantity)) => {
                    let place = place
                        .and_then(|column| referred_place(database, table, &row, column, assembly));
                    listed.push(OldBalance {
                        origin,
                        product,
                        place,
                        quantity,
                    });
                }
                (Err(reason), _) => assembly.skip(origin, reason),
                (Ok(_), None) => {}
            }
            Ok(())
        })
    }

    /// The product that a row belongs to.
    pub fn product_of(
        &self,
        database: &OldDatabase,
        table: &OldTable,
        row: &Rows<'_>,
    ) -> Result<usize, Reason> {
        let mut wanted = String::new();
        for (column, target) in &table.foreign {
            let Some(key) = row.text(*column) else {
                continue;
            };
            if let Some(known) = self.known.get(&(target.clone(), key.clone())) {
                return Ok(*known);
            }
            if database.holds_goods(target) || wanted.is_empty() {
                wanted = format!("{target}:{key}");
            }
        }
        Err(Reason::ProductUnknown { product: wanted })
    }
}

/// The place that a column names, by itself or by a key.
pub fn referred_place(
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

fn number_in(
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

/// A row of a table of goods and what is needed to understand it.
struct RowOfGoods<'d> {
    database: &'d OldDatabase,
    table: &'d OldTable,
    columns: &'d ProductColumns,
    categories: &'d HashMap<(String, String), usize>,
    part: &'d Arc<str>,
}

impl RowOfGoods<'_> {
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
            price: number_in(row, self.columns.price, origin, assembly, |text| {
                Reason::PriceUnreadable { text }
            }),
            min_stock: number_in(row, self.columns.min_stock, origin, assembly, |text| {
                Reason::QuantityUnreadable { text }
            }),
            codes,
            brand: self.words(row, self.columns.brand),
            inactive: self.columns.active.and_then(|column| row.flag(column)) == Some(false),
            ..ProductDraft::default()
        }
    }
}
