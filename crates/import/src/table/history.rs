//! What lists of purchases and sales add up to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    assembly::Assembly,
    plan::{Direction, Disagreement, OldMovement},
    skipped::{Note, Origin},
};

/// Every movement of the lists of an import.
#[derive(Debug, Default)]
pub struct History {
    count: u64,
    sums: BTreeMap<(usize, Option<usize>), Decimal>,
    came: bool,
    went: bool,
    /// Whether some went nobody knows which way.
    unclear: bool,
}

impl History {
    /// Keeps a movement to be read, and adds it up. A return says nothing about whether the list knows both ways.
    pub fn keep(
        &mut self,
        movement: OldMovement,
        place: Option<usize>,
        is_return: bool,
        assembly: &mut Assembly<'_>,
    ) {
        self.count += 1;
        if let (Some(product), Some(quantity)) = (movement.product, movement.quantity) {
            let sum = self.sums.entry((product, place)).or_default();
            match movement.direction {
                Some(Direction::In) => {
                    self.came |= !is_return;
                    *sum = sum.saturating_add(quantity);
                }
                Some(Direction::Out) => {
                    self.went |= !is_return;
                    *sum = sum.saturating_sub(quantity);
                }
                None => self.unclear = true,
            }
        }
        assembly.movement(movement);
    }

    /// Where goods came and went and no list says what is there, the difference is the stock; where one does, it is compared
    /// with it. Purchases or sales alone say nothing about the stock.
    pub fn settle(self, assembly: &mut Assembly<'_>) {
        if self.count == 0 {
            return;
        }
        let note = Note::History { count: self.count };
        assembly.note(Origin::everything(), note);
        let knows_both = self.came && self.went && !self.unclear;
        match (knows_both, assembly.has_balances()) {
            (true, true) => self.compare(assembly),
            (true, false) => self.take(assembly),
            (false, true) => assembly.note(Origin::everything(), Note::OneWayMovements),
            (false, false) => assembly.note(Origin::everything(), Note::StockUnknown),
        }
    }

    fn take(self, assembly: &mut Assembly<'_>) {
        let mut count = 0;
        for ((product, place), sum) in self.sums {
            if let Some(origin) = assembly.product(product).map(|known| known.origin.clone()) {
                count += 1;
                assembly.balance(&origin, product, place, sum.normalize());
            }
        }
        assembly.note(Origin::everything(), Note::StockFromMovements { count });
    }

    fn compare(self, assembly: &mut Assembly<'_>) {
        let mut by_product: BTreeMap<usize, Decimal> = BTreeMap::new();
        for ((product, _), sum) in self.sums {
            let all = by_product.entry(product).or_default();
            *all = all.saturating_add(sum);
        }
        let in_stock = assembly.stock_by_product();
        for (product, movements) in by_product {
            let stock = in_stock.get(&product).copied().unwrap_or_default();
            let Some(known) = assembly.product(product).filter(|_| stock != movements) else {
                continue;
            };
            let disagreement = Disagreement {
                origin: known.origin.clone(),
                product: known.name.to_string(),
                stock: stock.normalize(),
                movements: movements.normalize(),
            };
            assembly.disagree(disagreement);
        }
    }
}
