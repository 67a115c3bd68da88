//! Prices that stand in a table of their own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    super::{
        Fault,
        database::OldDatabase,
        roles::TableRole,
        schema::{OldTable, Rows, part_of},
        words::field_of_column,
    },
    ProductTables,
    columns::{SELLING, sale_price},
    number_in,
};
use crate::{
    assembly::{Assembly, ProductDraft},
    lexicon::{Field, says_any, words},
    skipped::{Origin, Reason},
};

const FOR_SALE: &[&str] = &[
    "розн*",
    "retail*",
    "sotish*",
    "sotuv*",
    "chakana*",
    "продаж*",
    "sell*",
    "sale*",
    "base*",
    "asosiy*",
    "основн*",
];

/// A price of a product.
struct OldPrice {
    origin: Origin,
    /// How well it suits, the best first, and of what type it is.
    rank: (u8, String),
    amount: Decimal,
}

/// Gives goods without a price the one for sale, the newest of its type: by a table of prices, or by the balances where they
/// say one.
pub fn read_prices(
    database: &OldDatabase,
    products: &ProductTables,
    assembly: &mut Assembly<'_>,
) -> Result<(), Fault> {
    for table in database.with_role(TableRole::Prices) {
        let prices: Vec<usize> = table.columns_of(Field::Price).collect();
        let left = take_prices(
            database,
            products,
            table,
            sale_price(table, &prices),
            assembly,
        )?;
        assembly.records_read(table.rows)?;
        if left > 0 {
            let what =
                "prices beside the one that was taken: Ombor keeps one price, the one for sale";
            let origin = Origin::whole(&table.name);
            assembly.skip(origin, Reason::TableLeft { rows: left, what });
        }
    }
    for table in database.with_role(TableRole::Stock) {
        let for_sale = table.columns_of(Field::Price).find(|column| {
            let known = table.columns.get(*column);
            known.is_some_and(|known| says_any(&words(&known.name), SELLING))
        });
        if for_sale.is_some() {
            take_prices(database, products, table, for_sale, assembly)?;
        }
    }
    Ok(())
}

/// Takes the prices of a table, and answers how many others it has.
fn take_prices(
    database: &OldDatabase,
    products: &ProductTables,
    table: &OldTable,
    column: Option<usize>,
    assembly: &mut Assembly<'_>,
) -> Result<u64, Fault> {
    let mut best: BTreeMap<usize, OldPrice> = BTreeMap::new();
    let mut left = 0;
    let part = part_of(table);
    let kind = type_column(database, table);
    database.rows(table, &mut |row| {
        let origin = Origin::new(&part, row.number());
        let Ok(product) = products.product_of(database, table, &row) else {
            left += 1;
            return Ok(());
        };
        let amount = number_in(&row, column, &origin, assembly, |text| {
            Reason::PriceUnreadable { text }
        });
        let priced = assembly
            .product(product)
            .is_none_or(|known| known.price.is_some());
        let rank = rank(database, table, kind, &row);
        let (Some(amount), Some(rank), false) = (amount, rank, priced) else {
            left += 1;
            return Ok(());
        };
        let price = OldPrice {
            origin,
            rank,
            amount,
        };
        match best.get_mut(&product) {
            None => {
                best.insert(product, price);
            }
            Some(known) => {
                left += 1;
                if price.rank.0 < known.rank.0 || price.rank == known.rank {
                    *known = price;
                }
            }
        }
        Ok(())
    })?;
    for (product, price) in best {
        let draft = ProductDraft {
            price: Some(price.amount),
            ..ProductDraft::default()
        };
        assembly.complete(product, &price.origin, draft);
    }
    Ok(left)
}

/// The column that says of what type a price is.
fn type_column(database: &OldDatabase, table: &OldTable) -> Option<usize> {
    let says_type = |column: &usize| {
        let known = table.columns.get(*column);
        known.is_some_and(|known| {
            says_any(
                &words(&known.name),
                &["type", "turi", "tur", "tip", "kind", "тип", "name", "list"],
            )
        })
    };
    (0..table.columns.len())
        .filter(|column| {
            let target = table.target(*column);
            target.is_none_or(|target| !database.holds_goods(target))
        })
        .find(says_type)
}

/// How well a price suits; `None` for what goods were bought for.
fn rank(
    database: &OldDatabase,
    table: &OldTable,
    kind: Option<usize>,
    row: &Rows<'_>,
) -> Option<(u8, String)> {
    let Some(value) = kind.and_then(|column| row.text(column)) else {
        return Some((1, String::new()));
    };
    let name = kind
        .and_then(|column| table.target(column))
        .and_then(|target| database.name(target, &value))
        .unwrap_or(&value)
        .to_owned();
    let rank = match field_of_column(&name) {
        Some(Field::PurchasePrice) => return None,
        Some(Field::OtherPrice) => 2,
        _ if says_any(&words(&name), FOR_SALE) => 0,
        _ => 1,
    };
    Some((rank, value))
}
