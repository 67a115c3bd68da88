//! Rows under the row of heads that belong to the heads.

use crate::{
    lexicon::{Field, field_of},
    number::DecimalMark,
    table::{Cell, Row},
};

/// As many rows below may belong to the heads.
const MOST_BELOW: usize = 2;
/// A head is not longer.
const LONGEST_HEAD: usize = 60;

/// How many rows under the heads divide some of them: `Остаток` and `Сумма` below each warehouse, the warehouses below
/// `Остаток`, nothing below the name, or its parts.
pub fn heads_below(rows: &[Row], at: usize) -> usize {
    let mut below = 0;
    while below < MOST_BELOW && divides(rows.get(at..=at + below), rows.get(at + below + 1)) {
        below += 1;
    }
    below
}

fn divides(heads: Option<&[Row]>, below: Option<&Row>) -> bool {
    let (Some(heads), Some(below)) = (heads, below) else {
        return false;
    };
    let Some(nearest) = heads.last() else {
        return false;
    };
    let (mut all, mut understood) = (0_usize, 0_usize);
    for (column, cell) in below.filled() {
        let text = cell.text();
        let is_number = cell.number(DecimalMark::Unknown).is_some();
        if is_number || text.chars().count() > LONGEST_HEAD {
            return false;
        }
        let field = field_of(&text);
        if heads.iter().any(|row| tells_goods_apart(row.cell(column))) {
            let is_divided =
                nearest.cell(column + 1).is_empty() && !below.cell(column + 1).is_empty();
            if !is_divided || field.is_none() {
                return false;
            }
        }
        all += 1;
        understood += usize::from(field.is_some() || divided_above(nearest, column));
    }
    below.number == nearest.number + 1 && understood >= 2 && understood * 3 >= all * 2
}

/// Whether it is the head of a column that has one name or code in each row.
fn tells_goods_apart(head: &Cell) -> bool {
    matches!(
        field_of(&head.text()),
        Some(Field::Name | Field::Sku | Field::Code | Field::Barcode | Field::Key)
    )
}

/// Whether a head of quantities, prices or warehouses stands over the column, or spreads over it from the left.
fn divided_above(heads: &Row, column: usize) -> bool {
    let over = (0..=column)
        .rev()
        .map(|column| heads.cell(column))
        .find(|cell| !cell.is_empty());
    over.is_some_and(|cell| {
        matches!(
            field_of(&cell.text()),
            Some(Field::Quantity | Field::Price | Field::Place | Field::Turnover | Field::Amount)
        )
    })
}

/// Whether the row numbers the columns, as printed forms do below their heads: 1, 2, 3 …
pub fn numbers_columns(row: &Row) -> bool {
    let mut expected = 0_u32;
    let all = row.filled().all(|(_, cell)| {
        expected += 1;
        cell.number(DecimalMark::Unknown) == Some(expected.into())
    });
    all && expected >= 3
}
