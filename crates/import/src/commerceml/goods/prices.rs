//! The one price that Ombor keeps, of the several that 1C writes.

use rust_decimal::Decimal;

use super::{Element, Entry, Goods, Statements};
use crate::{
    commerceml::exchange::PriceType,
    number::parse_number,
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

/// What a shop buys for is called so: taken only if there is no other.
const BUYING: &[&str] = &[
    "закуп",
    "себесто",
    "учетн",
    "учётн",
    "приход",
    "входн",
    "поставщ",
    "purchase",
    "cost",
    "tannarx",
    "xarid",
];

impl<'x> Goods<'x, '_, '_> {
    pub(super) fn choose_price_type(&mut self) {
        let exchange = self.exchange;
        let types = &exchange.price_types;
        let chosen = preferred(types.iter(), |kind| &kind.name);
        let Some(chosen) = chosen else { return };
        // Each of several catalogues has its own key for a type of the same name.
        let (taken, left): (Vec<&PriceType>, Vec<&PriceType>) = types
            .iter()
            .partition(|kind| kind.name.to_lowercase() == chosen.name.to_lowercase());
        self.price_types = taken.iter().map(|kind| kind.key.as_str()).collect();
        let left: Vec<&str> = left.iter().map(|kind| kind.name.as_str()).collect();
        if !left.is_empty() {
            let note = Note::PriceTypes {
                taken: chosen.name.clone(),
                left: left.join(", "),
            };
            self.assembly.note(Origin::everything(), note);
        }
    }

    /// The newest price of the type that was chosen, for one unit.
    pub(super) fn price_of(&mut self, statements: &Statements<'x>) -> Option<Decimal> {
        let found = statements
            .iter()
            .rev()
            .find_map(|entry| Some((*entry, self.price_in(entry)?)));
        let Some((entry, price)) = found else {
            let has_others = statements.iter().any(|entry| says_price(&entry.element));
            self.told.without_price += u64::from(has_others);
            return None;
        };
        let text = price.any(&["ЦенаЗаЕдиницу", "Цена"])?;
        let Some(amount) = parse_number(text, self.mark).filter(|amount| *amount >= Decimal::ZERO)
        else {
            self.assembly.skip(
                entry.origin.clone(),
                Reason::PriceUnreadable {
                    text: text.to_owned(),
                },
            );
            return None;
        };
        let list = price.value("ИдТипаЦены").or(entry.price_list.as_deref());
        let currency = price.value("Валюта").or_else(|| self.currency_of(list));
        if let Some(currency) = currency {
            *self.told.currencies.entry(currency).or_default() += 1;
        }
        let per = price
            .value("Коэффициент")
            .and_then(|text| parse_number(text, self.mark))
            .filter(|per| *per > Decimal::ZERO);
        Some(
            per.and_then(|per| amount.checked_div(per))
                .unwrap_or(amount),
        )
    }

    fn currency_of(&self, price_type: Option<&str>) -> Option<&'x str> {
        let exchange = self.exchange;
        let mut kinds = exchange.price_types.iter();
        let kind = kinds.find(|kind| Some(kind.key.as_str()) == price_type)?;
        kind.currency.as_deref()
    }

    fn is_taken(&self, price_type: Option<&str>) -> bool {
        price_type.is_some_and(|key| self.price_types.contains(&key))
    }

    /// What holds the price in an entry: one of its prices, or the entry itself where it has just one.
    fn price_in(&self, entry: &'x Entry) -> Option<&'x Element> {
        let element = &entry.element;
        let prices: Vec<&Element> = element
            .all("Цены")
            .flat_map(|prices| prices.all("Цена"))
            .filter(|price| price.any(&["ЦенаЗаЕдиницу", "Цена"]).is_some())
            .collect();
        let of_type = prices
            .iter()
            .find(|price| self.is_taken(price.value("ИдТипаЦены")))
            .copied();
        let may_be_any =
            |price: &&&Element| self.price_types.is_empty() || price.value("ИдТипаЦены").is_none();
        let any = || {
            preferred(prices.iter().filter(may_be_any), |price| {
                price.value("Представление").unwrap_or_default()
            })
            .copied()
        };
        let list = entry.price_list.as_deref();
        let is_of_list = list.is_none() || self.is_taken(list);
        let itself = || {
            let has_one = element.any(&["ЦенаЗаЕдиницу", "Цена"]).is_some();
            Some(element).filter(|_| is_of_list && has_one)
        };
        of_type.or_else(any).or_else(itself)
    }
}

fn says_price(element: &Element) -> bool {
    element.any(&["ЦенаЗаЕдиницу", "Цена"]).is_some()
        || element
            .all("Цены")
            .any(|prices| prices.child("Цена").is_some())
}

/// The first that is called a price for sale, else the first that is not called one for purchase, else the first.
fn preferred<T>(mut of: impl Iterator<Item = T> + Clone, name: impl Fn(&T) -> &str) -> Option<T> {
    let says = |kind: &T, stem: &str| name(kind).to_lowercase().contains(stem);
    SELLING
        .iter()
        .find_map(|stem| of.clone().find(|kind| says(kind, stem)))
        .or_else(|| {
            of.clone()
                .find(|kind| !BUYING.iter().any(|stem| says(kind, stem)))
        })
        .or_else(|| of.next())
}
