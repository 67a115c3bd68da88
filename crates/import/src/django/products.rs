//! Goods, their variants and codes.

mod columns;
pub mod prices;

use std::{collections::HashMap, sync::Arc};

use rust_decimal::Decimal;

use self::columns::{ProductColumns, tell_columns};
use super::{
    Fault,
    categories::OldCategories,
    database::OldDatabase,
    roles::TableRole,
    schema::{Link, OldTable, Rows, part_of},
    stock::OldBalance,
};
use crate::{
    assembly::{Assembly, ProductDraft},
    lexicon::Field,
    plan::Correction,
    scanned_code::read_codes,
    skipped::{Origin, Reason},
};

/// A row by its table, the column that tells it where that is not the primary key, and what stands there.
type Row = (String, Option<String>, String);

/// The goods that were read, by table and key.
#[derive(Default)]
pub struct ProductTables {
    known: HashMap<Row, usize>,
    /// The product of a row of another table: a balance, a line of a document.
    lines: HashMap<(String, String), usize>,
    /// What the rows of the goods themselves say of the stock.
    pub own: Vec<OldBalance>,
}

impl ProductTables {
    /// Reads goods and then their variants.
    pub fn read(
        database: &OldDatabase,
        categories: &OldCategories,
        corrections: &[Correction],
        assembly: &mut Assembly<'_>,
    ) -> Result<Self, Fault> {
        let mut this = Self::default();
        for role in [TableRole::Products, TableRole::Variants] {
            for table in database.with_role(role) {
                let columns = ProductColumns::of(database, table, corrections)?;
                tell_columns(table, &columns, assembly);
                let part = part_of(table);
                let told_by = told_by(database, table);
                let parent = table
                    .foreign
                    .iter()
                    .find(|link| database.role_of(&link.target) == Some(TableRole::Products));
                database.rows(table, &mut |row| {
                    assembly.record_read()?;
                    let reader = RowOfGoods {
                        database,
                        table,
                        columns: &columns,
                        categories,
                        part: &part,
                        told_by: &told_by,
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
        parent: Option<&Link>,
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
        let quantities = reader.columns.quantities_in(row, &origin, assembly);
        if reader.columns.deleted.and_then(|column| row.flag(column)) == Some(true) {
            let all = quantities.into_iter().map(|(_, quantity)| quantity);
            let stock = all.reduce(|sum, quantity| sum + quantity);
            assembly.skip(origin, Reason::Deleted { stock });
            return;
        }
        let mut draft = reader.draft(row, &id, &origin, assembly);
        draft.identity = format!("{}\u{1f}{}", id.0, id.1);
        draft.key = draft.key.or_else(|| Some(format!("{}:{}", id.0, id.1)));
        if let Some(link) = parent {
            let Some(above) = self.linked(link, row) else {
                let product = row.text(link.column).unwrap_or_default();
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
        for (column, name) in reader.told_by {
            if let Some(value) = row.text(*column) {
                let by = (id.0.clone(), Some(name.clone()), value);
                self.known.entry(by).or_insert(product);
            }
        }
        self.known.insert((id.0, None, id.1), product);
        for (place, quantity) in quantities {
            let place = match place {
                Some(name) => assembly.place(name),
                None => reader.place(row, assembly),
            };
            self.own.push(OldBalance {
                origin: origin.clone(),
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

    /// The product whose key a column holds.
    fn linked(&self, link: &Link, row: &Rows<'_>) -> Option<usize> {
        let key = row.text(link.column)?;
        let by = (link.target.clone(), link.by.clone(), key);
        self.known.get(&by).copied()
    }

    /// Remembers the product of a row that other rows may belong to.
    pub fn remember_line(&mut self, table: &OldTable, row: &Rows<'_>, product: usize) {
        if let Some(key) = row.key() {
            self.lines.insert((table.name.clone(), key), product);
        }
    }

    /// The product that a row belongs to: the variant rather than what it is a variant of, and else by the line that the row
    /// belongs to.
    pub fn product_of(
        &self,
        database: &OldDatabase,
        table: &OldTable,
        row: &Rows<'_>,
    ) -> Result<usize, Reason> {
        let linked = |role: TableRole| {
            table
                .foreign
                .iter()
                .filter(move |link| database.role_of(&link.target) == Some(role))
                .find_map(|link| self.linked(link, row))
        };
        let known = linked(TableRole::Variants)
            .or_else(|| linked(TableRole::Products))
            .or_else(|| {
                table.foreign.iter().find_map(|link| {
                    let key = row.text(link.column)?;
                    self.lines.get(&(link.target.clone(), key)).copied()
                })
            });
        known.ok_or_else(|| {
            let told = |link: &Link| Some(format!("{}:{}", link.target, row.text(link.column)?));
            let goods = table
                .foreign
                .iter()
                .filter(|link| database.holds_goods(&link.target));
            let product = goods.chain(&table.foreign).find_map(told);
            Reason::ProductUnknown {
                product: product.unwrap_or_default(),
            }
        })
    }
}

/// The columns by which other tables tell the rows of this one, where it is not the primary key.
fn told_by(database: &OldDatabase, table: &OldTable) -> Vec<(usize, String)> {
    let mut columns: Vec<(usize, String)> = database
        .tables
        .iter()
        .flat_map(|other| other.links_to(&table.name))
        .filter_map(|link| {
            let by = link.by.clone()?;
            Some((table.column(&by)?, by))
        })
        .collect();
    columns.sort();
    columns.dedup();
    columns
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

/// A number that a row holds; what is no number is told.
pub fn number_in(
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
    categories: &'d OldCategories,
    part: &'d Arc<str>,
    told_by: &'d [(usize, String)],
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
                Some(target) => self.categories.get(target, value),
                None => assembly.category(parent, &value),
            }
        };
        let category = one(self.columns.category, None, assembly);
        one(self.columns.subcategory, category, assembly).or(category)
    }

    /// The name in the first language that has one; of a variant without a name, what tells it from the others.
    fn name(&self, row: &Rows<'_>, id: &(String, String)) -> String {
        let mut names = self.columns.names.iter();
        names
            .find_map(|column| row.text(*column))
            .or_else(|| self.database.translation(&id.0, &id.1).map(str::to_owned))
            .unwrap_or_else(|| {
                let traits = self.columns.traits.iter();
                traits
                    .filter_map(|column| self.words(row, Some(*column)))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
    }

    fn draft(
        &self,
        row: &Rows<'_>,
        id: &(String, String),
        origin: &Origin,
        assembly: &mut Assembly<'_>,
    ) -> ProductDraft {
        let mut codes = Vec::new();
        for column in &self.columns.barcodes {
            let read = read_codes(&row.text(*column).unwrap_or_default(), false);
            codes.extend(read.codes);
            for reason in read.refused {
                assembly.skip(origin.clone(), reason);
            }
        }
        ProductDraft {
            name: self.name(row, id),
            key: self.columns.own_key.and_then(|column| row.text(column)),
            sku: self
                .columns
                .skus
                .iter()
                .find_map(|column| row.text(*column)),
            category: self
                .category(row, assembly)
                .or_else(|| self.categories.of_goods(id)),
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
