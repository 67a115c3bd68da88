//! Opening balances: what of the old stock is posted, and what is told instead.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;

use super::{
    known::{Balances, Known},
    old::{Balance, OldWarehouse},
    planning::Rows,
    report::{Difference, Left, LeftReason, TakenOver},
};
use crate::{
    id::{LocationId, MovementId, ProductId},
    quantity::Quantity,
    stock::posting::Line,
};

/// What is to be posted, place by place.
#[derive(Default)]
pub(super) struct Openings {
    pub(super) lines: BTreeMap<LocationId, Vec<Line>>,
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
        ledger: &Balances,
        report: &mut TakenOver,
    ) -> Self {
        let mut openings = Self::default();
        let ends = |balance: &Balance| {
            let id = rows.products.get(balance.product).copied()?;
            Some((id, places.of(balance.place)))
        };
        let mut totals = Balances::with_capacity(old.balances.len());
        for balance in old.balances {
            if let Some(ends) = ends(balance) {
                *totals.entry(ends).or_default() += balance.quantity.as_decimal();
            }
        }
        let mut said = HashSet::new();
        for balance in old.balances {
            let (Some(product), Some((id, place))) =
                (old.products.get(balance.product), ends(balance))
            else {
                continue;
            };
            if let Some(on_hand) = ledger.get(&(id, place)).copied() {
                let opened = known.opened.get(&(id, place)).copied();
                let total = totals.get(&(id, place)).copied().unwrap_or_default();
                if said.insert((id, place)) && opened.unwrap_or(on_hand) != total {
                    report.differences.push(Difference {
                        origin: product.origin.clone(),
                        product: product.name.to_string(),
                        place: balance
                            .place
                            .and_then(|place| old.places.get(place).cloned()),
                        old: total,
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
                openings.open(id, place, balance.quantity);
            }
        }
        if !old.balances.is_empty() {
            gone(old, rows, places, known, ledger, &totals, report);
        }
        // The order in which every index takes them.
        for lines in openings.lines.values_mut() {
            lines.sort_by_key(|line| line.product_id);
        }
        openings
    }

    /// How many balances are opened.
    pub(super) fn len(&self) -> usize {
        self.lines.values().map(Vec::len).sum()
    }

    fn open(&mut self, product: ProductId, place: LocationId, quantity: Quantity) {
        self.lines.entry(place).or_default().push(Line {
            movement_id: MovementId::generate(),
            product_id: product,
            lot_id: None,
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
    ledger: &Balances,
    totals: &Balances,
    report: &mut TakenOver,
) {
    if known.opened.is_empty() {
        return;
    }
    let old_places: BTreeMap<LocationId, Option<&String>> = (0..old.places.len())
        .map(|place| (places.of(Some(place)), old.places.get(place)))
        .chain([(places.of(None), None)])
        .collect();
    for (product, id) in old.products.iter().zip(&rows.products) {
        for (location, place) in &old_places {
            let ends = (*id, *location);
            if let Some(opened) = known.opened.get(&ends)
                && !totals.contains_key(&ends)
            {
                report.differences.push(Difference {
                    origin: product.origin.clone(),
                    product: product.name.to_string(),
                    place: place.cloned(),
                    old: Decimal::ZERO,
                    opened: Some(*opened),
                    on_hand: ledger.get(&ends).copied().unwrap_or_default(),
                });
            }
        }
    }
}
