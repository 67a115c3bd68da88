//! Old movements: history to be read, and what they say about the stock.

mod direction;

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use self::direction::{kind_column, named_direction};
use super::{
    Fault,
    database::OldDatabase,
    products::{ProductTables, referred_place},
    quantities::quantity_column,
    roles::TableRole,
    schema::{OldTable, Rows, part_of},
};
use crate::{
    assembly::Assembly,
    direction::direction_in,
    plan::{Direction, Disagreement, OldMovement},
    skipped::{Note, Origin, Reason},
};

/// What the movements of the products add up to.
#[derive(Default)]
struct Sums {
    by_product: BTreeMap<usize, Decimal>,
    by_place: BTreeMap<(usize, Option<usize>), Decimal>,
    /// Whether goods came, and whether goods went.
    came: bool,
    went: bool,
    /// Whether a quantity of a product went nobody knows where: a transfer, a count.
    unclear: bool,
}

impl Sums {
    fn add(&mut self, movement: &OldMovement, place: Option<usize>) {
        let Some(quantity) = movement.quantity else {
            return;
        };
        let signed = match movement.direction {
            Some(Direction::In) => {
                self.came = true;
                quantity.abs()
            }
            Some(Direction::Out) => {
                self.went = true;
                -quantity.abs()
            }
            None => {
                self.unclear = true;
                return;
            }
        };
        if let Some(product) = movement.product {
            *self.by_product.entry(product).or_default() += signed;
            *self.by_place.entry((product, place)).or_default() += signed;
        }
    }
}

/// Reads the history into the plan and compares it with the balances. Where the old program keeps none, what came less
/// what went is the stock.
pub fn read_movements(
    database: &OldDatabase,
    products: &mut ProductTables,
    balances: &HashMap<usize, Decimal>,
    assembly: &mut Assembly<'_>,
) -> Result<(), Fault> {
    let mut journal = Sums::default();
    let mut lines = Sums::default();
    let mut knows_issues = false;
    for table in lines_first(database) {
        let columns = MovementColumns::of(database, table)?;
        knows_issues |= columns.direction == Some(Direction::Out);
        let sums = if columns.kind.is_some() {
            &mut journal
        } else {
            &mut lines
        };
        let part = part_of(table);
        database.rows(table, &mut |row| {
            assembly.record_read()?;
            let origin = Origin::new(&part, row.number());
            let movement = columns.movement(database, table, products, &row, origin, assembly);
            let place = columns
                .place
                .and_then(|column| referred_place(database, table, &row, column, assembly));
            sums.add(&movement, place);
            if let Some(product) = movement.product {
                products.remember_line(table, &row, product);
            }
            assembly.movement(movement);
            Ok(())
        })?;
    }
    // A journal of every movement says it all; purchases and sales beside it would count the same goods again.
    let sums = if journal.by_product.is_empty() {
        lines
    } else {
        journal
    };
    // Purchases alone are no stock where nobody wrote down what was sold.
    if balances.is_empty() && sums.came && (sums.went || knows_issues) {
        take_sums(&sums, assembly);
    } else {
        compare(&sums, balances, assembly);
    }
    Ok(())
}

/// The tables of movements, each after the one to whose lines its own lines belong.
fn lines_first(database: &OldDatabase) -> Vec<&OldTable> {
    let mut waiting: Vec<&OldTable> = database.with_role(TableRole::Movements).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().map(|table| table.name.as_str()).collect();
        let (later, now): (Vec<_>, Vec<_>) = waiting.iter().partition(|table| {
            let mut links = table.foreign.iter();
            links.any(|link| link.target != table.name && names.contains(&link.target.as_str()))
        });
        // Tables that belong to each other have no order.
        let stuck = now.is_empty();
        ordered.extend(if stuck { &later } else { &now });
        waiting = if stuck { Vec::new() } else { later };
    }
    ordered
}

fn take_sums(sums: &Sums, assembly: &mut Assembly<'_>) {
    let by_place: Vec<_> = if sums.unclear {
        sums.by_product
            .iter()
            .map(|(product, sum)| (*product, None, *sum))
            .collect()
    } else {
        sums.by_place
            .iter()
            .map(|((product, place), sum)| (*product, *place, *sum))
            .collect()
    };
    let mut count = 0;
    for (product, place, sum) in by_place {
        let Some(origin) = assembly.product(product).map(|known| known.origin.clone()) else {
            continue;
        };
        count += 1;
        assembly.balance(&origin, product, place, sum.normalize());
    }
    assembly.note(Origin::everything(), Note::StockFromMovements { count });
}

fn compare(sums: &Sums, balances: &HashMap<usize, Decimal>, assembly: &mut Assembly<'_>) {
    match (sums.came, sums.went) {
        (true, true) => {}
        (false, false) => return,
        _ => {
            assembly.note(Origin::everything(), Note::OneWayMovements);
            return;
        }
    }
    for index in 0..assembly.product_count() {
        let moved = sums.by_product.get(&index).copied();
        let stock = balances.get(&index).copied();
        if moved.is_none() && stock.is_none_or(|stock| stock.is_zero()) {
            continue;
        }
        let (stock, movements) = (stock.unwrap_or_default(), moved.unwrap_or_default());
        if stock == movements {
            continue;
        }
        if let Some(product) = assembly.product(index) {
            let disagreement = Disagreement {
                origin: product.origin.clone(),
                product: product.name.to_string(),
                stock: stock.normalize(),
                movements: movements.normalize(),
            };
            assembly.disagree(disagreement);
        }
    }
}

/// The columns of a table of movements.
struct MovementColumns {
    quantity: Option<usize>,
    at: Option<usize>,
    user: Option<usize>,
    note: Option<usize>,
    place: Option<usize>,
    /// The column that says which way.
    kind: Option<usize>,
    /// Which way every row goes, as far as the table's name says it.
    direction: Option<Direction>,
}

impl MovementColumns {
    fn of(database: &OldDatabase, table: &OldTable) -> Result<Self, Fault> {
        let quantity = quantity_column(table);
        let dates = || (0..table.columns.len()).filter(|column| table.is_date(*column));
        let created = dates().find(|column| {
            let name = table
                .columns
                .get(*column)
                .map(|known| known.name.to_lowercase())
                .unwrap_or_default();
            name.contains("creat")
                || name.contains("added")
                || name.contains("sana")
                || name == "date"
        });
        let notes = [
            "note",
            "notes",
            "remark",
            "comment",
            "description",
            "izoh",
            "reference_number",
            "reference",
        ];
        Ok(Self {
            quantity,
            at: created.or_else(|| dates().next()),
            user: table
                .foreign
                .iter()
                .find(|link| database.role_of(&link.target) == Some(TableRole::Users))
                .map(|link| link.column),
            note: notes.iter().find_map(|name| table.column(name)),
            place: database.place_column(table),
            kind: kind_column(database, table)?,
            direction: named_direction(table, quantity),
        })
    }

    fn movement(
        &self,
        database: &OldDatabase,
        table: &OldTable,
        products: &ProductTables,
        row: &Rows<'_>,
        origin: Origin,
        assembly: &mut Assembly<'_>,
    ) -> OldMovement {
        let product = products.product_of(database, table, row);
        let quantity = match self
            .quantity
            .map_or(Ok(None), |column| row.number_in(column))
        {
            Ok(quantity) => quantity,
            Err(text) => {
                assembly.skip(origin.clone(), Reason::QuantityUnreadable { text });
                None
            }
        };
        let said = self
            .kind
            .and_then(|column| row.text(column))
            .and_then(|text| direction_in(&text));
        let user = self.user.and_then(|column| {
            let (target, key) = (table.target(column)?, row.text(column)?);
            database.name(target, &key).map(str::to_owned)
        });
        let product_key = match &product {
            Err(Reason::ProductUnknown { product }) if !product.is_empty() => Some(product.clone()),
            _ => product
                .as_ref()
                .ok()
                .and_then(|index| assembly.product(*index)?.key.clone()),
        };
        OldMovement {
            at: self.at.and_then(|column| row.text(column)),
            direction: said.or(self.direction),
            product: product.ok(),
            product_key,
            quantity,
            user,
            note: self.note.and_then(|column| row.text(column)),
            origin,
        }
    }
}
