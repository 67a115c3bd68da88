//! What is in stock, by whatever table says it best.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::{
    Fault,
    database::OldDatabase,
    products::{ProductTables, number_in, referred_place},
    quantities::{holds_batches, left_column, quantity_column, stock_column, stock_columns},
    roles::TableRole,
    schema::{OldTable, part_of},
    words::{field_of_column, model},
};
use crate::{
    assembly::Assembly,
    lexicon::Field,
    plan::Disagreement,
    skipped::{Origin, Reason},
};

/// What is in stock of a product in a place, and where that stands.
pub struct OldBalance {
    /// Where it stands.
    pub origin: Origin,
    /// The product.
    pub product: usize,
    /// The place, if one is known.
    pub place: Option<usize>,
    /// How much.
    pub quantity: Decimal,
}

/// Takes the balances, and answers what each product has in all. Balances by warehouse say more than those without, those more
/// than the sum in the product's own row, and that more than what is left of lots; where they differ, that is told.
pub fn take_stock(
    database: &OldDatabase,
    products: &mut ProductTables,
    assembly: &mut Assembly<'_>,
) -> Result<HashMap<usize, Decimal>, Fault> {
    let (mut placed, mut plain, mut lots) = (Vec::new(), Vec::new(), Vec::new());
    for table in database.with_role(TableRole::Stock) {
        let listed = read_stock_table(database, products, table, assembly)?;
        if holds_batches(table) {
            lots.extend(listed);
        } else if listed.iter().any(|balance| balance.place.is_some()) {
            placed.extend(listed);
        } else {
            plain.extend(listed);
        }
    }
    let own = std::mem::take(&mut products.own);
    let (own, variants): (Vec<_>, Vec<_>) = own
        .into_iter()
        .partition(|own| variant_of(own, assembly).is_none());
    let own_is_kept = own.iter().any(|own| !own.quantity.is_zero());
    let lots_alone = !own_is_kept
        && [&placed, &plain, &variants]
            .iter()
            .all(|source| source.is_empty());
    let mut stock = Stock::default();
    for source in [placed, plain, variants] {
        stock.take(source, true, assembly);
    }
    stock.add_up_variants(assembly);
    if lots_alone {
        stock.take(lots, true, assembly);
        stock.take(own, true, assembly);
    } else {
        stock.take(own, true, assembly);
        stock.take(lots, false, assembly);
    }
    Ok(stock.sums)
}

fn variant_of(balance: &OldBalance, assembly: &Assembly<'_>) -> Option<usize> {
    assembly.product(balance.product)?.variant_of
}

/// What every product has, by the best source that knows it.
#[derive(Default)]
struct Stock {
    sums: HashMap<usize, Decimal>,
    /// What the variants of a product have together.
    of_variants: HashMap<usize, Decimal>,
}

impl Stock {
    /// Takes what no better source knew, if the source is to be believed, and tells what another one knew otherwise.
    fn take(&mut self, source: Vec<OldBalance>, believed: bool, assembly: &mut Assembly<'_>) {
        let mut sums: HashMap<usize, Decimal> = HashMap::new();
        for balance in &source {
            *sums.entry(balance.product).or_default() += balance.quantity;
        }
        let mut told = HashSet::new();
        for balance in source {
            let product = balance.product;
            let sum = sums.get(&product).copied().unwrap_or_default();
            let better = self
                .sums
                .get(&product)
                .or_else(|| self.of_variants.get(&product))
                .copied()
                .or((!believed).then_some(Decimal::ZERO));
            match better {
                None => {
                    let OldBalance { origin, place, .. } = balance;
                    assembly.balance(&origin, product, place, balance.quantity);
                }
                Some(better) if better != sum && told.insert(product) => {
                    let name = assembly
                        .product(product)
                        .map(|product| product.name.to_string());
                    assembly.disagree(Disagreement {
                        origin: balance.origin,
                        product: name.unwrap_or_default(),
                        stock: better.normalize(),
                        movements: sum.normalize(),
                    });
                }
                Some(_) => {}
            }
        }
        for (product, sum) in sums {
            if believed && !self.of_variants.contains_key(&product) {
                self.sums.entry(product).or_insert(sum);
            }
        }
    }

    /// A product of which the variants have something has nothing beside them: its own row says what they have together.
    fn add_up_variants(&mut self, assembly: &Assembly<'_>) {
        for (product, sum) in &self.sums {
            let above = assembly
                .product(*product)
                .and_then(|known| known.variant_of);
            if let Some(above) = above.filter(|_| !sum.is_zero()) {
                *self.of_variants.entry(above).or_default() += *sum;
            }
        }
    }
}

fn read_stock_table(
    database: &OldDatabase,
    products: &mut ProductTables,
    table: &OldTable,
    assembly: &mut Assembly<'_>,
) -> Result<Vec<OldBalance>, Fault> {
    let mut listed = Vec::new();
    let part = part_of(table);
    let column = if holds_batches(table) {
        left_column(table)
    } else {
        stock_column(table).or_else(|| quantity_column(table))
    };
    let place = database.place_column(table);
    let own_place = place
        .is_none()
        .then(|| place_of_its_own(database, table))
        .flatten();
    database.rows(table, &mut |row| {
        assembly.record_read()?;
        let origin = Origin::new(&part, row.number());
        let quantity = number_in(&row, column, &origin, assembly, |text| {
            Reason::QuantityUnreadable { text }
        });
        match (products.product_of(database, table, &row), quantity) {
            (Ok(product), Some(quantity)) => {
                products.remember_line(table, &row, product);
                let place = match &own_place {
                    Some(name) => assembly.place(name),
                    None => place
                        .and_then(|column| referred_place(database, table, &row, column, assembly)),
                };
                listed.push(OldBalance {
                    origin,
                    product,
                    place,
                    quantity,
                });
            }
            (Err(reason), _) => assembly.skip(origin, reason),
            (Ok(product), None) => products.remember_line(table, &row, product),
        }
        Ok(())
    })?;
    Ok(listed)
}

/// Where every warehouse has a table of its own, the table's name is the warehouse's.
fn place_of_its_own(database: &OldDatabase, table: &OldTable) -> Option<String> {
    let named = |table: &&OldTable| {
        let name = model(&table.name);
        field_of_column(&name) == Some(Field::Place) && !holds_batches(table)
    };
    let others = database.with_role(TableRole::Stock).filter(named).count();
    (others > 1 && named(&table)).then(|| model(&table.name))
}

/// Whether the goods' own rows say what is in stock.
pub fn is_kept_by_goods(database: &OldDatabase) -> Result<bool, Fault> {
    let mut kept = false;
    for table in database.with_role(TableRole::Products) {
        let columns = stock_columns(table);
        database.rows(table, &mut |row| {
            kept |= columns.iter().any(|(column, _)| {
                matches!(row.number_in(*column), Ok(Some(quantity)) if !quantity.is_zero())
            });
            Ok(())
        })?;
    }
    Ok(kept)
}

/// Whether a table of dated rows has the same product in the same place more than once.
pub fn is_history(database: &OldDatabase, table: &OldTable) -> Result<bool, Fault> {
    if holds_batches(table) || !table.is_dated() {
        return Ok(false);
    }
    let mut seen = HashSet::new();
    let mut again = false;
    let goods = table
        .foreign
        .iter()
        .filter(|link| database.holds_goods(&link.target))
        .map(|link| link.column);
    let columns: Vec<usize> = goods.chain(database.place_column(table)).collect();
    database.rows(table, &mut |row| {
        let key: Vec<Option<String>> = columns.iter().map(|column| row.text(*column)).collect();
        again |= !seen.insert(key);
        Ok(())
    })?;
    Ok(again)
}
