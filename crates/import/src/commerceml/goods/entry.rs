//! What one product or offer says about itself.

use ombor_core::catalogue::code::CodeInput;
use rust_decimal::Decimal;

use super::{Element, Entry, Goods, Statements};
use crate::{
    assembly::{ProductDraft, squeezed},
    commerceml::{
        exchange::{names_maker, requisites},
        is_unique_in_the_world,
    },
    number::parse_number,
    scanned_code::read_codes,
    skipped::Reason,
    table::values::as_flag,
    unit_name::unit_name,
};

/// Numbers of OKEI are written with three digits or four, `006`; a shorter one is a number that the program itself gave.
const SHORTEST_OKEI: usize = 3;

const FULL_NAME: &str = "Полное наименование";
const MIN_STOCK: &str = "Минимальный остаток";
const OUT_OF_USE: &str = "Не используется";

/// The properties that are taken of a product or an offer. 1C writes what the format has no element for as such pairs.
pub(in crate::commerceml) const REQUISITES: [&str; 3] = [FULL_NAME, MIN_STOCK, OUT_OF_USE];

impl<'x> Goods<'x, '_, '_> {
    /// What the entries of one key say together: the newest first, the others where it says nothing.
    pub(super) fn draft(&mut self, statements: &Statements<'x>) -> ProductDraft {
        let mut draft = ProductDraft::default();
        for entry in statements.iter().rev() {
            self.fill(&mut draft, entry);
        }
        draft.price = self.price_of(statements);
        draft.identity = match (&draft.key, &draft.sku) {
            (Some(key), _) => format!("\u{1f}{key}"),
            (None, Some(article)) => format!("\u{1f}\u{1f}{article}"),
            (None, None) => String::new(),
        };
        draft
    }

    fn fill(&mut self, draft: &mut ProductDraft, entry: &Entry) {
        let element = &entry.element;
        if draft.key.is_none() {
            draft.key = Some(entry.key.clone()).filter(|key| !key.is_empty());
            draft.inactive = requisite(element, OUT_OF_USE).and_then(as_flag) == Some(true);
        }
        if draft.name.is_empty() {
            let name = element
                .any(&["Наименование", "ПолноеНаименование"])
                .or_else(|| requisite(element, FULL_NAME));
            name.unwrap_or_default().clone_into(&mut draft.name);
        }
        if draft.codes.is_empty() {
            draft.codes = self.codes(entry);
        }
        if draft.unit.is_none() {
            draft.unit = self.unit_of(element);
        }
        if draft.min_stock.is_none() {
            draft.min_stock = self.min_stock_of(entry);
        }
        draft.sku = draft.sku.take().or_else(|| {
            element
                .any(&["Артикул", "ИдентификаторВКаталоге"])
                .map(str::to_owned)
        });
        draft.brand = draft.brand.take().or_else(|| {
            element
                .child("Изготовитель")
                .and_then(|maker| maker.value("Наименование"))
                .or_else(|| self.exchange.makers.named_by(element))
                .or_else(|| {
                    let mut pairs = requisites(element);
                    let names_one =
                        |pair: &&Element| pair.value("Наименование").is_some_and(names_maker);
                    pairs.find(names_one)?.value("Значение")
                })
                .map(str::to_owned)
        });
    }

    fn codes(&mut self, entry: &Entry) -> Vec<CodeInput> {
        let mut codes = Vec::new();
        let own = ["Штрихкод", "ШтрихКод", "Штрихкоды"];
        let nested = entry
            .element
            .child("Штрихкоды")
            .into_iter()
            .flat_map(|list| list.all("Штрихкод"));
        let texts: Vec<String> = entry
            .element
            .children
            .iter()
            .filter(|child| own.contains(&child.name.as_str()))
            .chain(nested)
            .map(|child| child.text.clone())
            .chain(
                own.iter()
                    .filter_map(|name| entry.element.attribute(name))
                    .map(str::to_owned),
            )
            .collect();
        for text in texts {
            let read = read_codes(&text, false);
            codes.extend(read.codes);
            for reason in read.refused {
                self.assembly.skip(entry.origin.clone(), reason);
            }
        }
        codes
    }

    fn min_stock_of(&mut self, entry: &Entry) -> Option<Decimal> {
        let text = requisite(&entry.element, MIN_STOCK)?;
        let level = parse_number(text, self.mark);
        if level.is_none() {
            let text = text.to_owned();
            self.assembly
                .skip(entry.origin.clone(), Reason::LevelUnusable { text });
        }
        level
    }

    /// The unit: a word where there is one, else what its key or its number in OKEI stands for, else its full name.
    fn unit_of(&mut self, element: &Element) -> Option<String> {
        let Some(unit) = element.child("БазоваяЕдиница") else {
            return element.value("Единица").map(str::to_owned);
        };
        let text = squeezed(&unit.text);
        if let Some(name) = self.exchange.units.get(&text) {
            return Some(name.clone());
        }
        let is_key = is_unique_in_the_world(&text);
        if !is_key && text.chars().any(char::is_alphabetic) {
            return Some(text);
        }
        let code = Some(text)
            .filter(|text| !text.is_empty() && !is_key)
            .or_else(|| unit.attribute("Код").map(str::to_owned));
        let known = code
            .as_deref()
            .filter(|code| code.trim().len() >= SHORTEST_OKEI)
            .and_then(unit_name)
            .filter(|name| name.chars().any(char::is_alphabetic));
        let found = known
            .or_else(|| {
                [
                    "НаименованиеПолное",
                    "НаименованиеКраткое",
                    "МеждународноеСокращение",
                ]
                .iter()
                .find_map(|name| unit.value(name))
                .map(str::to_owned)
            })
            .or(code);
        self.told.unknown_units += u64::from(is_key && found.is_none());
        found
    }
}

/// A property that is written as a pair of name and value.
fn requisite<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    requisites(element)
        .find(|pair| pair.value("Наименование") == Some(name))?
        .value("Значение")
}

/// The offer's own name, which usually says size and colour; they are added where it does not.
pub(super) fn variant_name(element: &Element, base: &str) -> String {
    let name = element.value("Наименование").unwrap_or(base);
    let values: Vec<&str> = element
        .child("ХарактеристикиТовара")
        .into_iter()
        .flat_map(|list| list.all("ХарактеристикаТовара"))
        .filter_map(|pair| pair.value("Значение"))
        .filter(|value| !name.contains(*value))
        .collect();
    if values.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", values.join(", "))
    }
}
