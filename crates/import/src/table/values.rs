//! What the values of a column say about it: numbers where numbers belong, barcodes under any head, warehouses as heads.

use super::{Cell, Row, columns::Column, head::Head};
use crate::{
    lexicon::{Field, field_of, says_total},
    number::DecimalMark,
    scanned_code::is_gtin,
};

/// What the values say about a column: numbers where numbers belong, barcodes under any head.
pub fn judge(column: &mut Column, index: usize, body: &[&Row]) {
    let values: Vec<_> = body
        .iter()
        .map(|row| row.cell(index))
        .filter(|cell| !cell.says_nothing())
        .collect();
    let texts: Vec<_> = values.iter().map(|cell| cell.text()).collect();
    // A number that the file keeps as one says nothing about how people write theirs.
    column.mark = DecimalMark::of_column(values.iter().filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        Cell::Number(_) | Cell::Empty => None,
    }));
    if values.is_empty() {
        return;
    }
    let numbers = values
        .iter()
        .filter(|cell| cell.number(column.mark).is_some())
        .count();
    let gtins = texts.iter().filter(|text| is_gtin(text)).count();
    let mostly = |count: usize| count * 2 > values.len();
    match column.field {
        Some(Field::Quantity | Field::MinStock | Field::Price) if numbers * 10 < values.len() => {
            column.field = None;
        }
        Some(Field::Quantity) => column.place = place_in(&column.head),
        Some(Field::Code) if mostly(gtins) => column.field = Some(Field::Barcode),
        Some(Field::Sku) if gtins * 10 > values.len() * 8 => column.field = Some(Field::Barcode),
        Some(Field::Active | Field::Deleted)
            if !values.iter().all(|cell| as_flag(&cell.text()).is_some()) =>
        {
            column.field = None;
        }
        _ => {}
    }
}

/// Where a column leaves its decimal mark open, it is that of the other columns of numbers.
pub fn settle_marks(columns: &mut [Column]) {
    let is_of_numbers = |column: &Column| {
        matches!(
            column.field,
            Some(
                Field::Quantity
                    | Field::MinStock
                    | Field::Price
                    | Field::PurchasePrice
                    | Field::OtherPrice
                    | Field::Amount
                    | Field::Turnover
            )
        )
    };
    let marks: Vec<DecimalMark> = columns
        .iter()
        .filter(|column| is_of_numbers(column) && column.mark != DecimalMark::Unknown)
        .map(|column| column.mark)
        .collect();
    let Some(mark) = marks.first().copied() else {
        return;
    };
    if marks.iter().any(|other| *other != mark) {
        return;
    }
    for column in columns.iter_mut().filter(|column| is_of_numbers(column)) {
        column.mark = mark;
    }
}

/// A code that is no barcode is the article, or, beside a column of articles, the key of the old program.
pub fn settle_codes(columns: &mut [Column], body: &[&Row]) {
    let filled = |index: usize| {
        body.iter()
            .filter(|row| !row.cell(index).is_empty())
            .count()
    };
    let has_articles = columns
        .iter()
        .enumerate()
        .any(|(index, column)| column.field == Some(Field::Sku) && filled(index) * 2 > body.len());
    for column in columns
        .iter_mut()
        .filter(|column| column.field == Some(Field::Code))
    {
        column.field = Some(if has_articles { Field::Key } else { Field::Sku });
    }
}

/// English lists call the name a description, where they have no other.
pub fn settle_names(columns: &mut [Column]) {
    if columns
        .iter()
        .any(|column| column.field == Some(Field::Name))
    {
        return;
    }
    if let Some(column) = columns
        .iter_mut()
        .find(|column| column.field == Some(Field::Description))
    {
        column.field = Some(Field::Name);
    }
}

/// Columns named after warehouses that hold numbers are the stock of those warehouses. A single one beside a column of
/// quantities holds the numbers of warehouses.
pub fn settle_places(columns: &mut [Column], body: &[&Row]) {
    let is_numeric = |index: usize, mark: DecimalMark| {
        let values: Vec<_> = body
            .iter()
            .map(|row| row.cell(index))
            .filter(|cell| !cell.says_nothing())
            .collect();
        let numbers = values
            .iter()
            .filter(|cell| cell.number(mark).is_some())
            .count();
        numbers * 2 > values.len()
    };
    let numeric: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            column.field == Some(Field::Place) && is_numeric(*index, column.mark)
        })
        .map(|(index, _)| index)
        .collect();
    let has_quantity = columns
        .iter()
        .any(|column| column.field == Some(Field::Quantity));
    if numeric.len() < 2 && has_quantity {
        return;
    }
    for index in numeric {
        if let Some(column) = columns.get_mut(index) {
            column.field = Some(Field::Quantity);
            column.place = Some(place_of(&column.head));
        }
    }
}

/// What a cell of yes or no says.
pub fn as_flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "1" | "true" | "да" | "ha" | "ҳа" | "иә" | "yes" | "истина" | "+" => Some(true),
        "0" | "false" | "нет" | "yoq" | "yo'q" | "йўқ" | "жоқ" | "no" | "ложь" => {
            Some(false)
        }
        _ => None,
    }
}

/// The warehouse that a head names, without the word for the quantities in it.
fn place_of(head: &Head) -> String {
    let mut parts: Vec<&str> = head.above.iter().map(String::as_str).collect();
    parts.push(&head.own);
    parts.retain(|part| !part.is_empty() && field_of(part) != Some(Field::Quantity));
    parts.join(" / ")
}

/// A head that only those above it explain, as `Чиланзар` below `Остаток`; short ones are units.
fn is_place_below_quantities(head: &Head) -> bool {
    let quantities = head
        .above
        .iter()
        .any(|text| field_of(text) == Some(Field::Quantity));
    let own = &head.own;
    quantities && field_of(own).is_none() && !says_total(own) && own.chars().count() >= 4
}

fn place_in(head: &Head) -> Option<String> {
    if is_place_below_quantities(head) {
        return Some(place_of(head));
    }
    head.above
        .iter()
        .rev()
        .find(|text| field_of(text) == Some(Field::Place))
        .cloned()
        .or_else(|| {
            // "Остаток Склад 1": the head names both, the stock and the warehouse.
            let words: Vec<&str> = head.own.split_whitespace().collect();
            let at = words
                .iter()
                .position(|word| field_of(word) == Some(Field::Place))?;
            let more = words.len() - at;
            (more > 1).then(|| words.get(at..).unwrap_or_default().join(" "))
        })
}
