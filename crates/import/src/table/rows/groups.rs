//! Rows that are no goods: groups, headings, totals, signatures, heads that are repeated.

use super::{Cell, Columns, Origin, Reason, Row, RowReader};
use crate::lexicon::{Field, says_any, says_total, words};

/// How the line of a signature begins.
#[rustfmt::skip]
const SIGNATURES: &[&str] = &[
    "директор", "бухгалтер", "кладовщик", "заведующ*", "руководитель", "председатель", "члены комиссии", "материально ответственн*",
    "ответственн* лицо", "составил*", "утвердил*", "утверждаю", "проверил*", "сдал", "принял", "отпустил", "получил", "исполнитель",
    "подпись", "direktor", "rahbar", "buxgalter", "omborchi", "imzo", "topshirdi", "qabul qildi", "tasdiqlayman", "басшы",
    "қоймашы", "қолы", "signature", "approved by", "prepared by",
];

/// Whether a line begins as one that is signed: `Главный бухгалтер ____ Иванов`, `Сдал:`.
fn signs(text: &str) -> bool {
    let mut words = words(text);
    words.truncate(3);
    says_any(&words, SIGNATURES)
}

/// What a row of totals says. A product may be called so too, but then it has a code.
pub fn total_of(columns: &Columns, row: &Row) -> Option<String> {
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

impl RowReader<'_, '_, '_> {
    pub(super) fn repeats_heads(&self, row: &Row) -> bool {
        let mut filled = 0;
        let all = row.filled().all(|(index, cell)| {
            filled += 1;
            self.columns
                .list
                .get(index)
                .is_some_and(|column| column.head.own == cell.text())
        });
        all && filled >= 2
    }

    /// A group of the outline. Where groups stand below their rows, the row is only their total.
    pub(super) fn read_outline_group(&mut self, row: &Row, origin: Origin, stands_above: bool) {
        let name = self.name_of(row);
        if !stands_above {
            self.assembly.skip(origin, Reason::Total { text: name });
            return;
        }
        let level = usize::from(row.level);
        self.around.truncate(level);
        while self.around.len() < level {
            self.around.push(String::new());
        }
        self.around.push(name);
        self.headings += 1;
        self.category_around();
    }

    /// A row with nothing but a text in one cell, in a list whose rows are otherwise fuller. Where an outline shows the
    /// groups, such a row is a product of which nothing is there.
    pub(super) fn heading(&self, row: &Row) -> Option<String> {
        let mut filled = row.filled();
        let (index, cell) = filled.next()?;
        let alone = filled.next().is_none();
        let is_text = matches!(cell, Cell::Text(text) if text.chars().any(char::is_alphabetic));
        let fits = self.around.is_empty()
            && self.columns.usual_width >= 3
            && self.columns.of(Field::Category).is_none()
            && (Some(index) == self.columns.of(Field::Name)
                || self
                    .columns
                    .list
                    .get(index)
                    .is_none_or(|column| !column.taken));
        (alone && is_text && fits).then(|| cell.text().into_owned())
    }

    /// Makes groups of the rows of one text above the first of their goods.
    pub(super) fn open_announced(&mut self) {
        for (_, heading) in std::mem::take(&mut self.announced) {
            self.headings += 1;
            self.group = self.assembly.category(None, &heading);
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

    /// The names around the row that are of this kind; a level without a head of its own is a group.
    fn around_as(&self, field: Field) -> impl Iterator<Item = &str> {
        let levels = &self.columns.levels;
        self.around
            .iter()
            .enumerate()
            .filter(move |(level, name)| {
                !name.is_empty() && levels.get(*level).copied().unwrap_or(Field::Category) == field
            })
            .map(|(_, name)| name.as_str())
    }
}
