//! What a record says, checked and turned into the warehouse's own types; what does not fit is told.

use ombor_core::{
    catalogue::{
        code::{CodeInput, CodeKind},
        product::Sku,
    },
    money::Money,
    name::Name,
    quantity::StockLevel,
};
use rust_decimal::Decimal;

use super::{Assembly, ProductDraft};
use crate::{
    number::rounded,
    plan::Product,
    skipped::{Origin, Reason},
};

const LONGEST_NAME: usize = 200;

impl Assembly<'_> {
    pub(super) fn product_from(
        &mut self,
        origin: &Origin,
        name: Name,
        index: usize,
        draft: ProductDraft,
    ) -> Product {
        let codes = self.free_codes(origin, index, draft.codes);
        Product {
            origin: origin.clone(),
            key: draft.key,
            name,
            sku: draft.sku.and_then(|sku| self.free_sku(origin, index, &sku)),
            category: draft.category,
            unit: draft.unit.and_then(|unit| self.unit(&unit)),
            price: draft.price.and_then(|price| self.money(origin, price)),
            min_stock: draft.min_stock.and_then(|level| self.level(origin, level)),
            codes,
            brand: draft
                .brand
                .map(|brand| squeezed(&brand))
                .filter(|brand| !brand.is_empty()),
            active: !draft.inactive,
            variant_of: draft.variant_of,
        }
    }

    fn level(&mut self, origin: &Origin, level: Decimal) -> Option<StockLevel> {
        let accepted = StockLevel::try_from(rounded(level, 3)).ok();
        if accepted.is_none() {
            let text = level.to_string();
            self.skip(origin.clone(), Reason::LevelUnusable { text });
        }
        accepted
    }

    pub(super) fn free_codes(
        &mut self,
        origin: &Origin,
        index: usize,
        codes: Vec<CodeInput>,
    ) -> Vec<CodeInput> {
        let mut free = Vec::with_capacity(codes.len());
        for input in codes {
            let code = &input.code;
            match self.by_code.get(code.as_str()).copied() {
                Some(holder) if holder != index => {
                    let holder = self
                        .plan
                        .products
                        .get(holder)
                        .map_or_else(|| origin.clone(), |product| product.origin.clone());
                    self.skip(
                        origin.clone(),
                        Reason::CodeTaken {
                            code: code.to_string(),
                            holder,
                        },
                    );
                }
                _ => {
                    let digits = code.as_str();
                    let looks_numbered = matches!(digits.len(), 8 | 12 | 13 | 14)
                        && digits.bytes().all(|byte| byte.is_ascii_digit());
                    if looks_numbered && CodeKind::of(code) == CodeKind::Other {
                        self.tally.wrong_check_digits += 1;
                    }
                    self.by_code.insert(code.to_string(), index);
                    free.push(input);
                }
            }
        }
        free
    }

    pub(super) fn free_sku(&mut self, origin: &Origin, index: usize, sku: &str) -> Option<Sku> {
        let text = squeezed(sku);
        if text.is_empty() {
            return None;
        }
        let Ok(sku) = Sku::parse(&text) else {
            self.skip(origin.clone(), Reason::SkuUnusable { sku: text });
            return None;
        };
        if let Some(holder) = self
            .by_sku
            .get(&text)
            .copied()
            .filter(|holder| *holder != index)
        {
            let holder = self
                .plan
                .products
                .get(holder)
                .map_or_else(|| origin.clone(), |product| product.origin.clone());
            self.skip(origin.clone(), Reason::SkuTaken { sku: text, holder });
            return None;
        }
        self.by_sku.insert(text, index);
        Some(sku)
    }

    pub(super) fn money(&mut self, origin: &Origin, amount: Decimal) -> Option<Money> {
        let whole = rounded(amount, 2);
        if whole != amount {
            self.tally.rounded += 1;
        }
        let money = Money::parse(&whole.normalize().to_string()).ok();
        if money.is_none() {
            self.skip(
                origin.clone(),
                Reason::PriceUnreadable {
                    text: amount.to_string(),
                },
            );
        }
        money
    }

    pub(super) fn name_from(&mut self, text: &str) -> Option<Name> {
        let mut text = squeezed(text);
        if text.chars().count() > LONGEST_NAME {
            self.tally.shortened += 1;
            text = text.chars().take(LONGEST_NAME).collect();
        }
        Name::parse(&text).ok()
    }
}

/// The text without control characters and with single spaces.
pub fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}
