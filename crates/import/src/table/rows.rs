//! Rows to products: groups, totals and repeated heads told apart from goods.

mod below;
mod groups;
mod naming;
mod quantities;
pub mod subtotals;

use std::{collections::HashMap, sync::Arc};

use ombor_core::catalogue::code::CodeInput;
use rust_decimal::Decimal;

pub use self::groups::total_of;
use self::{below::GroupsBelow, groups::Around, subtotals::Subtotals};
use super::{Cell, Row, Table, columns::Columns, history::History, values::as_flag};
use crate::{
    assembly::{Assembly, ProductDraft, squeezed},
    error::Result,
    lexicon::Field,
    plan::ColumnMapping,
    scanned_code::read_codes,
    skipped::{Note, Origin, Reason},
};

const LONGEST_TITLE: usize = 160;

/// Reads the rows of a table into the plan.
///
/// # Errors
/// [`crate::Error::Cancelled`]
pub fn read_table(
    table: &dyn Table,
    columns: &Columns,
    history: &mut History,
    assembly: &mut Assembly<'_>,
) -> Result<()> {
    let mut reader = RowReader::new(table.part(), columns, history, assembly);
    let mut rows = table.rows();
    reader.read_titles(&mut rows, table.heading());
    let mut rows = rows.filter(|row| !row.is_blank()).peekable();
    let below = GroupsBelow::find(table, columns);
    let subtotals = Subtotals::find(table, columns);
    let mut open_groups = subtotals.reader();
    while let Some(mut row) = rows.next() {
        let level_after = rows.peek().map_or(0, |next| next.level);
        let groups = if let Some((level, is_group)) = open_groups.place_of(row.number) {
            row.level = level;
            is_group
        } else if below.are_there() {
            below.close(row.number)
        } else {
            level_after > row.level
        };
        for (depth, name) in below.opening(row.number) {
            reader.enter_group(*depth, name.clone());
        }
        reader.assembly.record_read()?;
        reader.fill_merged(table, &mut row);
        reader.read_row(&row, groups, &below);
    }
    reader.leave_announced();
    if reader.headings > 0 {
        let note = Note::Headings {
            count: reader.headings,
        };
        reader.assembly.note(Origin::new(table.part(), 0), note);
    }
    Ok(())
}

struct RowReader<'t, 'a, 'p> {
    part: &'t Arc<str>,
    columns: &'t Columns,
    history: &'a mut History,
    assembly: &'a mut Assembly<'p>,
    /// The groups around the row, by outline level.
    around: Vec<Around>,
    /// The group that a row of its own announced.
    group: Option<usize>,
    /// The warehouse that a row of its own announced.
    place: Option<usize>,
    /// How many rows were taken as names of groups.
    headings: u64,
    /// Rows of one text that are groups if goods follow them.
    announced: Vec<(Origin, String)>,
    /// Whether no product was read yet.
    is_at_top: bool,
    /// What stands in the columns that may be merged downwards, by column.
    merged: HashMap<usize, Cell>,
    /// What the first variant of a product says for the others: its name and group.
    by_handle: HashMap<String, FirstVariant>,
}

/// What only the first of several variants says.
#[derive(Clone)]
struct FirstVariant {
    name: String,
    category: Option<usize>,
}

impl<'t, 'a, 'p> RowReader<'t, 'a, 'p> {
    fn new(
        part: &'t Arc<str>,
        columns: &'t Columns,
        history: &'a mut History,
        assembly: &'a mut Assembly<'p>,
    ) -> Self {
        for column in columns
            .list
            .iter()
            .filter(|column| !column.head.text().is_empty())
        {
            let is_new = assembly.mapped(ColumnMapping {
                part: part.to_string(),
                column: column.head.text(),
                field: column.field.filter(|_| column.taken),
            });
            if is_new && !column.taken {
                let note = Note::ColumnLeft {
                    head: column.head.text(),
                    // A head that is understood over values that are none of it.
                    field: column.field.or_else(|| column.head.field()),
                };
                assembly.note(Origin::new(part, 0), note);
            }
        }
        Self {
            part,
            columns,
            history,
            assembly,
            around: Vec::new(),
            group: None,
            place: None,
            headings: 0,
            announced: Vec::new(),
            is_at_top: true,
            merged: HashMap::new(),
            by_handle: HashMap::new(),
        }
    }

    /// Reads what stands above the heads. `heading`: the line of it that is a group or a warehouse.
    fn read_titles(&mut self, rows: &mut dyn Iterator<Item = Row>, heading: Option<&str>) {
        let mut titles = Vec::new();
        for (at, row) in rows.take(self.columns.first_row).enumerate() {
            if at >= self.columns.titles {
                continue;
            }
            let texts: Vec<String> = row.filled().map(|(_, cell)| cell.text().into()).collect();
            if heading.is_some() && texts.first().map(String::as_str) == heading {
                let origin = Origin::new(self.part, row.number);
                self.announced
                    .extend(texts.into_iter().map(|text| (origin.clone(), text)));
            } else {
                titles.extend(texts);
            }
        }
        if !titles.is_empty() {
            let text: String = titles.join(" · ").chars().take(LONGEST_TITLE).collect();
            self.assembly
                .note(Origin::new(self.part, 1), Note::Titles { text });
        }
    }

    fn read_row(&mut self, row: &Row, groups: bool, below: &GroupsBelow) {
        let origin = Origin::new(self.part, row.number);
        if self.repeats_heads(row) {
            self.assembly.skip(origin, Reason::HeadsRepeated);
        } else if let Some(text) = total_of(self.columns, row) {
            self.assembly.skip(origin, Reason::Total { text });
        } else if groups {
            self.read_outline_group(row, origin, below.are_there());
        } else if self.is_empty_place(row) {
            self.read_empty_place(row);
        } else if let Some(text) = self.signature_in(row) {
            self.assembly.skip(origin, Reason::Remark { text });
        } else if let Some(heading) = self.heading(row) {
            self.announced.push((origin, heading));
        } else {
            self.is_at_top = false;
            self.around.truncate(usize::from(row.level));
            self.open_announced();
            self.read_product(row, &origin);
        }
    }

    fn text(&self, row: &Row, field: Field) -> Option<String> {
        let text = row.cell(self.columns.of(field)?).text();
        (!text.is_empty()).then(|| text.into_owned())
    }

    fn number(
        &mut self,
        row: &Row,
        field: Field,
        origin: &Origin,
        unreadable: fn(String) -> Reason,
    ) -> Option<Decimal> {
        let index = self.columns.of(field)?;
        let cell = row.cell(index);
        if cell.says_nothing() {
            return None;
        }
        let number = cell.number(self.columns.list.get(index)?.mark);
        if number.is_none() {
            self.assembly
                .skip(origin.clone(), unreadable(cell.text().into_owned()));
        }
        number
    }

    fn read_product(&mut self, row: &Row, origin: &Origin) {
        let (codes, refused) = self.codes_of(row);
        let sku = self
            .text(row, Field::Sku)
            .or_else(|| self.joined_text(row, Field::Sku));
        let first = self.first_variant(row);
        let named = first
            .as_ref()
            .map_or_else(|| self.name_of(row), |first| first.name.clone());
        let mut name = self.with_traits(row, named);
        let composes = self.columns.composes_names();
        let known = if name.is_empty() {
            // Sizes of one article have one article.
            let sku = sku.as_deref().filter(|_| !composes || codes.is_empty());
            self.assembly.find_by_code(&codes, sku)
        } else {
            None
        };
        if composes && known.is_none() {
            name = self.composed_name(row);
        }
        if name.is_empty() && known.is_none() {
            let product = codes.first().map(|code| code.code.to_string()).or(sku);
            let reason = product
                .filter(|_| !self.columns.has_names())
                .map_or(Reason::NoName, |product| Reason::ProductUnknown { product });
            self.assembly.skip(origin.clone(), reason);
            return;
        }
        for reason in refused {
            self.assembly.skip(origin.clone(), reason);
        }
        if self.is_deleted(row, origin) {
            return;
        }
        let mut draft = self.draft(row, origin, name, sku, codes);
        draft.category = draft
            .category
            .or_else(|| first.and_then(|first| first.category));
        self.remember_handle(row, draft.category);
        let product = match known {
            Some(known) => {
                if self.columns.has_names() && !draft.recurs {
                    self.assembly.repeated();
                }
                self.assembly.complete(known, origin, draft);
                Some(known)
            }
            None => self.assembly.keep(origin.clone(), draft),
        };
        match (product, &self.columns.journal) {
            (Some(product), Some(journal)) => self.read_movements(row, origin, product, journal),
            (Some(product), None) => self.read_balances(row, origin, product),
            (None, _) => {}
        }
    }

    /// What the first variant says for a row that has its handle and no name, and tells a variant by anything else.
    fn first_variant(&self, row: &Row) -> Option<FirstVariant> {
        let says_more = [Field::Sku, Field::Barcode, Field::Variant, Field::Price]
            .into_iter()
            .any(|field| self.text(row, field).is_some());
        if !says_more || !self.name_of(row).is_empty() {
            return None;
        }
        self.by_handle.get(&self.text(row, Field::Handle)?).cloned()
    }

    fn remember_handle(&mut self, row: &Row, category: Option<usize>) {
        let name = self.name_of(row);
        if let Some(handle) = self.text(row, Field::Handle).filter(|_| !name.is_empty()) {
            let first = FirstVariant { name, category };
            self.by_handle.entry(handle).or_insert(first);
        }
    }

    fn codes_of(&self, row: &Row) -> (Vec<CodeInput>, Vec<Reason>) {
        let (mut codes, mut refused) = (Vec::new(), Vec::new());
        for (index, _) in self.columns.all_of(Field::Barcode) {
            let cell = row.cell(index);
            let read = read_codes(&cell.text(), matches!(cell, Cell::Number(_)));
            codes.extend(read.codes);
            refused.extend(read.refused);
        }
        (codes, refused)
    }

    fn draft(
        &mut self,
        row: &Row,
        origin: &Origin,
        name: String,
        sku: Option<String>,
        codes: Vec<CodeInput>,
    ) -> ProductDraft {
        let key = self.text(row, Field::Key);
        let told_apart = codes
            .first()
            .map(|code| code.code.to_string())
            .or_else(|| sku.clone())
            .or_else(|| key.clone());
        let whole_name = self
            .columns
            .of(Field::Name)
            .map(|index| squeezed(&row.cell(index).text()))
            .unwrap_or_default();
        ProductDraft {
            identity: told_apart
                .map(|code| format!("{code}\u{1f}{whole_name}\u{1f}{name}"))
                .unwrap_or_default(),
            name,
            key,
            sku,
            category: self.category_of(row),
            unit: self
                .text(row, Field::Unit)
                .or_else(|| self.joined_text(row, Field::Unit)),
            price: self.number(row, Field::Price, origin, |text| Reason::PriceUnreadable {
                text,
            }),
            min_stock: self.number(row, Field::MinStock, origin, |text| Reason::LevelUnusable {
                text,
            }),
            codes,
            brand: self
                .text(row, Field::Brand)
                .or_else(|| self.joined_text(row, Field::Brand)),
            inactive: self
                .text(row, Field::Active)
                .and_then(|text| as_flag(&text))
                == Some(false),
            variant_of: None,
            recurs: self.columns.journal.is_some(),
        }
    }

    /// The group at the end of a path such as `Home > Kitchen`. A stroke stands within names too: it separates nothing.
    fn category_path(&mut self, text: &str) -> Option<usize> {
        text.split('>').fold(None, |parent, name| {
            self.assembly.category(parent, name).or(parent)
        })
    }

    fn is_deleted(&mut self, row: &Row, origin: &Origin) -> bool {
        let deleted = self
            .text(row, Field::Deleted)
            .and_then(|text| as_flag(&text))
            == Some(true);
        if deleted {
            let stock = self
                .columns
                .of(Field::Quantity)
                .and_then(|index| row.cell(index).number(self.columns.list.get(index)?.mark));
            self.assembly
                .skip(origin.clone(), Reason::Deleted { stock });
        }
        deleted
    }

    fn category_of(&mut self, row: &Row) -> Option<usize> {
        let Some(name) = self.text(row, Field::Category) else {
            let around = self.category_around();
            return around.or(self.group);
        };
        let category = self.category_path(&name);
        match self.text(row, Field::Subcategory) {
            Some(name) => self.assembly.category(category, &name),
            None => category,
        }
    }
}
