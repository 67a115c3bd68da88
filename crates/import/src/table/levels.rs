//! What the groups of a report are: as its heads, its titles or their own names say.

use super::{
    Row,
    columns::{Column, Columns},
    head::Heads,
    places::names_place,
};
use crate::lexicon::{Field, field_of, says_any, words};

/// How a line above the heads announces what the rows are grouped by.
#[rustfmt::skip]
const GROUPINGS: &[&str] = &[
    "группировк*", "=строки", "guruhlash*", "гуруҳлаш*", "гурухлаш*", "топтау*", "=rows", "group by", "grouping", "grouped by",
];

/// What the levels of the groups are, from the top. Reports of 1C name them one above the other, over the column of names, or
/// in a line of their own.
pub fn levels(columns: &[Column], heads: Option<&Heads>, titles: &[Row]) -> Vec<Field> {
    let over_names = columns
        .iter()
        .find(|column| column.taken && column.field == Some(Field::Name))
        .filter(|_| heads.is_some_and(|heads| heads.stacked > 0));
    let stacked = over_names.filter(|column| !column.head.above.is_empty());
    stacked.map_or_else(
        || {
            let (all, goods) = counted_up(columns, titles).unwrap_or_default();
            all.get(..goods).unwrap_or_default().to_vec()
        },
        |column| {
            let above = column.head.above.iter();
            above.map(|text| group_by(text)).collect()
        },
    )
}

/// Whether the goods are said to be groups themselves, with warehouses below them: `Номенклатура / Склад`.
pub fn says_places_below(columns: &[Column], titles: &[Row]) -> bool {
    counted_up(columns, titles)
        .is_some_and(|(all, goods)| all.get(goods..).unwrap_or_default().contains(&Field::Place))
}

/// What the rows are grouped by, the outermost first, and the place of the goods among it.
fn counted_up(columns: &[Column], titles: &[Row]) -> Option<(Vec<Field>, usize)> {
    announced(titles).or_else(|| beside_names(columns))
}

/// The groups that the head of names counts up itself: `Склад / Номенклатура`.
fn beside_names(columns: &[Column]) -> Option<(Vec<Field>, usize)> {
    let column = columns
        .iter()
        .find(|column| column.taken && column.field == Some(Field::Name))?;
    with_goods(column.head.own.split('/'))
}

fn with_goods<'t>(list: impl Iterator<Item = &'t str>) -> Option<(Vec<Field>, usize)> {
    let all: Vec<Field> = list.map(group_by).collect();
    let goods = all.iter().position(|field| *field == Field::Name)?;
    Some((all, goods))
}

fn group_by(text: &str) -> Field {
    field_of(text).unwrap_or(Field::Category)
}

/// The groups that a line such as `Группировка: Склад, Номенклатура` counts up.
fn announced(titles: &[Row]) -> Option<(Vec<Field>, usize)> {
    titles.iter().find_map(|row| {
        let texts: Vec<_> = row.filled().map(|(_, cell)| cell.text()).collect();
        texts.iter().enumerate().find_map(|(at, text)| {
            let beside = texts.get(at + 1).map(AsRef::as_ref).unwrap_or_default();
            text.lines().find_map(|line| groups_in(line, beside))
        })
    })
}

fn groups_in(line: &str, beside: &str) -> Option<(Vec<Field>, usize)> {
    let (title, list) = line.split_once(':')?;
    let title = words(title);
    if title.len() > 3 || !says_any(&title, GROUPINGS) {
        return None;
    }
    let list = if list.trim().is_empty() { beside } else { list };
    with_goods(list.split([',', ';', '\n']))
}

impl Columns {
    /// What a group of this depth and name is: the warehouse of the rows below it, or a group of goods. `outermost`: no other
    /// group stands around it.
    pub fn kind_of_group(&self, depth: usize, name: &str, outermost: bool) -> Field {
        match self.levels.get(depth) {
            Some(field) => *field,
            None if outermost && self.may_be_place(name) => Field::Place,
            None => Field::Category,
        }
    }

    /// What the headings right above a row are, from the top.
    pub fn kinds_of_headings(&self, headings: &[&str]) -> Vec<Field> {
        let count = headings.len();
        let kind = |(at, name): (usize, &&str)| {
            if self.levels.is_empty() && self.may_be_place(name) {
                return Field::Place;
            }
            let depth = (self.levels.len() + at).checked_sub(count);
            let known = depth.and_then(|depth| self.levels.get(depth));
            known.copied().unwrap_or(Field::Category)
        };
        headings.iter().enumerate().map(kind).collect()
    }

    /// Whether a row of this name is where the goods below it lie, in a list that says it nowhere else.
    pub fn may_be_place(&self, name: &str) -> bool {
        let mut quantities = self.all_of(Field::Quantity).peekable();
        quantities.peek().is_some()
            && quantities.all(|(_, column)| column.place.is_none())
            && self.of(Field::Place).is_none()
            && names_place(name)
    }
}
