//! The name of a product, wherever its row says it.

use super::{Row, RowReader};
use crate::lexicon::Field;

/// What web shops write as the only variant of a product without variants.
const NO_VARIANT: &str = "Default Title";

impl RowReader<'_, '_, '_> {
    /// The name without the fields that are joined to it.
    pub(super) fn name_of(&self, row: &Row) -> String {
        let text = self
            .columns
            .of(Field::Name)
            .map(|index| row.cell(index).text())
            .unwrap_or_default();
        match self.columns.joined.len() {
            0 | 1 => text.into_owned(),
            parts => text
                .rsplitn(parts, ',')
                .last()
                .unwrap_or_default()
                .trim()
                .to_owned(),
        }
    }

    /// The name with the traits that stand in columns of their own, unless it says them already.
    pub(super) fn with_traits(&self, row: &Row, name: String) -> String {
        let traits: Vec<_> = self
            .columns
            .all_of(Field::Variant)
            .map(|(index, _)| row.cell(index).text())
            .filter(|text| !text.is_empty() && text != NO_VARIANT && !name.contains(text.as_ref()))
            .collect();
        if traits.is_empty() || name.is_empty() {
            name
        } else {
            format!("{name} ({})", traits.join(", "))
        }
    }

    /// A name of what a list without names says: the kind of goods, else who makes them, and the article.
    pub(super) fn composed_name(&self, row: &Row) -> String {
        let kind = self
            .text(row, Field::Category)
            .or_else(|| self.text(row, Field::Brand));
        match (kind, self.text(row, Field::Sku)) {
            (Some(kind), Some(sku)) => self.with_traits(row, format!("{kind} {sku}")),
            (_, sku) => self.with_traits(row, sku.unwrap_or_default()),
        }
    }

    /// One of the fields that are joined to the name; they stand at the end, because names have commas too.
    pub(super) fn joined_text(&self, row: &Row, field: Field) -> Option<String> {
        let joined = &self.columns.joined;
        let from_end = joined.iter().rev().position(|known| *known == field)?;
        let text = row.cell(self.columns.of(Field::Name)?).text();
        let part = text.rsplitn(joined.len(), ',').nth(from_end)?.trim();
        (!part.is_empty()).then(|| part.to_owned())
    }
}
