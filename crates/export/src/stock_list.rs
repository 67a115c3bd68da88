//! The table of products: one row for each product and place, under heads that the import knows.

use ombor_core::report::stock_list::{ListedCode, StockListRow};
use rust_decimal::Decimal;

use crate::table::{Cell, Table};

/// Stands between a code and how many units it is for.
pub(crate) const PACK_SIGN: char = '×';

const HEADS: [&str; 11] = [
    "SKU",
    "Name",
    "Barcode",
    "Category",
    "Unit",
    "Price",
    "Min stock",
    "Brand",
    "Active",
    "Warehouse",
    "Quantity",
];

/// The table. A product that lies in several places has a row for each.
pub fn table(rows: &[StockListRow]) -> Table {
    Table {
        name: "Ombor".to_owned(),
        heads: HEADS.map(str::to_owned).to_vec(),
        rows: rows.iter().flat_map(rows_of).collect(),
    }
}

fn rows_of(row: &StockListRow) -> Vec<Vec<Cell>> {
    let codes: Vec<String> = row.codes.iter().map(code_text).collect();
    let with = |place: Cell, quantity: Decimal| {
        vec![
            Cell::from(row.sku.as_str()),
            Cell::from(row.name.as_str()),
            Cell::from(codes.join(", ").as_str()),
            Cell::from(row.category.as_deref()),
            Cell::from(row.unit.as_str()),
            Cell::from(row.price),
            Cell::from(row.min_stock),
            Cell::from(row.brand.as_deref()),
            Cell::from(if row.active { "yes" } else { "no" }),
            place,
            Cell::Number(quantity),
        ]
    };
    if row.stock.is_empty() {
        return vec![with(Cell::Empty, Decimal::ZERO)];
    }
    row.stock
        .iter()
        .map(|stock| with(Cell::from(stock.place.as_str()), stock.on_hand))
        .collect()
}

/// A code; a pack's says how many it stands for.
pub(crate) fn code_text(code: &ListedCode) -> String {
    if code.quantity == Decimal::ONE {
        code.code.clone()
    } else {
        format!("{}{PACK_SIGN}{}", code.code, code.quantity.normalize())
    }
}
