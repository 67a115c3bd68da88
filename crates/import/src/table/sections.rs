//! Several lists on one sheet: one below the other under heads of their own, or side by side under the same heads.

use std::{cmp::Ordering, collections::BTreeSet, ops::Range, rc::Rc, sync::Arc};

use super::{
    Cell, Row, Table,
    columns::{Columns, SAMPLE_ROWS},
    head::{Head, Heads, find_heads, numbers_columns},
};
use crate::{
    direction::direction_in,
    lexicon::{Field, field_of},
    plan::{Correction, Direction},
};

/// A head is not longer.
const LONGEST_HEAD: usize = 40;
/// A sheet with more of them is laid out in a way that is not understood.
const MOST_SECTIONS: usize = 64;
/// As many lists may stand side by side.
const MOST_BESIDE: usize = 6;

/// A part of a sheet that is a list by itself.
struct Section {
    sheet: Rc<dyn Table>,
    /// The numbers of its rows.
    rows: Range<u64>,
    columns: Range<usize>,
    heading: Option<String>,
    operation: Option<Operation>,
}

/// What every row of a section tells of, in a column of its own: what came, or what went.
struct Operation {
    /// The number of the row of heads.
    heads: u64,
    column: usize,
    text: String,
}

impl Operation {
    /// The head of its column.
    const HEAD: &str = "Операция";

    fn put_into(&self, row: &mut Row) {
        match row.number.cmp(&self.heads) {
            Ordering::Less => {}
            Ordering::Equal => row.put(self.column, Cell::of_text(Self::HEAD)),
            Ordering::Greater if row.is_blank() => {}
            Ordering::Greater => row.put(self.column, Cell::of_text(&self.text)),
        }
    }
}

impl Section {
    /// Some rows of a sheet, with all their columns.
    fn of(sheet: &Rc<dyn Table>, rows: Range<u64>) -> Self {
        Self {
            sheet: Rc::clone(sheet),
            rows,
            columns: 0..usize::MAX,
            heading: None,
            operation: None,
        }
    }
}

impl Table for Section {
    fn part(&self) -> &Arc<str> {
        self.sheet.part()
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        let here = self
            .sheet
            .rows()
            .skip_while(|row| row.number < self.rows.start)
            .take_while(|row| row.number < self.rows.end);
        Box::new(here.map(|mut row| {
            row.cells.truncate(self.columns.end);
            row.cells.drain(..self.columns.start.min(row.cells.len()));
            if let Some(operation) = &self.operation {
                operation.put_into(&mut row);
            }
            row
        }))
    }

    fn groups_stand_above(&self) -> bool {
        self.sheet.groups_stand_above()
    }

    fn continues(&self, row: u64, column: usize) -> bool {
        self.sheet.continues(row, self.columns.start + column)
    }

    fn is_ledger(&self) -> bool {
        self.sheet.is_ledger()
    }

    fn heading(&self) -> Option<&str> {
        self.heading.as_deref()
    }
}

/// The lists of a sheet; the sheet itself if it is one list, or if not every part of it would be one.
pub fn sections(table: Box<dyn Table>, corrections: &[Correction]) -> Vec<Box<dyn Table>> {
    let bands = bands(table.as_ref());
    let sheet: Rc<dyn Table> = Rc::from(table);
    let mut found = Vec::new();
    for band in &bands {
        let whole = Section::of(&sheet, band.clone());
        let sample: Vec<Row> = whole.rows().take(SAMPLE_ROWS).collect();
        let heads = find_heads(&sample, corrections);
        let mut beside: Vec<Section> = heads
            .as_ref()
            .map(blocks)
            .unwrap_or_default()
            .into_iter()
            .map(|columns| Section {
                columns,
                ..Section::of(&sheet, band.clone())
            })
            .collect();
        if beside.is_empty() {
            let heads = heads.filter(|_| bands.len() > 1);
            found.push(Section {
                heading: heads.and_then(|heads| heading(&sample, &heads, band.start == 0)),
                ..whole
            });
        }
        head_each(&mut beside, corrections);
        found.extend(beside);
    }
    if found.len() < 2 || !found.iter().all(|section| is_list(section, corrections)) {
        return vec![Box::new(Section::of(&sheet, 0..u64::MAX))];
    }
    let boxed = found
        .into_iter()
        .map(|section| Box::new(section) as Box<dyn Table>);
    boxed.collect()
}

fn is_list(section: &Section, corrections: &[Correction]) -> bool {
    let sample: Vec<Row> = section.rows().take(SAMPLE_ROWS).collect();
    Columns::recognise(section.part(), &sample, corrections)
        .is_some_and(|columns| !columns.is_list_of_orders())
}

/// The rows of each list, by their numbers: one begins behind the last row of goods above heads that say something else than
/// those before.
fn bands(table: &dyn Table) -> Vec<Range<u64>> {
    let mut starts = vec![0];
    let mut standing: Option<Vec<(usize, Field)>> = None;
    let mut last_of_goods = None;
    for row in table.rows() {
        let Some(layout) = layout(&row) else {
            if standing.is_some() && row.filled().nth(1).is_some() && !numbers_columns(&row) {
                last_of_goods = Some(row.number);
            }
            continue;
        };
        match (&standing, last_of_goods) {
            (None, _) => standing = Some(layout),
            (Some(before), Some(last)) if *before != layout => {
                starts.push(last + 1);
                standing = Some(layout);
                last_of_goods = None;
            }
            (Some(_), _) => {}
        }
    }
    if starts.len() > MOST_SECTIONS {
        starts.truncate(1);
    }
    up_to_the_next(&starts, u64::MAX)
}

/// Ranges that begin one where the one before ends, the last one without an end.
fn up_to_the_next<N: Copy>(starts: &[N], no_end: N) -> Vec<Range<N>> {
    let ends = starts.iter().skip(1).copied().chain([no_end]);
    let both = starts.iter().copied().zip(ends);
    both.map(|(from, to)| from..to).collect()
}

/// What a row of heads says, by column: mostly words that are known, among them a product's name or code and what is counted
/// or asked for it. `None` for any other row.
fn layout(row: &Row) -> Option<Vec<(usize, Field)>> {
    let mut known = Vec::new();
    let mut all = 0;
    for (column, cell) in row.filled() {
        let Cell::Text(text) = cell else { return None };
        if text.bytes().any(|byte| byte.is_ascii_digit()) || text.chars().count() > LONGEST_HEAD {
            return None;
        }
        all += 1;
        known.extend(field_of(text).map(|field| (column, field)));
    }
    let has = |fields: &[Field]| known.iter().any(|(_, field)| fields.contains(field));
    let mut distinct: Vec<Field> = known.iter().map(|(_, field)| *field).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_one = distinct.len() >= 3
        && known.len() * 3 >= all * 2
        && has(&[Field::Name, Field::Sku, Field::Barcode])
        && has(&[Field::Quantity, Field::Price]);
    is_one.then_some(known)
}

/// What a list below others is called: the line of one text right above its heads. The first line of a sheet is its title.
fn heading(sample: &[Row], heads: &Heads, is_first: bool) -> Option<String> {
    let titles = sample.get(..heads.at - heads.stacked)?;
    let mut titles = titles.iter().filter(|row| !row.is_blank());
    let last = titles.next_back()?;
    if is_first && titles.next_back().is_none() {
        return None;
    }
    let mut filled = last.filled();
    let (_, cell) = filled.next()?;
    let text = cell.text();
    let is_name = filled.next().is_none()
        && text.chars().any(char::is_alphabetic)
        && text.chars().count() <= LONGEST_HEAD
        && !text.contains(':');
    is_name.then(|| text.into_owned())
}

/// Hears what stands in a line of one text right above the heads of each of the lists that stand side by side: the groups of
/// their goods, or, over days, what came and what went.
fn head_each(beside: &mut [Section], corrections: &[Correction]) {
    let mut headings = Vec::new();
    for section in &*beside {
        let sample: Vec<Row> = section.rows().take(SAMPLE_ROWS).collect();
        let Some(heads) = find_heads(&sample, corrections) else {
            return;
        };
        let Some(text) = heading(&sample, &heads, false) else {
            return;
        };
        let mut fields = heads.columns.iter().filter_map(Head::field);
        let operation = fields.any(|field| field == Field::Date).then(|| Operation {
            heads: sample.get(heads.at).map_or(0, |row| row.number),
            column: heads.columns.len(),
            text: text.clone(),
        });
        headings.push((text, operation));
    }
    let texts: BTreeSet<&str> = headings.iter().map(|(text, _)| text.as_str()).collect();
    let directions: Vec<_> = texts.iter().filter_map(|text| direction_in(text)).collect();
    let are_both_ways = directions.len() == texts.len()
        && directions.contains(&Direction::In)
        && directions.contains(&Direction::Out);
    if texts.len() < beside.len() {
        return;
    }
    for (section, (text, operation)) in beside.iter_mut().zip(headings) {
        match operation {
            Some(operation) => section.operation = are_both_ways.then_some(operation),
            None => section.heading = Some(text),
        }
    }
}

/// The columns of each list, where the same heads stand several times from left to right; none for a single list.
fn blocks(heads: &Heads) -> Vec<Range<usize>> {
    let filled: Vec<(usize, String)> = heads
        .columns
        .iter()
        .enumerate()
        .filter(|(_, head)| !head.own.is_empty())
        .map(|(column, head)| (column, head.own.to_lowercase()))
        .collect();
    let repeats = |count: &usize| {
        let length = filled.len() / count;
        let is_whole = length >= 2 && length * count == filled.len();
        let texts = |block: &[(usize, String)]| -> Vec<String> {
            block.iter().map(|(_, text)| text.clone()).collect()
        };
        let mut parts = filled.chunks_exact(length.max(1)).map(texts);
        let first = parts.next().unwrap_or_default();
        let fields: Vec<Field> = first.iter().filter_map(|text| field_of(text)).collect();
        is_whole
            && fields.contains(&Field::Name)
            && (fields.contains(&Field::Price) || fields.contains(&Field::Quantity))
            && parts.all(|part| part == first)
    };
    let Some(count) = (2..=MOST_BESIDE).rev().find(repeats) else {
        return Vec::new();
    };
    let length = filled.len() / count;
    let mut starts: Vec<usize> = filled.iter().step_by(length).map(|(at, _)| *at).collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    up_to_the_next(&starts, usize::MAX)
}
