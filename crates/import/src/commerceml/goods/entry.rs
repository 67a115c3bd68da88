//! What one product or offer says about itself.

use ombor_core::catalogue::code::CodeInput;
use rust_decimal::Decimal;

use super::{Element, Entry, Goods};
use crate::{
    assembly::{ProductDraft, squeezed},
    number::{DecimalMark, parse_number},
    scanned_code::read_codes,
    skipped::Reason,
    table::values::as_flag,
    unit_name::unit_name,
};

const FULL_NAME: &str = "Полное наименование";
const MIN_STOCK: &str = "Минимальный остаток";
const OUT_OF_USE: &str = "Не используется";

/// The properties that are taken of a product or an offer. 1C writes what the format has no element for as such pairs.
pub(in crate::commerceml) const REQUISITES: [&str; 3] = [FULL_NAME, MIN_STOCK, OUT_OF_USE];

impl Goods<'_, '_, '_> {
    pub(super) fn draft(&mut self, entry: &Entry) -> ProductDraft {
        let element = &entry.element;
        let codes = self.codes(entry);
        let name = element
            .any(&["Наименование", "ПолноеНаименование"])
            .or_else(|| requisite(element, FULL_NAME))
            .unwrap_or_default();
        ProductDraft {
            identity: format!("\u{1f}{}", entry.key),
            key: Some(entry.key.clone()).filter(|key| !key.is_empty()),
            name: name.to_owned(),
            sku: element
                .any(&["Артикул", "ИдентификаторВКаталоге"])
                .map(str::to_owned),
            unit: unit_of(element),
            price: self.price_of(entry),
            min_stock: self.min_stock_of(entry),
            codes,
            brand: element
                .child("Изготовитель")
                .and_then(|maker| maker.value("Наименование"))
                .map(str::to_owned),
            inactive: requisite(element, OUT_OF_USE).and_then(as_flag) == Some(true),
            ..ProductDraft::default()
        }
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
        let level = parse_number(text, DecimalMark::Point);
        if level.is_none() {
            let text = text.to_owned();
            self.assembly
                .skip(entry.origin.clone(), Reason::LevelUnusable { text });
        }
        level
    }

    fn price_of(&mut self, entry: &Entry) -> Option<Decimal> {
        let prices = || {
            entry
                .element
                .child("Цены")
                .into_iter()
                .flat_map(|prices| prices.all("Цена"))
        };
        let of_type = prices().find(|price| {
            self.price_type
                .is_some_and(|wanted| price.value("ИдТипаЦены") == Some(wanted))
        });
        let untyped = || prices().next().filter(|_| self.price_type.is_none());
        self.without_price +=
            u64::from(of_type.is_none() && self.price_type.is_some() && prices().next().is_some());
        let (text, per) = match of_type.or_else(untyped) {
            Some(price) => (
                price.any(&["ЦенаЗаЕдиницу", "Цена"])?,
                price.value("Коэффициент"),
            ),
            None => (entry.element.attribute("Цена")?, None),
        };
        let Some(price) =
            parse_number(text, DecimalMark::Point).filter(|price| *price >= Decimal::ZERO)
        else {
            self.assembly.skip(
                entry.origin.clone(),
                Reason::PriceUnreadable {
                    text: text.to_owned(),
                },
            );
            return None;
        };
        let per = per
            .and_then(|text| parse_number(text, DecimalMark::Point))
            .filter(|per| *per > Decimal::ZERO);
        Some(per.and_then(|per| price.checked_div(per)).unwrap_or(price))
    }
}

/// The unit: a word where there is one, else its number in OKEI or its full name.
fn unit_of(element: &Element) -> Option<String> {
    let Some(unit) = element.child("БазоваяЕдиница") else {
        return element.attribute("Единица").map(str::to_owned);
    };
    let text = squeezed(&unit.text);
    if !text.is_empty() && text.chars().any(char::is_alphabetic) {
        return Some(text);
    }
    let code = Some(text)
        .filter(|text| !text.is_empty())
        .or_else(|| unit.attribute("Код").map(str::to_owned));
    let known = code
        .as_deref()
        .and_then(unit_name)
        .filter(|name| name.chars().any(char::is_alphabetic));
    known
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
        .or(code)
}

/// A property that is written as a pair of name and value.
fn requisite<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element
        .child("ЗначенияРеквизитов")?
        .all("ЗначениеРеквизита")
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
