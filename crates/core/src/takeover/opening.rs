//! Opening balances: what of the old stock is posted, and what is told instead.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_decimal::Decimal;

use super::{
    identity::balance_key,
    known::{Known, Ledger},
    old::{OldWarehouse, Product},
    planning::Rows,
    report::{Difference, Left, LeftReason, TakenOver},
};
use crate::{
    id::{LocationId, MovementId, ProductId},
    quantity::Quantity,
    stock::posting::Line,
};

/// A balance that is opened, under its key.
pub(super) struct OpenedBalance {
    pub(super) key: String,
    pub(super) product: ProductId,
    pub(super) quantity: Quantity,
}

/// What is to be posted, place by place.
#[derive(Default)]
pub(super) struct Openings {
    pub(super) lines: BTreeMap<LocationId, Vec<Line>>,
    pub(super) balances: Vec<OpenedBalance>,
}

/// The places of the old data as ours.
pub(super) struct Places {
    pub(super) named: Vec<LocationId>,
    pub(super) default: LocationId,
}

impl Places {
    fn of(&self, place: Option<usize>) -> LocationId {
        place
            .and_then(|place| self.named.get(place).copied())
            .unwrap_or(self.default)
    }
}

impl Openings {
    pub(super) fn plan(
        old: &OldWarehouse<'_>,
        rows: &Rows<'_>,
        places: &Places,
        known: &Known,
        ledger: &Ledger,
        report: &mut TakenOver,
    ) -> Self {
        let mut openings = Self::default();
        let mut said = HashSet::new();
        for balance in old.balances {
            let (Some(product), Some(id), Some(key)) = (
                old.products.get(balance.product),
                rows.products.get(balance.product).copied(),
                rows.keys.get(balance.product),
            ) else {
                continue;
            };
            let place_name = balance.place.and_then(|place| old.places.get(place));
            let place = places.of(balance.place);
            let key = balance_key(key, place_name.map(String::as_str));
            let opened = known.opened.get(&key).copied();
            if let Some(on_hand) = ledger.get(&(id, place)).copied() {
                let old_quantity = balance.quantity.as_decimal();
                if opened.unwrap_or(on_hand) != old_quantity {
                    report.differences.push(Difference {
                        origin: product.origin.clone(),
                        product: product.name.to_string(),
                        place: place_name.cloned(),
                        old: old_quantity,
                        opened,
                        on_hand,
                    });
                }
            } else if known
                .products
                .get(&id)
                .is_some_and(|product| !product.active)
            {
                report.left.push(Left {
                    origin: product.origin.clone(),
                    reason: LeftReason::ProductInactive {
                        quantity: balance.quantity.as_decimal(),
                    },
                });
            } else {
                openings.open(key.clone(), id, place, balance.quantity);
            }
            said.insert(key);
        }
        if !old.balances.is_empty() {
            gone(old, rows, places, known, ledger, &said, report);
        }
        openings
    }

    fn open(&mut self, key: String, product: ProductId, place: LocationId, quantity: Quantity) {
        self.lines.entry(place).or_default().push(Line {
            movement_id: MovementId::generate(),
            product_id: product,
            lot_id: None,
            quantity,
        });
        self.balances.push(OpenedBalance {
            key,
            product,
            quantity,
        });
    }
}

/// Balances that were opened once and of which the old program has nothing any more.
fn gone(
    old: &OldWarehouse<'_>,
    rows: &Rows<'_>,
    places: &Places,
    known: &Known,
    ledger: &Ledger,
    said: &HashSet<String>,
    report: &mut TakenOver,
) {
    if known.opened.is_empty() {
        return;
    }
    let all_places = || (0..old.places.len()).map(Some).chain([None]);
    let by_key: HashMap<String, (&Product, ProductId, Option<usize>)> = old
        .products
        .iter()
        .zip(rows.keys.iter().zip(&rows.products))
        .flat_map(|(product, (key, id))| {
            all_places().map(move |place| {
                let name = place.and_then(|place| old.places.get(place));
                let key = balance_key(key, name.map(String::as_str));
                (key, (product, *id, place))
            })
        })
        .collect();
    let mut keys: Vec<(&String, &Decimal)> = known
        .opened
        .iter()
        .filter(|(key, _)| !said.contains(*key))
        .collect();
    keys.sort_unstable();
    for (key, opened) in keys {
        if let Some((product, id, place)) = by_key.get(key) {
            let on_hand = ledger.get(&(*id, places.of(*place))).copied();
            report.differences.push(Difference {
                origin: product.origin.clone(),
                product: product.name.to_string(),
                place: place.and_then(|place| old.places.get(place).cloned()),
                old: Decimal::ZERO,
                opened: Some(*opened),
                on_hand: on_hand.unwrap_or_default(),
            });
        }
    }
}
