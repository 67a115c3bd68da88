//! What is in stock of a product, in all and by warehouse, in the ways in which the versions write it.

use rust_decimal::Decimal;

use super::{Element, Entry, Goods, Statements};
use crate::{number::parse_number, plan::Disagreement, skipped::Reason};

/// What stock by warehouse lies in: `Склад` in 2.04 to 2.07, `Склады` in 2.05 and 2.08, `Остатки` from 2.09 on, the rest in
/// the exchanges of other programs.
const HOLDERS: &[&str] = &[
    "Склад",
    "Склады",
    "Остатки",
    "Остаток",
    "КоличествоНаСкладах",
    "КоличествоНаСкладе",
    "ОстаткиПоСкладам",
    "ОстаткиПоСкладу",
    "ОстатокПоСкладу",
];

/// What one entry says of the stock.
#[derive(Debug, Default)]
struct Said<'x> {
    /// In all.
    total: Option<Decimal>,
    /// By the key of the warehouse, each once.
    stores: Vec<(Option<&'x str>, Decimal)>,
}

impl Said<'_> {
    fn sum(&self) -> Decimal {
        self.stores.iter().map(|(_, quantity)| quantity).sum()
    }
}

impl<'x> Goods<'x, '_, '_> {
    /// The newest file that speaks of the stock is right: what it says by warehouse, unless a newer one has another total.
    pub(super) fn take_balances(&mut self, statements: &Statements<'x>, product: usize) {
        let said: Vec<(&Entry, Said<'x>)> = statements
            .iter()
            .map(|entry| (*entry, self.said_by(entry)))
            .collect();
        let total = said
            .iter()
            .rev()
            .find_map(|(entry, said)| Some((*entry, said.total?)));
        let Some((newest, stores)) = by_store(&said) else {
            if let Some((entry, total)) = total {
                self.assembly.balance(&entry.origin, product, None, total);
            }
            return;
        };
        let sum = stores.sum();
        match total {
            Some((entry, total)) if entry.file > newest.file && total != sum => {
                self.assembly.balance(&entry.origin, product, None, total);
            }
            total => {
                for (store, quantity) in stores.stores {
                    let place = store.and_then(|key| {
                        let name = self.exchange.warehouses.get(key);
                        self.assembly.place(name.map_or(key, String::as_str))
                    });
                    self.assembly
                        .balance(&newest.origin, product, place, quantity);
                }
                let of_the_same_file = total.filter(|(entry, _)| entry.file == newest.file);
                self.compare(
                    newest,
                    product,
                    sum,
                    of_the_same_file.map(|(_, total)| total),
                );
            }
        }
    }

    fn compare(&mut self, entry: &Entry, product: usize, sum: Decimal, total: Option<Decimal>) {
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

    fn said_by(&mut self, entry: &'x Entry) -> Said<'x> {
        let total = entry
            .element
            .value("Количество")
            .and_then(|text| self.quantity(entry, text));
        let mut found = Vec::new();
        find_stores(&entry.element, &mut found);
        let mut stores: Vec<(Option<&str>, Decimal)> = Vec::new();
        for (store, text) in found {
            let Some(quantity) = self.quantity(entry, text) else {
                continue;
            };
            match stores.iter_mut().find(|(known, _)| *known == store) {
                Some((_, sum)) => *sum += quantity,
                None => stores.push((store, quantity)),
            }
        }
        let placed: Decimal = stores
            .iter()
            .filter(|(store, _)| store.is_some())
            .map(|(_, quantity)| quantity)
            .sum();
        // A rest without a warehouse beside those of the warehouses is what they add up to.
        if stores.len() > 1 && stores.contains(&(None, placed)) {
            stores.retain(|(store, _)| store.is_some());
        }
        Said { total, stores }
    }

    fn quantity(&mut self, entry: &Entry, text: &str) -> Option<Decimal> {
        let quantity = parse_number(text, self.mark);
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
}

/// The stock by warehouse of the newest file that has it: a file may say it in one entry for each warehouse, and the same
/// in several price lists.
fn by_store<'x>(said: &[(&'x Entry, Said<'x>)]) -> Option<(&'x Entry, Said<'x>)> {
    let (newest, _) = said.iter().rfind(|(_, said)| !said.stores.is_empty())?;
    let mut stores: Vec<(Option<&str>, Decimal)> = Vec::new();
    let of_the_file = said.iter().filter(|(entry, _)| entry.file == newest.file);
    for (store, quantity) in of_the_file.flat_map(|(_, said)| &said.stores) {
        match stores.iter_mut().find(|(known, _)| known == store) {
            Some((_, last)) => *last = *quantity,
            None => stores.push((*store, *quantity)),
        }
    }
    let total = None;
    Some((*newest, Said { total, stores }))
}

fn find_stores<'x>(element: &'x Element, found: &mut Vec<(Option<&'x str>, &'x str)>) {
    let holders = element
        .children
        .iter()
        .filter(|child| HOLDERS.contains(&child.name.as_str()));
    for holder in holders {
        let before = found.len();
        find_stores(holder, found);
        let quantity = holder.any(&["КоличествоНаСкладе", "Количество"]);
        if let Some(quantity) = quantity.filter(|_| found.len() == before) {
            found.push((key_of_store(holder), quantity));
        }
    }
}

/// The key of the warehouse, or what stands there instead.
fn key_of_store(holder: &Element) -> Option<&str> {
    holder
        .any(&["ИдСклада", "Ид"])
        .or_else(|| holder.child("Склад")?.value("Ид"))
        .or_else(|| holder.any(&["Склад", "Наименование"]))
}
