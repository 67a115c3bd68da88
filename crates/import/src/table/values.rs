//! What the values of a column say about it: numbers where numbers belong, barcodes under any head.

use super::{Cell, Row, columns::Column, places::place_in};
use crate::{
    lexicon::{Field, is_apostrophe, says_any, words},
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
        // "Omborda: bor" says whether there is any, and not where. A warehouse may be called 1.
        Some(Field::Place) if numbers == 0 && texts.iter().all(|text| as_flag(text).is_some()) => {
            column.field = Some(Field::Other);
        }
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

/// The supplier's article is the article where the list has no other.
pub fn settle_articles(columns: &mut [Column]) {
    if columns
        .iter()
        .any(|column| matches!(column.field, Some(Field::Sku | Field::Code)))
    {
        return;
    }
    let says_article = |column: &&mut Column| says_any(&words(&column.head.own), &["артикул*"]);
    if let Some(column) = columns.iter_mut().find(says_article) {
        column.field = Some(Field::Sku);
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

/// What a name is called in a list that has no other column for it: English lists call it a description, those of shops
/// of phones a model.
pub fn settle_names(columns: &mut [Column]) {
    let is = |column: &Column, field| column.field == Some(field);
    if columns.iter().any(|column| is(column, Field::Name)) {
        return;
    }
    let says_model = |column: &Column| says_any(&words(&column.head.own), &["=model", "=модель"]);
    let at = columns
        .iter()
        .position(|column| is(column, Field::Description))
        .or_else(|| columns.iter().position(says_model));
    if let Some(column) = at.and_then(|at| columns.get_mut(at)) {
        column.field = Some(Field::Name);
    }
}

/// `Категория 1` and `Категория 2` are a group and a group in it.
pub fn settle_categories(columns: &mut [Column]) {
    let stem = |column: &Column| {
        let words = words(&column.head.own).into_iter();
        let (numbers, stem): (Vec<_>, Vec<_>) =
            words.partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        (column.field == Some(Field::Category) && !numbers.is_empty()).then_some(stem)
    };
    let mut numbered =
        (0..columns.len()).filter_map(|index| Some((index, columns.get(index).and_then(stem)?)));
    let Some((_, outer)) = numbered.next() else {
        return;
    };
    let inner = numbered
        .find(|(_, stem)| *stem == outer)
        .map(|(index, _)| index);
    let has_inner = columns
        .iter()
        .any(|column| column.field == Some(Field::Subcategory));
    if let Some(column) = inner
        .filter(|_| !has_inner)
        .and_then(|index| columns.get_mut(index))
    {
        column.field = Some(Field::Subcategory);
    }
}

/// A list that has only wholesale or discounted prices has the first of them.
pub fn settle_prices(columns: &mut [Column]) {
    if columns
        .iter()
        .any(|column| column.field == Some(Field::Price))
    {
        return;
    }
    let is_numeric = |column: &&mut Column| column.field == Some(Field::OtherPrice);
    if let Some(column) = columns.iter_mut().find(is_numeric) {
        column.field = Some(Field::Price);
    }
}

/// What a cell of yes or no says.
pub fn as_flag(text: &str) -> Option<bool> {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|letter| !is_apostrophe(*letter))
        .collect();
    match text.as_str() {
        "1" | "true" | "да" | "есть" | "ha" | "bor" | "ҳа" | "бор" | "иә" | "бар" | "yes"
        | "истина" | "+" | "active" | "активен" => Some(true),
        "0" | "false" | "нет" | "yoq" | "йўқ" | "жоқ" | "no" | "ложь" | "-" | "inactive"
        | "неактивен" | "archived" => Some(false),
        _ => None,
    }
}
