//! Old movements: history to be read, and what they say about the stock.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::{
    Fault, OldDatabase,
    products::{ProductTables, referred_place},
    roles::{TableRole, quantity_column},
    schema::{OldTable, Rows, part_of},
};
use crate::{
    assembly::Assembly,
    lexicon::{Field, words},
    plan::{Direction, Disagreement, OldMovement},
    skipped::{Note, Origin, Reason},
};

/// Stems of what came, in names of tables and columns and in values of a type column.
#[rustfmt::skip]
const IN_STEMS: &[&str] = &[
    "input", "kirim", "purchas", "receipt", "receiv", "incom", "prixod", "prihod", "приход", "supply", "suppl", "buy",
    "xarid", "arrival", "stockin", "stock_in", "import", "закуп", "поступ", "кирим", "кіріс", "restock", "replenish", "kelgan",
];
/// Stems of what went.
#[rustfmt::skip]
const OUT_STEMS: &[&str] = &[
    "output", "chiqim", "sale", "sell", "sold", "issue", "expens", "outgo", "rasxod", "rashod", "расход", "sotuv",
    "sotish", "stockout", "stock_out", "export", "order", "consum", "продаж", "списан", "чиқим", "шығыс", "writeoff",
    "write_off", "waste", "customer", "mijoz", "client", "outcome", "savdo", "ketgan", "buyurtma",
];

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
    products: &ProductTables,
    balances: &HashMap<usize, Decimal>,
    assembly: &mut Assembly<'_>,
) -> Result<(), Fault> {
    let mut journal = Sums::default();
    let mut lines = Sums::default();
    let mut knows_issues = false;
    for table in database.with_role(TableRole::Movements) {
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
                .find(|(_, target)| database.role_of(target) == Some(TableRole::Users))
                .map(|(column, _)| *column),
            note: notes.iter().find_map(|name| table.column(name)),
            place: table.columns_of(Field::Place).next(),
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

/// The column whose values say `in` and `out`, in whatever words.
fn kind_column(database: &OldDatabase, table: &OldTable) -> Result<Option<usize>, Fault> {
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
fn named_direction(table: &OldTable, quantity: Option<usize>) -> Option<Direction> {
    let model = words(&table.name).pop().unwrap_or_default();
    let column = quantity
        .and_then(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase())
        .unwrap_or_default();
    let partners = table
        .columns_of(Field::Partner)
        .filter_map(|column| table.columns.get(column))
        .map(|column| column.name.to_lowercase());
    [model, column]
        .into_iter()
        .chain(partners)
        .find_map(|name| direction_in(&name))
}

fn direction_in(text: &str) -> Option<Direction> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "in" | "+" | "i" => return Some(Direction::In),
        "out" | "-" | "o" => return Some(Direction::Out),
        _ => {}
    }
    let says = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
    match (says(IN_STEMS), says(OUT_STEMS)) {
        (true, false) => Some(Direction::In),
        (false, true) => Some(Direction::Out),
        _ => None,
    }
}
