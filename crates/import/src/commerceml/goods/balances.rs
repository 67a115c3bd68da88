//! What is in stock of a product, in all and by warehouse.

use rust_decimal::Decimal;

use super::{Entry, Goods};
use crate::{
    number::{DecimalMark, parse_number},
    plan::Disagreement,
    skipped::Reason,
};

impl Goods<'_, '_, '_> {
    pub(super) fn take_balances(&mut self, entry: &Entry, product: usize) {
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
}
