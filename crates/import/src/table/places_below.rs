//! Reports that group by goods and show below each where it lies: `Кабель`, below it `Основной склад` and `Магазин`.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use rust_decimal::Decimal;

use super::{
    Cell, Row, Table,
    columns::{Column, Columns, SAMPLE_ROWS},
    levels::says_places_below,
    places::names_place,
    rows::total_of,
};
use crate::{
    lexicon::{Field, field_of},
    plan::Correction,
};

/// A list in which each warehouse below a product is a row of the product that names the warehouse in a column of its own.
struct PlacesBeside {
    sheet: Box<dyn Table>,
    heads: Heads,
    found: Found,
}

/// The heads of a report that is grouped by goods.
struct Heads {
    /// The number of their row.
    row: u64,
    /// The number of a second row, in which stands what the warehouses are called.
    second: Option<u64>,
    /// What the warehouses are called.
    places: String,
    /// The column of the names.
    name: usize,
}

/// The table; if its rows are goods with warehouses below them, one row for both.
pub fn places_beside(table: Box<dyn Table>, corrections: &[Correction]) -> Box<dyn Table> {
    match find(table.as_ref(), corrections) {
        Some((heads, found)) => Box::new(PlacesBeside {
            sheet: table,
            heads,
            found,
        }),
        None => table,
    }
}

/// A warehouse has none of them.
const CODES: [Field; 4] = [Field::Sku, Field::Code, Field::Key, Field::Barcode];

fn find(table: &dyn Table, corrections: &[Correction]) -> Option<(Heads, Found)> {
    let sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
    let columns = Columns::recognise(table.part(), &sample, corrections)?;
    let has = |field| columns.of(field).is_some();
    if has(Field::Place) || has(Field::Category) || !has(Field::Quantity) || table.is_ledger() {
        return None;
    }
    let name = columns.of(Field::Name)?;
    let row = sample.get(columns.first_row.checked_sub(1)?)?.number;
    let below = sample.get(columns.first_row).filter(|row| {
        let cell = row.cell(name);
        row.filled().count() == 1 && field_of(&cell.text()) == Some(Field::Place)
    });
    let titles = sample.get(..columns.titles).unwrap_or_default();
    let is_said = below.is_some() || says_places_below(&columns.list, titles);
    // Where none of the first rows is a warehouse, none is: every product has its own.
    if !is_said && !sample.iter().any(|row| names_place(&row.cell(name).text())) {
        return None;
    }
    let heads = Heads {
        row,
        second: below.map(|row| row.number),
        places: below.map_or_else(|| "Склад".to_owned(), |row| row.cell(name).text().into()),
        name,
    };
    let goods = columns.first_row + usize::from(below.is_some());
    let rows: Vec<Line> = table
        .rows()
        .skip(goods)
        .filter(|row| !row.is_blank() && total_of(&columns, row).is_none())
        .map(|row| Line::of(&row, &columns, name))
        .collect();
    let mut found = by_outline(&rows, is_said).or_else(|| by_sums(&rows, is_said))?;
    found.width = found.width.max(columns.list.len());
    Some((heads, found))
}

/// A row as it is looked at here.
struct Line {
    number: u64,
    level: u8,
    width: usize,
    name: String,
    quantity: Option<Decimal>,
    has_code: bool,
}

impl Line {
    fn of(row: &Row, columns: &Columns, name: usize) -> Self {
        let number = |(index, column): (usize, &Column)| row.cell(index).number(column.mark);
        Self {
            number: row.number,
            level: row.level,
            width: row.cells.len(),
            name: row.cell(name).text().into_owned(),
            quantity: columns.all_of(Field::Quantity).find_map(number),
            has_code: CODES
                .iter()
                .filter_map(|field| columns.of(*field))
                .any(|index| !row.cell(index).is_empty()),
        }
    }
}

/// Which rows are goods with warehouses below them, and which those warehouses.
struct Found {
    goods: HashSet<u64>,
    places: HashSet<u64>,
    /// How many columns the widest row has.
    width: usize,
}

impl Found {
    fn of(rows: &[Line], is_place: impl Fn(&Line) -> bool) -> Option<Self> {
        let goods: HashSet<u64> = rows
            .iter()
            .zip(rows.iter().skip(1))
            .filter(|(row, next)| !is_place(row) && is_place(next))
            .map(|(row, _)| row.number)
            .collect();
        let places: Vec<&Line> = rows.iter().filter(|row| is_place(row)).collect();
        let plausible = goods.len() >= 2
            && rows.first().is_some_and(|first| !is_place(first))
            && places.iter().all(|row| !row.has_code);
        plausible.then(|| Self {
            goods,
            places: places.iter().map(|row| row.number).collect(),
            width: rows.iter().map(|row| row.width).max().unwrap_or(0),
        })
    }
}

/// Where the sheet has an outline, its deepest rows are warehouses if the heads say so, or most of their names do, which recur.
fn by_outline(rows: &[Line], is_said: bool) -> Option<Found> {
    let deepest = rows
        .iter()
        .map(|row| row.level)
        .max()
        .filter(|level| *level > 0)?;
    let deep = |row: &Line| row.level == deepest;
    let names: BTreeSet<&str> = rows
        .iter()
        .filter(|row| deep(row))
        .map(|row| row.name.as_str())
        .collect();
    let named = names.iter().filter(|name| names_place(name)).count();
    let are_places = is_said || named * 2 > names.len();
    are_places.then(|| Found::of(rows, deep)).flatten()
}

/// In a plain list warehouses are known by their names, and because they add up to the row above them.
fn by_sums(rows: &[Line], is_said: bool) -> Option<Found> {
    if rows.iter().any(|row| row.level > 0) {
        return None;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        *counts.entry(&row.name).or_default() += 1;
    }
    let recurs = |row: &Line| {
        counts
            .get(row.name.as_str())
            .is_some_and(|count| *count > 1)
    };
    let is_place = |row: &Line| names_place(&row.name) || is_said && recurs(row);
    let found = Found::of(rows, is_place)?;
    let mut above: Option<Decimal> = None;
    let mut sums_hold = true;
    let mut left = Decimal::ZERO;
    for row in rows {
        if is_place(row) {
            left -= row.quantity.unwrap_or_default();
        } else {
            sums_hold &= above.is_none() || left.is_zero();
            above = row.quantity.filter(|_| found.goods.contains(&row.number));
            left = above.unwrap_or_default();
        }
    }
    (sums_hold && (above.is_none() || left.is_zero())).then_some(found)
}

impl Table for PlacesBeside {
    fn part(&self) -> &Arc<str> {
        self.sheet.part()
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        let mut rows = self.sheet.rows();
        let mut product: Option<Row> = None;
        Box::new(std::iter::from_fn(move || {
            loop {
                let mut row = rows.next()?;
                if Some(row.number) == self.heads.second {
                    continue;
                }
                if row.number == self.heads.row {
                    row.put(self.found.width, Cell::of_text(&self.heads.places));
                } else if self.found.goods.contains(&row.number) {
                    product = Some(row);
                    continue;
                } else if self.found.places.contains(&row.number)
                    && let Some(product) = &product
                {
                    row = self.both(product, &row);
                }
                return Some(row);
            }
        }))
    }

    fn groups_stand_above(&self) -> bool {
        self.sheet.groups_stand_above()
    }

    fn heading(&self) -> Option<&str> {
        self.sheet.heading()
    }
}

impl PlacesBeside {
    /// The row of a product in a warehouse: what the warehouse's row says stands before what the product's says, but for the
    /// name.
    fn both(&self, product: &Row, place: &Row) -> Row {
        let mut row = Row {
            number: place.number,
            ..product.clone()
        };
        for (column, cell) in place
            .filled()
            .filter(|(column, _)| *column != self.heads.name)
        {
            row.put(column, cell.clone());
        }
        row.put(self.found.width, place.cell(self.heads.name).clone());
        row
    }
}
