//! Which column holds what: by its head, by its values, and as a hand corrects it.

use super::{
    Row,
    choice::{choose, letters},
    head::{Head, find_heads, lettered},
    journal::{Journal, find_journal, names_customers},
    levels::levels,
    period::settle_periods,
    places::{announced_place, settle_parts_of_total, settle_places},
    refusal::{announce_document, are_of_people},
    rows::subtotals,
    values::{
        judge, settle_articles, settle_categories, settle_codes, settle_marks, settle_names,
        settle_prices,
    },
};
use crate::{
    lexicon::{Field, field_of, words},
    number::DecimalMark,
    plan::Correction,
    scanned_code::is_gtin,
};

/// The rows by which a table is judged.
pub const SAMPLE_ROWS: usize = 400;

/// A column and what it was taken for.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its head.
    pub head: Head,
    /// What it holds.
    pub field: Option<Field>,
    /// How its numbers are written.
    pub mark: DecimalMark,
    /// The warehouse that its quantities lie in, where the head names one.
    pub place: Option<String>,
    /// Whether its values are taken, or another column says the same better.
    pub taken: bool,
}

/// The columns of a table, and where its products begin.
#[derive(Debug, Clone)]
pub struct Columns {
    /// From the left.
    pub list: Vec<Column>,
    /// How many rows stand before the first product.
    pub first_row: usize,
    /// How many of those are titles rather than heads.
    pub titles: usize,
    /// What the parts of a joined name are.
    pub joined: Vec<Field>,
    /// What the levels of the groups are, from the top; those below are groups of goods.
    pub levels: Vec<Field>,
    /// Whether the rows are the quantities of a turnover sheet.
    pub in_ledger: bool,
    /// How many cells of a row are usually filled.
    pub usual_width: usize,
    /// Whether some rows seem to be groups that show the total of their goods.
    pub shows_subtotals: bool,
    /// Where the rows say what came and went, if they say nothing of what is there.
    pub journal: Option<Journal>,
    /// The warehouse that everything lies in, as a line above the heads or the sheet's name says it.
    pub place: Option<String>,
    /// Whether the titles are those of an order or an invoice.
    is_document: bool,
}

/// The indexes of the columns that are one of these fields.
pub fn indexes_of<'c>(
    columns: &'c [Column],
    fields: &'c [Field],
) -> impl Iterator<Item = usize> + 'c {
    let columns = columns.iter().enumerate();
    columns
        .filter(|(_, column)| column.field.is_some_and(|field| fields.contains(&field)))
        .map(|(index, _)| index)
}

impl Columns {
    /// Looks at the first rows of a table. `None` if no column of names or codes is there.
    pub fn recognise(part: &str, sample: &[Row], corrections: &[Correction]) -> Option<Self> {
        let heads = find_heads(sample, corrections);
        let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let first_row = heads.as_ref().map_or(0, |heads| heads.at + 1);
        let body: Vec<&Row> = sample
            .iter()
            .skip(first_row)
            .filter(|row| !row.is_blank())
            .collect();
        let mut columns: Vec<Column> = match &heads {
            Some(heads) => heads
                .columns
                .iter()
                .map(|head| named(head.clone()))
                .collect(),
            None => lettered(width).into_iter().map(unnamed).collect(),
        };
        while columns.len() < width {
            columns.push(unnamed(Head::default()));
        }
        for (index, column) in columns.iter_mut().enumerate() {
            judge(column, index, &body);
        }
        settle_marks(&mut columns);
        settle_articles(&mut columns);
        settle_codes(&mut columns, &body);
        settle_names(&mut columns);
        settle_prices(&mut columns);
        settle_categories(&mut columns);
        settle_periods(&mut columns);
        settle_places(&mut columns, &body);
        settle_parts_of_total(&mut columns, &body);
        if heads.is_none() {
            guess_without_heads(&mut columns, &body);
        }
        correct(part, &mut columns, corrections);
        choose(&mut columns, &body);
        let titles = heads.as_ref().map_or(0, |heads| heads.at - heads.stacked);
        let above = sample.get(..titles).unwrap_or_default();
        let journal = if corrections
            .iter()
            .any(|known| known.field == Field::Quantity)
        {
            None
        } else {
            find_journal(&columns, &body, &about(part, above))
        };
        if let Some(journal) = &journal {
            journal.take(&mut columns);
        }
        let counts = indexes_of(&columns, &[Field::Quantity]).next().is_some();
        let mut this = Self {
            shows_subtotals: false,
            place: counts.then(|| announced_place(above)).flatten(),
            is_document: announce_document(above),
            journal,
            titles,
            joined: joined(&columns),
            levels: levels(&columns, heads.as_ref(), above),
            in_ledger: false,
            usual_width: usual_width(&body),
            list: columns,
            first_row,
        };
        this.shows_subtotals = subtotals::are_shown(&this, &body);
        this.is_list().then_some(this)
    }

    /// The taken column of a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.list
            .iter()
            .position(|column| column.taken && column.field == Some(field))
    }

    /// The taken columns of a field.
    pub fn all_of(&self, field: Field) -> impl Iterator<Item = (usize, &Column)> {
        self.list
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.taken && column.field == Some(field))
    }

    /// Hears the name of the sheet: `Склад Юг` is where its goods lie, `Склад` alone only says what the list is about.
    pub fn lie_in(&mut self, sheet: &str) {
        let names_one = field_of(sheet) == Some(Field::Place) && words(sheet).len() > 1;
        if self.place.is_none() {
            self.place = names_one.then(|| sheet.to_owned());
        }
    }

    /// Whether the rows have names, and not only codes of products that another list names.
    pub fn has_names(&self) -> bool {
        self.of(Field::Name).is_some()
    }

    /// Whether the heads are those of a list of orders, or the titles those of a single one.
    pub fn is_list_of_orders(&self) -> bool {
        let has = |field| self.list.iter().any(|column| column.field == Some(field));
        let is_list = has(Field::Order) && has(Field::Date) && !has(Field::Barcode);
        self.is_document || is_list && names_customers(&self.list)
    }

    /// Whether names are put together of what there is: reports of market places have a kind, a brand and an article instead.
    pub fn composes_names(&self) -> bool {
        !self.has_names()
            && self.of(Field::Sku).is_some()
            && (self.of(Field::Category).is_some() || self.of(Field::Brand).is_some())
    }

    fn is_list(&self) -> bool {
        let coded = [Field::Barcode, Field::Sku, Field::Key]
            .into_iter()
            .any(|field| self.of(field).is_some());
        let valued = [Field::Quantity, Field::Price]
            .into_iter()
            .any(|field| self.of(field).is_some());
        (self.has_names() || coded && valued) && !are_of_people(&self.list)
    }
}

/// What the table's name and the rows above its heads say.
fn about(part: &str, above: &[Row]) -> String {
    let mut texts = vec![part.to_owned()];
    for row in above {
        texts.extend(row.filled().map(|(_, cell)| cell.text().into_owned()));
    }
    texts.join(" ")
}

fn named(head: Head) -> Column {
    let field = if head.joined().is_empty() {
        head.field()
    } else {
        Some(Field::Name)
    };
    Column {
        field,
        ..unnamed(head)
    }
}

fn unnamed(head: Head) -> Column {
    Column {
        head,
        field: None,
        mark: DecimalMark::Unknown,
        place: None,
        taken: false,
    }
}

/// A list without heads: the column with most letters is the name, one of barcodes says itself. What the numbers mean is
/// not guessed.
fn guess_without_heads(columns: &mut [Column], body: &[&Row]) {
    let filled = |index: usize| {
        body.iter()
            .filter(|row| !row.cell(index).is_empty())
            .count()
    };
    for (index, column) in columns.iter_mut().enumerate() {
        let gtins = body
            .iter()
            .filter(|row| is_gtin(&row.cell(index).text()))
            .count();
        column.field = (gtins * 2 > filled(index) && gtins > 0).then_some(Field::Barcode);
    }
    if !columns
        .iter()
        .any(|column| column.field == Some(Field::Barcode))
    {
        return;
    }
    let name = (0..columns.len())
        .filter(|index| {
            columns
                .get(*index)
                .is_some_and(|column| column.field.is_none())
        })
        .max_by_key(|index| letters(*index, body));
    if let Some(column) = name.and_then(|index| columns.get_mut(index)) {
        column.field = Some(Field::Name);
    }
}

fn correct(part: &str, columns: &mut [Column], corrections: &[Correction]) {
    for correction in corrections {
        let here = correction.part.as_ref().is_none_or(|wanted| wanted == part);
        for column in columns.iter_mut().filter(|_| here) {
            if column.head.own == correction.column || column.head.text() == correction.column {
                // A hand's word stands before every other column of that field.
                column.field = Some(correction.field);
                column.taken = true;
            }
        }
    }
}

fn joined(columns: &[Column]) -> Vec<Field> {
    columns
        .iter()
        .find(|column| column.taken && column.field == Some(Field::Name))
        .map(|column| column.head.joined())
        .unwrap_or_default()
}

fn usual_width(body: &[&Row]) -> usize {
    let mut widths: Vec<usize> = body.iter().map(|row| row.filled().count()).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}
