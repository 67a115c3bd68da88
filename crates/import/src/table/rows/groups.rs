//! Rows that are no goods: groups, headings, totals, signatures, heads that are repeated.

use super::{Cell, Columns, Origin, Reason, Row, RowReader, subtotals::TELLING};
use crate::{
    lexicon::{Field, field_of, says_any, says_total, words},
    table::{
        Table,
        columns::{Column, indexes_of},
        ledger::is_account,
    },
};

/// How the line of a signature begins.
#[rustfmt::skip]
const SIGNATURES: &[&str] = &[
    "директор", "бухгалтер", "кладовщик", "заведующ*", "руководитель", "председатель", "члены комиссии", "материально ответственн*",
    "ответственн* лицо", "составил*", "утвердил*", "утверждаю", "проверил*", "сдал", "принял", "отпустил", "получил", "исполнитель",
    "подпись", "direktor", "rahbar", "buxgalter", "omborchi", "imzo", "topshirdi", "qabul qildi", "tasdiqlayman", "басшы",
    "қоймашы", "қолы", "signature", "approved by", "prepared by",
];

/// What several rows say together.
const MERGED: &[Field] = &[
    Field::Name,
    Field::Category,
    Field::Subcategory,
    Field::Place,
    Field::Brand,
];

/// Whether a line begins as one that is signed: `Главный бухгалтер ____ Иванов`, `Сдал:`.
fn signs(text: &str) -> bool {
    let mut words = words(text);
    words.truncate(3);
    says_any(&words, SIGNATURES)
}

/// What a row of totals says. A product may be called so too, but then it has a code.
pub fn total_of(columns: &Columns, row: &Row) -> Option<String> {
    if let Some(name) = columns.of(Field::Name).filter(|_| columns.in_ledger) {
        let name = row.cell(name).text();
        if is_account(&name) {
            return Some(name.into_owned());
        }
    }
    let (_, first) = row
        .filled()
        .find(|(_, cell)| matches!(cell, Cell::Text(_)))?;
    let text = first.text();
    let says_total = says_total(&text);
    let has_code = [Field::Barcode, Field::Sku].into_iter().any(|field| {
        columns
            .of(field)
            .is_some_and(|index| !row.cell(index).is_empty() && *row.cell(index) != *first)
    });
    (says_total && !has_code).then(|| text.into_owned())
}

/// Whether a row has nothing of what tells goods apart.
pub fn tells_nothing_apart(columns: &Columns, row: &Row) -> bool {
    indexes_of(&columns.list, TELLING).all(|index| row.cell(index).is_empty())
}

/// A group around rows.
pub struct Around {
    name: String,
    /// Whether it is a group of goods or the warehouse that they lie in.
    kind: Field,
}

impl RowReader<'_, '_, '_> {
    pub(super) fn repeats_heads(&self, row: &Row) -> bool {
        let (mut filled, mut same) = (0, true);
        let all = row.filled().all(|(index, cell)| {
            filled += 1;
            let text = cell.text();
            self.columns.list.get(index).is_some_and(|column| {
                same &= column.head.own == text;
                let in_other_words =
                    || self.is_at_top && column.field.is_some() && column.field == field_of(&text);
                column.head.own == text || in_other_words()
            })
        });
        // In another language they stand right below: a word or two of goods may be heads too, a whole row of them is not.
        all && (same && filled >= 2 || filled >= 3)
    }

    /// A group of the outline. Where it stands below its rows, it has been entered with the first of them.
    pub(super) fn read_outline_group(&mut self, row: &Row, origin: Origin, stands_below: bool) {
        let level = usize::from(row.level);
        if !stands_below {
            self.enter_group(level, self.name_of(row));
            return;
        }
        if self
            .around
            .get(level)
            .is_none_or(|group| group.name.is_empty())
        {
            let text = self.name_of(row);
            self.assembly.skip(origin, Reason::Total { text });
        }
        self.around.truncate(level);
    }

    /// Goes into a group of this depth.
    pub(super) fn enter_group(&mut self, depth: usize, name: String) {
        self.around.truncate(depth);
        let nameless = || Around {
            name: String::new(),
            kind: Field::Category,
        };
        self.around.resize_with(depth, nameless);
        let outermost = self.around.iter().all(|group| group.name.is_empty());
        self.headings += u64::from(!name.is_empty());
        let kind = self.columns.kind_of_group(depth, &name, outermost);
        self.around.push(Around { name, kind });
        self.category_around();
    }

    /// A warehouse without goods below it.
    pub(super) fn read_empty_place(&mut self, row: &Row) {
        self.around.truncate(usize::from(row.level));
        self.headings += 1;
        self.assembly.place(&self.name_of(row));
    }

    /// Whether the row is a warehouse in which nothing is, among others that have goods below them.
    pub(super) fn is_empty_place(&self, row: &Row) -> bool {
        let holds_something = |(index, column): (usize, &Column)| {
            let cell = row.cell(index);
            let number = cell.number(column.mark);
            !cell.says_nothing() && number.is_none_or(|number| !number.is_zero())
        };
        row.level == 0
            && !self.around.is_empty()
            && self.columns.may_be_place(&self.name_of(row))
            && tells_nothing_apart(self.columns, row)
            && !self.columns.all_of(Field::Quantity).any(holds_something)
    }

    /// A row with nothing but a text in one cell, in a list whose rows are otherwise fuller. Where an outline shows the
    /// groups, such a row is a product of which nothing is there.
    pub(super) fn heading(&self, row: &Row) -> Option<String> {
        let mut filled = row.filled();
        let (index, cell) = filled.next()?;
        let alone = filled.next().is_none();
        let is_text = matches!(cell, Cell::Text(text) if text.chars().any(char::is_alphabetic));
        let wide = self.columns.usual_width;
        let fits = self.around.is_empty()
            && (wide >= 3 || wide == 2 && self.columns.may_be_place(&cell.text()))
            && self.columns.of(Field::Category).is_none()
            && (Some(index) == self.columns.of(Field::Name)
                || self
                    .columns
                    .list
                    .get(index)
                    .is_none_or(|column| !column.taken || self.is_over_codes(column, cell)));
        (alone && is_text && fits).then(|| cell.text().into_owned())
    }

    /// Whether a text that fills its row stands in a column of codes by being the leftmost, and is none: words, no digits.
    fn is_over_codes(&self, column: &Column, cell: &Cell) -> bool {
        let holds_codes = matches!(
            column.field,
            Some(Field::Sku | Field::Code | Field::Key | Field::Barcode)
        );
        let is_code = cell.text().chars().any(|c| c.is_ascii_digit());
        holds_codes && !is_code && self.columns.has_names()
    }

    /// Makes groups of the rows of one text above the first of their goods.
    pub(super) fn open_announced(&mut self) {
        let announced = std::mem::take(&mut self.announced);
        let names: Vec<&str> = announced.iter().map(|(_, name)| name.as_str()).collect();
        for (name, kind) in names.iter().zip(self.columns.kinds_of_headings(&names)) {
            self.headings += 1;
            if kind == Field::Place {
                self.place = self.assembly.place(name);
                self.group = None;
            } else {
                self.group = self.assembly.category(None, name);
            }
        }
    }

    /// A text that no goods follow is a remark below the list.
    pub(super) fn leave_announced(&mut self) {
        for (origin, text) in std::mem::take(&mut self.announced) {
            self.assembly.skip(origin, Reason::Remark { text });
        }
    }

    /// What a line for a signature says: whose it is, in a row without any number, code or unit.
    pub(super) fn signature_in(&self, row: &Row) -> Option<String> {
        let (_, first) = row.filled().next()?;
        let text = first.text();
        let has_value = row
            .filled()
            .any(|(_, cell)| matches!(cell, Cell::Number(_)))
            || [Field::Sku, Field::Barcode, Field::Price, Field::Quantity]
                .into_iter()
                .any(|field| {
                    self.columns
                        .of(field)
                        .is_some_and(|index| !row.cell(index).is_empty())
                });
        (!has_value && signs(&text)).then(|| text.into_owned())
    }

    /// Gives the rows of a merged cell what it says: the group, the warehouse, the name of several sizes.
    pub(super) fn fill_merged(&mut self, table: &dyn Table, row: &mut Row) {
        for index in indexes_of(&self.columns.list, MERGED) {
            if !row.cell(index).is_empty() {
                self.merged.insert(index, row.cell(index).clone());
            } else if table.continues(row.number, index)
                && let Some(cell) = self.merged.get(&index)
            {
                row.put(index, cell.clone());
            }
        }
    }

    pub(super) fn category_around(&mut self) -> Option<usize> {
        let names: Vec<String> = self.around_as(Field::Category).map(str::to_owned).collect();
        names.iter().fold(None, |parent, name| {
            self.assembly.category(parent, name).or(parent)
        })
    }

    pub(super) fn place_around(&mut self) -> Option<usize> {
        let names: Vec<&str> = self.around_as(Field::Place).collect();
        if names.is_empty() {
            None
        } else {
            let name = names.join(" / ");
            self.assembly.place(&name)
        }
    }

    /// The names around the row that are of this kind.
    fn around_as(&self, kind: Field) -> impl Iterator<Item = &str> {
        self.around
            .iter()
            .filter(move |group| !group.name.is_empty() && group.kind == kind)
            .map(|group| group.name.as_str())
    }
}
