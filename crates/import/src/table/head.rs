//! Finding the heads: which row names the columns, and what the rows right above and below add to it.

mod below;

use std::borrow::Cow;

use self::below::heads_below;
pub use self::below::numbers_columns;

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
        let own = field_of_enumeration(&self.own).or_else(|| field_of(&self.own));
        let above = self.above.iter().rev().find_map(|text| field_of(text));
        match (own, above) {
            (Some(Field::Category | Field::Place), _) if says_name_too(&self.own) => {
                Some(Field::Name)
            }
            (Some(Field::Quantity | Field::Amount), Some(Field::Turnover)) => Some(Field::Turnover),
            // Printed forms give the unit's name and its code.
            (Some(Field::Name), Some(Field::Unit)) => Some(Field::Unit),
            (Some(Field::Code), Some(Field::Unit)) => Some(Field::Other),
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
    let below = heads_below(rows, at);
    let (upper, lower) = (rows.get(at - stacked..at + below)?, rows.get(at + below)?);
    let width = upper
        .iter()
        .chain([lower])
        .map(|row| row.cells.len())
        .max()?;
    let below = below + usize::from(rows.get(at + below + 1).is_some_and(numbers_columns));
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

/// Whether a head of groups or warehouses is the one of their goods too: `Группа / Товар`.
fn says_name_too(head: &str) -> bool {
    head.split('/')
        .any(|part| field_of(part) == Some(Field::Name))
}

/// The field of a head that counts up what a column of names says: `наименование, характеристика, сорт`.
fn field_of_enumeration(head: &str) -> Option<Field> {
    let (first, _) = head.split_once(',')?;
    field_of(first).filter(|field| *field == Field::Name)
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
        let announces = above
            .filled()
            .any(|(_, cell)| cell.text().trim_end().ends_with([':', '?']));
        if !adjacent || filled < 2 || has_number || long || announces {
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
mod tests;
