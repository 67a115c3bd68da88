//! Which column holds what is in stock, and which how much came or went.

use super::{
    schema::OldTable,
    words::{is_place_word, model},
};
use crate::lexicon::{Field, field_of, says_any, words};

/// Words of numbers that were added up, or that stood at another time.
const RUNNING: &[&str] = &[
    "all*", "total*", "before", "after", "old", "new", "previous", "jami*", "umumiy*", "last",
];
/// Words of numbers that say outright what lies there.
#[rustfmt::skip]
const IN_STOCK: &[&str] = &[
    "stock*", "qoldi*", "қолди*", "қалдық*", "ostat*", "остат*", "balance", "on hand", "onhand", "nalich*", "налич*",
    "current*", "remain*", "left", "mavjud*",
];
/// Words of numbers that count something else than what lies there.
#[rustfmt::skip]
const NO_STOCK: &[&str] = &[
    "max*", "maks*", "default*", "initial*", "view*", "like*", "visit*", "comment*", "review*", "rating*", "vote*",
    "download*", "click*", "order*", "buyurtma*", "sale*", "sales", "student*", "lesson*", "oquvchi*", "korish*",
    "status", "olish", "limit*", "target*", "norma*", "expected*", "capacity", "guest*", "page*", "bet",
];
/// Words of tables of lots, each with what is left of it.
#[rustfmt::skip]
const BATCH: &[&str] = &[
    "batch*", "partiya*", "парти*", "lot", "lots", "productbatch*", "stockbatch*", "livebatch*", "productlot*", "stocklot*",
    "medicinebatch*", "inventorybatch*",
];

/// What tables are called, wherever it stands in the name, of which every row has a quantity.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "stock", "inventor", "ombor", "sklad", "warehouse", "qoldiq", "ostat", "kirim", "chiqim", "prixod", "prihod", "rasxod",
    "rashod", "productrest", "склад", "остат", "приход", "расход",
];

/// Whether a table is called after what lies in a warehouse, or comes and goes.
pub fn is_called_after_stock(table: &OldTable) -> bool {
    let name = model(&table.name);
    COUNTED.iter().any(|word| name.contains(word))
}

/// The only number of a table that is called after stock, whatever the column is called.
fn only_number(table: &OldTable) -> Option<usize> {
    let is_number = |column: &usize| {
        let known = table.columns.get(*column);
        known.is_some_and(|known| !known.is_key && known.holds_numbers())
    };
    let is_unknown = |column: &usize| {
        let name = table.columns.get(*column).map(|known| words(&known.name));
        matches!(table.field(*column), None | Some(Field::Other))
            && !name.is_some_and(|name| {
                says_any(&name, NO_STOCK) || says_any(&name, &["id", "level", "order"])
            })
    };
    let mut numbers = (0..table.columns.len())
        .filter(|column| table.target(*column).is_none())
        .filter(is_number)
        .filter(is_unknown);
    let number = numbers.next().filter(|_| is_called_after_stock(table))?;
    numbers.next().is_none().then_some(number)
}

/// The column with what is in stock, of a product or of a product in a place.
pub fn stock_column(table: &OldTable) -> Option<usize> {
    table
        .columns_of(Field::Quantity)
        .filter_map(|column| Some((stock_rank(table, column)?, column)))
        .min()
        .map(|(_, column)| column)
}

/// The columns of a product's row with what is in stock, each with the place that it names: `qty_warehouse` and `qty_shop`, or
/// one of all places.
pub fn stock_columns(table: &OldTable) -> Vec<(usize, Option<String>)> {
    let stock = stock_column(table);
    let by_place: Vec<(usize, Option<String>)> = table
        .columns_of(Field::Quantity)
        .chain(table.columns_of(Field::Place))
        .filter_map(|column| Some((column, Some(place_of_stock(table, column)?))))
        .collect();
    let is_told_apart = by_place.iter().enumerate().all(|(at, (_, place))| {
        by_place
            .iter()
            .skip(at + 1)
            .all(|(_, other)| other != place)
    });
    let has_sum = stock.is_some_and(|stock| by_place.iter().all(|(column, _)| *column != stock));
    if by_place.len() > 1 && is_told_apart && !has_sum {
        by_place
    } else {
        stock.map(|column| (column, None)).into_iter().collect()
    }
}

/// The place of which a column's name says that it holds the stock.
fn place_of_stock(table: &OldTable, column: usize) -> Option<String> {
    const BETWEEN: &[&str] = &["in", "at", "on", "of", "v", "na"];
    let known = table
        .columns
        .get(column)
        .filter(|known| known.holds_numbers())?;
    let name = words(&known.name);
    if table.target(column).is_some() || says_any(&name, NO_STOCK) || says_any(&name, RUNNING) {
        return None;
    }
    let (counting, mut rest): (Vec<String>, Vec<String>) = name
        .into_iter()
        .partition(|word| field_of(word) == Some(Field::Quantity));
    rest.retain(|word| !BETWEEN.contains(&word.as_str()));
    let names_one = !counting.is_empty() && rest.iter().any(|word| is_place_word(word));
    names_one.then(|| rest.join(" "))
}

/// How well a column's name says that it holds the stock, the best first.
fn stock_rank(table: &OldTable, column: usize) -> Option<u8> {
    let name = words(&table.columns.get(column)?.name);
    if table.target(column).is_some() || says_any(&name, NO_STOCK) {
        return None;
    }
    Some(if says_any(&name, RUNNING) {
        3
    } else if says_any(&name, IN_STOCK) {
        0
    } else if name.len() == 1 {
        1
    } else {
        2
    })
}

/// The column with the quantity of a line: not a running balance, not a total.
pub fn quantity_column(table: &OldTable) -> Option<usize> {
    let running = [
        "all*",
        "total*",
        "before",
        "after",
        "old",
        "new",
        "remain*",
        "balance*",
        "previous",
        "current",
        "jami*",
        "resulting",
    ];
    let fits = |column: &usize| {
        let name = table
            .columns
            .get(*column)
            .map(|known| words(&known.name))
            .unwrap_or_default();
        table.target(*column).is_none() && !says_any(&name, &running)
    };
    table
        .columns_of(Field::Quantity)
        .find(fits)
        .or_else(|| table.columns_of(Field::Turnover).find(fits))
        .or_else(|| only_number(table))
}

/// Whether the rows of a table say how much of something, and not only how much there should be.
pub fn counts_goods(table: &OldTable) -> bool {
    let is_bound = |column: &usize| {
        let known = table.columns.get(*column);
        known.is_none_or(|known| {
            says_any(
                &words(&known.name),
                &["max*", "maks*", "min*", "default*", "limit*", "norma*"],
            )
        })
    };
    [Field::Quantity, Field::Turnover]
        .into_iter()
        .flat_map(|field| table.columns_of(field))
        .chain(only_number(table))
        .any(|column| table.target(column).is_none() && !is_bound(&column))
}

/// The column with what is left of a lot, or else the one with its quantity.
pub fn left_column(table: &OldTable) -> Option<usize> {
    let says_left = |column: &usize| {
        let known = table.columns.get(*column);
        known.is_some_and(|known| {
            let name = words(&known.name);
            says_any(&name, IN_STOCK) && !says_any(&name, NO_STOCK)
        })
    };
    (0..table.columns.len())
        .filter(|column| table.target(*column).is_none() && !table.is_date(*column))
        .filter(|column| {
            let known = table.columns.get(*column);
            known.is_some_and(|known| !known.declared.starts_with("bool"))
        })
        .find(says_left)
        .or_else(|| quantity_column(table))
}

/// Whether the rows of a table are lots of goods.
pub fn holds_batches(table: &OldTable) -> bool {
    says_any(&[model(&table.name)], BATCH)
}
