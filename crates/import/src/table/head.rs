//! Finding the heads: which row names the columns, and what the rows right above add to it.

use std::borrow::Cow;

use crate::{
    lexicon::{Field, field_of},
    plan::Correction,
    table::Row,
};

/// Heads stand within the first rows; reports have titles and parameters above them.
const DEEPEST_HEAD: usize = 60;
/// As many rows above may belong to the heads.
const MOST_STACKED: usize = 3;

/// A column's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// What stands in the row of heads.
    pub own: String,
    /// What stands above it, from the top.
    pub above: Vec<String>,
}

impl Head {
    /// The head as one text.
    pub fn text(&self) -> String {
        let mut parts: Vec<&str> = self.above.iter().map(String::as_str).collect();
        parts.push(&self.own);
        parts.retain(|part| !part.is_empty());
        parts.join(" / ")
    }

    /// What the column holds, as far as its head says it.
    pub fn field(&self) -> Option<Field> {
        let own = field_of(&self.own);
        let above = self.above.iter().rev().find_map(|text| field_of(text));
        match (own, above) {
            (Some(Field::Quantity | Field::Amount), Some(Field::Turnover)) => Some(Field::Turnover),
            (Some(field), _) => Some(field),
            (None, above) => above,
        }
    }

    /// The fields of a column that joins several by commas, as `Номенклатура, № по кат., Производитель`: the name first.
    pub fn joined(&self) -> Vec<Field> {
        let fields: Vec<Field> = self.own.split(',').filter_map(field_of).collect();
        let all = self.own.split(',').count();
        if fields.len() > 1 && fields.len() == all && fields.first() == Some(&Field::Name) {
            fields
        } else {
            Vec::new()
        }
    }
}

/// Where the heads are and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// The place of the row of heads among the rows.
    pub at: usize,
    /// How many rows right above belong to them.
    pub stacked: usize,
    /// The heads by column.
    pub columns: Vec<Head>,
}

/// The row that names most columns, those that a hand names among them; `None` if no row names a product's name or code.
pub fn find_heads(rows: &[Row], corrections: &[Correction]) -> Option<Heads> {
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().take(DEEPEST_HEAD).enumerate() {
        let score = head_score(row, rows.get(at + 1), corrections);
        if score > 0 && best.is_none_or(|(_, known)| score > known) {
            best = Some((at, score));
        }
    }
    let (at, _) = best?;
    let stacked = stacked_above(rows, at);
    let below = usize::from(has_heads_below(rows, at));
    let (upper, lower) = (rows.get(at - stacked..at + below)?, rows.get(at + below)?);
    let width = rows.get(at)?.cells.len().max(lower.cells.len());
    let mut columns = vec![Head::default(); width];
    for (column, head) in columns.iter_mut().enumerate() {
        head.own = lower.cell(column).text().into_owned();
    }
    for row in upper {
        spread_above(row, &mut columns);
    }
    for head in columns.iter_mut().filter(|head| head.own.is_empty()) {
        head.own = head.above.pop().unwrap_or_default();
    }
    Some(Heads {
        at: at + below,
        stacked: stacked + below,
        columns,
    })
}

/// A head above spreads to the right, as a merged cell does, but not into columns that have no head at all.
fn spread_above(row: &Row, columns: &mut [Head]) {
    let mut spread = String::new();
    for (column, head) in columns.iter_mut().enumerate() {
        let cell = row.cell(column);
        if !cell.is_empty() {
            spread = cell.text().into_owned();
        }
        if !(spread.is_empty() || head.own.is_empty() && cell.is_empty()) {
            head.above.push(spread.clone());
        }
    }
}

/// Whether the row under the heads divides some of them: `Остаток` and `Сумма` below each warehouse, the warehouses below
/// `Остаток`, nothing below the name.
fn has_heads_below(rows: &[Row], at: usize) -> bool {
    let (Some(heads), Some(below)) = (rows.get(at), rows.get(at + 1)) else {
        return false;
    };
    let divides = below.filled().all(|(column, cell)| {
        let above = field_of(&heads.cell(column).text());
        let names = matches!(
            above,
            Some(Field::Name | Field::Sku | Field::Code | Field::Barcode | Field::Key)
        );
        let text = cell.text();
        let is_number = cell.number(crate::number::DecimalMark::Unknown).is_some();
        !names
            && !is_number
            && (field_of(&text).is_some() || divided_above(heads, column) && is_short(&text))
    });
    divides && below.number == heads.number + 1 && below.filled().count() >= 2
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

/// Whether a text may be a head.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 40
}

/// How many fields of a product a row names; 0 if it cannot be the row of heads.
fn head_score(row: &Row, below: Option<&Row>, corrections: &[Correction]) -> usize {
    let texts: Vec<_> = row.filled().map(|(_, cell)| cell.text()).collect();
    let numbers = row
        .filled()
        .filter(|(_, cell)| cell.number(crate::number::DecimalMark::Unknown).is_some())
        .count();
    if texts.len() < 2
        || numbers * 2 > texts.len()
        || texts.iter().any(|text| text.chars().count() > 120)
    {
        return 0;
    }
    let mut fields: Vec<Field> = Vec::new();
    for text in &texts {
        if let Some(known) = corrections.iter().find(|known| known.column == *text) {
            fields.push(known.field);
            continue;
        }
        let head = Head {
            own: text.to_string(),
            above: Vec::new(),
        };
        let joined = head.joined();
        fields.extend(if joined.is_empty() {
            head.field().into_iter().collect()
        } else {
            joined
        });
    }
    fields.sort_unstable();
    fields.dedup();
    let names_products = fields.iter().any(|field| {
        matches!(
            field,
            Field::Name | Field::Sku | Field::Code | Field::Barcode | Field::Key
        )
    });
    let useful = fields
        .iter()
        .filter(|field| **field != Field::Other)
        .count();
    let stands = useful >= 2 || useful == 1 && stands_over_a_list(&texts, below);
    if names_products && stands { useful } else { 0 }
}

/// A single head that is understood may be a word of a sentence; over a list it stands among short ones, and the row below is
/// as wide.
fn stands_over_a_list(texts: &[Cow<'_, str>], below: Option<&Row>) -> bool {
    let short = texts
        .iter()
        .all(|text| text.chars().count() <= 30 && !text.ends_with(['.', '!', '?', ':', ',']));
    short && below.is_some_and(|row| row.filled().count() >= 2)
}

fn stacked_above(rows: &[Row], at: usize) -> usize {
    let mut stacked = 0;
    while stacked < MOST_STACKED && stacked < at {
        let (Some(above), Some(below)) = (rows.get(at - stacked - 1), rows.get(at - stacked))
        else {
            break;
        };
        let adjacent = above.number + 1 == below.number;
        let filled = above.filled().count();
        let has_number = above
            .filled()
            .any(|(_, cell)| cell.number(crate::number::DecimalMark::Unknown).is_some());
        let long = above
            .filled()
            .any(|(_, cell)| cell.text().chars().count() > 60);
        if !adjacent || filled < 2 || has_number || long {
            break;
        }
        stacked += 1;
    }
    stacked
}

/// Heads for a list without any: the columns' letters.
pub fn lettered(width: usize) -> Vec<Head> {
    (0..width)
        .map(|column| Head {
            own: column_letter(column),
            above: Vec::new(),
        })
        .collect()
}

/// `A`, `B` … `Z`, `AA` …
fn column_letter(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    if column < 26 {
        letter(column).to_string()
    } else {
        format!("{}{}", column_letter(column / 26 - 1), letter(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    fn rows(lines: &[&str]) -> Vec<Row> {
        lines
            .iter()
            .enumerate()
            .map(|(at, line)| Row {
                number: at as u64 + 1,
                level: 0,
                cells: line.split('|').map(Cell::of_text).collect(),
            })
            .collect()
    }

    #[test]
    fn heads_are_found_below_titles_and_parameters() {
        let rows = rows(&[
            "|Остатки товара на|2024-02-19",
            "Код Склада|РП",
            "",
            "Код|Артикул|Наименование|Наличие|Цена",
            "1|A|Чайник|2|300",
        ]);
        let heads = find_heads(&rows, &[]).expect("heads");
        assert_eq!((heads.at, heads.stacked), (3, 0));
    }

    #[test]
    fn heads_of_three_rows_say_together_what_a_column_holds() {
        let rows = rows(&[
            "Подразделение||Итого|||",
            "Склад||Нач. ост.||Кон. ост.|",
            "Номенклатура||Количество|Сумма|Количество|Сумма",
            "Антифриз||1|2|3|4",
        ]);
        let heads = find_heads(&rows, &[]).expect("heads");
        let fields: Vec<_> = heads.columns.iter().map(Head::field).collect();
        assert_eq!(
            fields,
            [
                Some(Field::Name),
                None,
                Some(Field::Turnover),
                Some(Field::Turnover),
                Some(Field::Quantity),
                Some(Field::Amount)
            ]
        );
        assert_eq!(heads.columns.first().map(|head| head.above.len()), Some(2));
    }

    #[test]
    fn heads_below_the_warehouses_divide_them() {
        let rows = rows(&[
            "Товар|Артикул|Склад Юг||Итого|",
            "||Остаток|Сумма|Остаток|Сумма",
            "Чай|A|1|2|3|4",
        ]);
        let heads = find_heads(&rows, &[]).expect("heads");
        assert_eq!((heads.at, heads.stacked), (1, 1));
        let texts: Vec<_> = heads.columns.iter().map(Head::text).collect();
        assert_eq!(
            texts,
            [
                "Товар",
                "Артикул",
                "Склад Юг / Остаток",
                "Склад Юг / Сумма",
                "Итого / Остаток",
                "Итого / Сумма"
            ]
        );
    }

    #[test]
    fn warehouses_below_the_head_of_quantities_divide_it() {
        let rows = rows(&[
            "Товар|Ед. изм.|Остаток|||Цена",
            "||Юнусабад|Чиланзар|Всего|",
            "Плитка|м2|10|2|12|90000",
        ]);
        let heads = find_heads(&rows, &[]).expect("heads");
        assert_eq!((heads.at, heads.stacked), (1, 1));
        let texts: Vec<_> = heads.columns.iter().map(Head::text).collect();
        assert_eq!(
            texts,
            [
                "Товар",
                "Ед. изм.",
                "Остаток / Юнусабад",
                "Остаток / Чиланзар",
                "Остаток / Всего",
                "Цена"
            ]
        );
    }

    #[test]
    fn a_text_about_products_has_no_heads() {
        assert_eq!(
            find_heads(
                &rows(&["Товар пришёл вчера.", "Мы его посчитали, и всё сошлось."]),
                &[]
            ),
            None
        );
    }

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        assert_eq!(
            [
                column_letter(0),
                column_letter(25),
                column_letter(26),
                column_letter(701)
            ],
            ["A", "Z", "AA", "ZZ"]
        );
    }
}
