//! Goods and offers of an exchange into the plan.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::{
    element::Element,
    exchange::{Entry, Exchange},
};
use crate::{
    assembly::{Assembly, ProductDraft, squeezed},
    number::{DecimalMark, parse_number},
    plan::Disagreement,
    scanned_code::read_codes,
    skipped::{Note, Origin, Reason},
};

/// What a shop sells for is called so, in the order of preference.
const SELLING: &[&str] = &[
    "рознич",
    "розн",
    "retail",
    "чакана",
    "chakana",
    "продаж",
    "sotuv",
    "сату",
    "sale",
];

/// An exchange on its way into the plan.
pub struct Goods<'x, 'a, 'p> {
    exchange: &'x Exchange,
    assembly: &'a mut Assembly<'p>,
    categories: HashMap<&'x str, usize>,
    products: HashMap<&'x str, usize>,
    deleted: HashSet<&'x str>,
    price_type: Option<&'x str>,
    unknown_groups: u64,
    pictures: u64,
}

impl<'x, 'a, 'p> Goods<'x, 'a, 'p> {
    /// Takes groups, goods and offers into the plan.
    pub fn take(exchange: &'x Exchange, assembly: &'a mut Assembly<'p>) {
        let mut this = Self {
            exchange,
            assembly,
            categories: HashMap::new(),
            products: HashMap::new(),
            deleted: HashSet::new(),
            price_type: None,
            unknown_groups: 0,
            pictures: 0,
        };
        this.take_groups();
        this.choose_price_type();
        for entry in &exchange.goods {
            this.take_product(entry);
        }
        for entry in &exchange.offers {
            this.take_offer(entry);
        }
        this.tell();
    }

    /// Groups after the groups around them; 1C 7.7 writes them in any order. A ring of groups is cut open.
    fn take_groups(&mut self) {
        let exchange = self.exchange;
        let by_key: HashMap<&str, usize> = exchange
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.key.as_str(), at))
            .collect();
        for (at, _) in exchange.groups.iter().enumerate() {
            let mut path = vec![at];
            let mut current = at;
            while let Some(above) = exchange
                .groups
                .get(current)
                .and_then(|group| by_key.get(group.parent.as_deref()?))
                .copied()
            {
                if path.contains(&above) {
                    break;
                }
                path.push(above);
                current = above;
            }
            let mut parent = None;
            for group in path
                .into_iter()
                .rev()
                .filter_map(|at| exchange.groups.get(at))
            {
                let category = match self.categories.get(group.key.as_str()).copied() {
                    Some(known) => Some(known),
                    None => self.assembly.category(parent, &group.name),
                };
                if let Some(category) = category {
                    self.categories.insert(&group.key, category);
                    parent = Some(category);
                }
            }
        }
    }

    fn choose_price_type(&mut self) {
        let types = &self.exchange.price_types;
        let says = |name: &str, stem: &&&str| name.to_lowercase().contains(**stem);
        let chosen = SELLING
            .iter()
            .find_map(|stem| types.iter().find(|(_, name)| says(name, &stem)))
            .or_else(|| types.first());
        let Some((key, name)) = chosen else { return };
        self.price_type = Some(key);
        let left: Vec<&str> = types
            .iter()
            .filter(|(other, _)| other != key)
            .map(|(_, name)| name.as_str())
            .collect();
        if !left.is_empty() {
            let note = Note::PriceTypes {
                taken: name.clone(),
                left: left.join(", "),
            };
            self.assembly.note(Origin::whole(""), note);
        }
    }

    fn take_product(&mut self, entry: &'x Entry) {
        let element = &entry.element;
        if element.is_deleted() {
            self.deleted.insert(&entry.key);
            self.assembly
                .skip(entry.origin.clone(), Reason::Deleted { stock: None });
            return;
        }
        self.pictures += element
            .all("Картинка")
            .filter(|picture| !picture.text.trim().is_empty())
            .count() as u64;
        let mut draft = self.draft(entry);
        draft.category = self.category_of(element);
        if let Some(product) = self.assembly.keep(entry.origin.clone(), draft) {
            self.products.insert(&entry.key, product);
            // A catalogue may carry stock itself.
            self.take_balances(entry, product);
        }
    }

    fn category_of(&mut self, element: &Element) -> Option<usize> {
        let named = element
            .child("Группы")
            .and_then(|groups| groups.value("Ид"))
            .or_else(|| element.any(&["Родитель", "ИдГруппы"]))?;
        let known = self.categories.get(named).copied();
        self.unknown_groups += u64::from(known.is_none());
        known
    }

    fn draft(&mut self, entry: &Entry) -> ProductDraft {
        let element = &entry.element;
        let codes = self.codes(entry);
        let name = element
            .any(&["Наименование", "ПолноеНаименование"])
            .or_else(|| requisite(element, "Полное наименование"))
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
            codes,
            brand: element
                .child("Изготовитель")
                .and_then(|maker| maker.value("Наименование"))
                .map(str::to_owned),
            ..ProductDraft::default()
        }
    }

    fn codes(&mut self, entry: &Entry) -> Vec<ombor_core::catalogue::code::ProductCode> {
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

    fn take_offer(&mut self, entry: &'x Entry) {
        let (product_key, characteristic) = match entry.key.split_once('#') {
            Some((product, characteristic)) => (product, characteristic),
            None => (entry.key.as_str(), ""),
        };
        let Some(product) = self.products.get(product_key).copied() else {
            self.skip_offer(entry, product_key);
            return;
        };
        if entry.element.is_deleted() {
            self.assembly
                .skip(entry.origin.clone(), Reason::Deleted { stock: None });
            return;
        }
        let mut draft = self.draft(entry);
        let target = if characteristic.is_empty() || characteristic == product_key {
            self.assembly.complete(product, &entry.origin, draft);
            Some(product)
        } else {
            draft.variant_of = Some(product);
            // The article is the product's; a variant has a code of its own, if any.
            draft.sku = None;
            let base = self.assembly.product(product);
            draft.category = base.and_then(|base| base.category);
            draft.name = variant_name(
                &entry.element,
                base.map(|base| base.name.as_str()).unwrap_or_default(),
            );
            self.assembly.keep(entry.origin.clone(), draft)
        };
        if let Some(target) = target {
            self.take_balances(entry, target);
        }
    }

    fn skip_offer(&mut self, entry: &Entry, product_key: &str) {
        let product = product_key.to_owned();
        let reason = if self.deleted.contains(product_key) {
            Reason::Deleted { stock: None }
        } else if self.exchange.goods.is_empty() {
            Reason::CatalogueMissing { product }
        } else {
            Reason::ProductUnknown { product }
        };
        self.assembly.skip(entry.origin.clone(), reason);
    }

    fn take_balances(&mut self, entry: &Entry, product: usize) {
        let element = &entry.element;
        let total = element
            .any(&["Количество"])
            .and_then(|text| self.quantity(entry, text));
        let stores: Vec<(Option<&str>, &str)> = element
            .all("Склад")
            .chain(
                element
                    .child("Остатки")
                    .into_iter()
                    .flat_map(|rests| rests.all("Остаток"))
                    .map(|rest| rest.child("Склад").unwrap_or(rest)),
            )
            .filter_map(|store| {
                let quantity = store.any(&["КоличествоНаСкладе", "Количество"])?;
                Some((store.any(&["ИдСклада", "Ид"]), quantity))
            })
            .collect();
        if stores.is_empty() {
            if let Some(total) = total {
                self.assembly.balance(&entry.origin, product, None, total);
            }
            return;
        }
        let mut sum = Decimal::ZERO;
        for (store, text) in stores {
            let Some(quantity) = self.quantity(entry, text) else {
                continue;
            };
            sum += quantity;
            let place = store.and_then(|key| {
                let name = self
                    .exchange
                    .warehouses
                    .get(key)
                    .map_or(key, String::as_str);
                self.assembly.place(name)
            });
            self.assembly
                .balance(&entry.origin, product, place, quantity);
        }
        if let (Some(total), Some(known)) = (
            total.filter(|total| *total != sum),
            self.assembly.product(product),
        ) {
            let disagreement = Disagreement {
                origin: entry.origin.clone(),
                product: known.name.to_string(),
                stock: sum,
                movements: total,
            };
            self.assembly.disagree(disagreement);
        }
    }

    fn quantity(&mut self, entry: &Entry, text: &str) -> Option<Decimal> {
        let quantity = parse_number(text, DecimalMark::Point);
        if quantity.is_none() {
            self.assembly.skip(
                entry.origin.clone(),
                Reason::QuantityUnreadable {
                    text: text.to_owned(),
                },
            );
        }
        quantity
    }

    fn tell(&mut self) {
        if self.exchange.goods.is_empty() && !self.exchange.offers.is_empty() {
            self.assembly
                .note(Origin::whole(""), Note::CatalogueMissing);
        }
        if self.unknown_groups > 0 {
            self.assembly.note(
                Origin::whole(""),
                Note::GroupsUnknown {
                    count: self.unknown_groups,
                },
            );
        }
        if self.pictures > 0 {
            self.assembly.note(
                Origin::whole(""),
                Note::Pictures {
                    count: self.pictures,
                },
            );
        }
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
        .and_then(crate::unit_name::unit_name)
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

/// A property that 1C writes as a pair of name and value.
fn requisite<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element
        .child("ЗначенияРеквизитов")?
        .all("ЗначениеРеквизита")
        .find(|pair| pair.value("Наименование") == Some(name))?
        .value("Значение")
}

/// The offer's own name, which usually says size and colour; they are added where it does not.
fn variant_name(element: &Element, base: &str) -> String {
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
