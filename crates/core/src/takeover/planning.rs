//! The rows to write: which old record is which product of ours, and what of it is new.

use std::collections::HashSet;

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    identity::keys_of,
    known::Known,
    old::{Category, OldWarehouse, Product, User},
    report::{Left, LeftReason, TakenOver},
};
use crate::{
    catalogue::{
        code::{CodeInput, CodeKind},
        product::{GIVEN_SKU_PREFIX, Sku},
        search_text,
    },
    id::{CategoryId, ProductId, UnitId, UserId},
    money::Money,
    quantity::StockLevel,
};

const LONGEST_CATEGORY: usize = 200;

/// Where a product has no unit it is counted in pieces.
const PIECES: &str = "dona";

/// A product as the database takes it.
pub(super) struct ProductRow<'a> {
    pub(super) id: ProductId,
    pub(super) old: &'a Product,
    pub(super) sku: String,
    pub(super) category: Option<CategoryId>,
    pub(super) unit: UnitId,
    pub(super) search_text: String,
}

impl ProductRow<'_> {
    pub(super) fn min_stock(&self) -> Option<Decimal> {
        self.old.min_stock.map(StockLevel::as_decimal)
    }

    pub(super) fn price(&self) -> Option<Decimal> {
        self.old.price.map(Money::as_decimal)
    }
}

/// A code of a product.
pub(super) struct CodeRow<'a> {
    pub(super) product: ProductId,
    pub(super) code: &'a CodeInput,
    pub(super) kind: CodeKind,
}

/// A unit that is new, or that needs more decimals than it has.
pub(super) struct UnitRow<'a> {
    pub(super) id: UnitId,
    pub(super) name: &'a str,
    pub(super) decimals: i16,
    pub(super) is_new: bool,
}

/// Everything to be written except balances and history.
#[derive(Default)]
pub(super) struct Rows<'a> {
    /// Our product for each old one.
    pub(super) products: Vec<ProductId>,
    /// The key of each old product.
    pub(super) keys: Vec<String>,
    pub(super) new: Vec<ProductRow<'a>>,
    pub(super) known: Vec<ProductRow<'a>>,
    pub(super) codes: Vec<CodeRow<'a>>,
    pub(super) categories: Vec<(CategoryId, String)>,
    pub(super) units: Vec<UnitRow<'a>>,
    pub(super) users: Vec<(UserId, &'a User)>,
}

impl<'a> Rows<'a> {
    pub(super) fn plan(old: &OldWarehouse<'a>, known: &Known, report: &mut TakenOver) -> Self {
        let mut rows = Self {
            keys: keys_of(old.products),
            ..Self::default()
        };
        let categories = rows.plan_categories(old, known);
        let units = rows.plan_units(old, known);
        let pieces = known
            .units
            .get(PIECES)
            .map_or_else(UnitId::generate, |unit| unit.id);
        let mut matching = Matching::new(known, &rows.keys);
        let mut new = Vec::new();
        for (product, key) in old.products.iter().zip(&rows.keys) {
            let found = matching.find(product, key);
            let id = found.unwrap_or_else(ProductId::generate);
            let there = found.and_then(|id| known.products.get(&id));
            let sku = match there {
                Some(there) => there.sku.clone(),
                None => matching.sku(product, report),
            };
            let row = ProductRow {
                id,
                old: product,
                search_text: search_text::of_product(product.name.as_str(), &sku),
                sku,
                category: product
                    .category
                    .and_then(|place| categories.get(place).copied()),
                unit: product
                    .unit
                    .and_then(|place| units.get(place).copied())
                    .unwrap_or(pieces),
            };
            if found.is_some() {
                rows.known.push(row);
            } else {
                new.push((rows.products.len(), row));
            }
            rows.products.push(id);
        }
        rows.order_new(new);
        rows.plan_codes(old, known, report);
        rows.plan_users(old, known, report);
        rows
    }

    /// New products go in as the list shows them, under ids in the same order: each index takes its entries side by side.
    fn order_new(&mut self, mut new: Vec<(usize, ProductRow<'a>)>) {
        let ids: Vec<ProductId> = new.iter().map(|(_, row)| row.id).collect();
        new.sort_by(|(_, one), (_, other)| one.search_text.cmp(&other.search_text));
        for ((place, mut row), id) in new.into_iter().zip(ids) {
            row.id = id;
            if let Some(product) = self.products.get_mut(place) {
                *product = id;
            }
            self.new.push(row);
        }
    }

    /// Ids of products that were there before.
    pub(super) fn known_ids(&self) -> Vec<Uuid> {
        self.known.iter().map(|row| row.id.as_uuid()).collect()
    }

    fn plan_categories(&mut self, old: &OldWarehouse<'_>, known: &Known) -> Vec<CategoryId> {
        let mut met = known.categories.clone();
        (0..old.categories.len())
            .map(|place| {
                let path = path_of(old.categories, place);
                *met.entry(path).or_insert_with_key(|path| {
                    let id = CategoryId::generate();
                    self.categories.push((id, path.clone()));
                    id
                })
            })
            .collect()
    }

    fn plan_units(&mut self, old: &OldWarehouse<'a>, known: &Known) -> Vec<UnitId> {
        let mut decimals = vec![0; old.units.len()];
        let mut in_pieces = 0;
        for balance in old.balances {
            let unit = old
                .products
                .get(balance.product)
                .and_then(|product| product.unit);
            let scale = balance.quantity.as_decimal().normalize().scale() as i16;
            let most = unit
                .and_then(|unit| decimals.get_mut(unit))
                .unwrap_or(&mut in_pieces);
            *most = scale.max(*most);
        }
        let mut ids = Vec::with_capacity(old.units.len());
        for (name, decimals) in old.units.iter().zip(decimals) {
            let there = known.units.get(&name.to_lowercase());
            let id = there.map_or_else(UnitId::generate, |unit| unit.id);
            if there.is_none_or(|unit| unit.decimals < decimals) {
                self.units.push(UnitRow {
                    id,
                    name,
                    decimals,
                    is_new: there.is_none(),
                });
            }
            ids.push(id);
        }
        if let Some(pieces) = known.units.get(PIECES)
            && pieces.decimals < in_pieces
        {
            let (id, decimals) = (pieces.id, in_pieces);
            match self.units.iter_mut().find(|unit| unit.id == id) {
                Some(unit) => unit.decimals = unit.decimals.max(decimals),
                None => self.units.push(UnitRow {
                    id,
                    name: PIECES,
                    decimals,
                    is_new: false,
                }),
            }
        }
        ids
    }

    fn plan_codes(&mut self, old: &OldWarehouse<'a>, known: &Known, report: &mut TakenOver) {
        for (product, id) in old.products.iter().zip(&self.products) {
            for code in &product.codes {
                match known.by_code.get(code.code.as_str()) {
                    Some(holder) if holder == id => {}
                    Some(_) => report.left.push(Left {
                        origin: product.origin.clone(),
                        reason: LeftReason::CodeTaken {
                            code: code.code.to_string(),
                        },
                    }),
                    None => self.codes.push(CodeRow {
                        product: *id,
                        code,
                        kind: CodeKind::of(&code.code),
                    }),
                }
            }
        }
        // Their index takes them quicker in its own order.
        self.codes
            .sort_unstable_by(|one, other| one.code.code.as_str().cmp(other.code.code.as_str()));
    }

    fn plan_users(&mut self, old: &OldWarehouse<'a>, known: &Known, report: &mut TakenOver) {
        let mut met = HashSet::new();
        for user in old.users {
            let login = user.login.as_str();
            if known.own_logins.contains(login) {
                continue;
            }
            if known.logins.contains(login) || !met.insert(login) {
                report.left.push(Left {
                    origin: user.origin.clone(),
                    reason: LeftReason::LoginTaken {
                        login: login.to_owned(),
                    },
                });
                continue;
            }
            self.users.push((UserId::generate(), user));
        }
    }
}

/// Which product of ours an old one is. Each of ours is found once.
struct Matching<'k> {
    known: &'k Known,
    /// Products that a record of this run has by its key.
    claimed: HashSet<ProductId>,
    found: HashSet<ProductId>,
    given: HashSet<String>,
    number: u64,
}

impl<'k> Matching<'k> {
    fn new(known: &'k Known, keys: &[String]) -> Self {
        Self {
            known,
            claimed: keys
                .iter()
                .filter_map(|key| known.by_key.get(key))
                .copied()
                .collect(),
            found: HashSet::new(),
            given: HashSet::new(),
            number: 0,
        }
    }

    fn find(&mut self, product: &Product, key: &str) -> Option<ProductId> {
        let known = self.known;
        let by_code = || {
            let mut codes = product.codes.iter();
            codes.find_map(|code| known.by_code.get(code.code.as_str()))
        };
        let by_sku = || {
            let id = known.by_sku.get(product.sku.as_ref()?.as_str())?;
            // Two programs may both have an article 1.
            let there = known.products.get(id)?;
            share_a_word(&there.name, product.name.as_str()).then_some(id)
        };
        let by_name = || {
            let has_more = product.sku.is_some() || !product.codes.is_empty();
            known
                .by_name
                .get(product.name.as_str())
                .filter(|_| !has_more)
        };
        let found = self.by_key(product, key).or_else(|| {
            let other = by_code().or_else(by_sku).or_else(by_name).copied();
            other.filter(|id| !self.claimed.contains(id))
        })?;
        self.found.insert(found).then_some(found)
    }

    /// A key that the old program gave is believed. One that was made of a SKU, a code or a name is only a hint: another
    /// list may count its articles from 1 as well.
    fn by_key(&self, product: &Product, key: &str) -> Option<ProductId> {
        let id = *self.known.by_key.get(key)?;
        let there = self.known.products.get(&id)?;
        (product.key.is_some() || share_a_word(&there.name, product.name.as_str())).then_some(id)
    }

    /// The SKU for a new product: its own, its first code, or a number.
    fn sku(&mut self, product: &Product, report: &mut TakenOver) -> String {
        let own = product.sku.as_ref().map(Sku::as_str);
        let code = product.codes.first().map(|code| code.code.as_str());
        let fitting = |text: &&str| text.chars().count() <= 64;
        let mut candidates = own.into_iter().chain(code.filter(fitting));
        let given = match candidates.find(|candidate| self.is_free(candidate)) {
            Some(candidate) => candidate.to_owned(),
            None => self.next_number(),
        };
        self.given.insert(given.clone());
        if let Some(own) = own.filter(|own| *own != given) {
            report.left.push(Left {
                origin: product.origin.clone(),
                reason: LeftReason::SkuTaken {
                    sku: own.to_owned(),
                    given: given.clone(),
                },
            });
        }
        given
    }

    fn next_number(&mut self) -> String {
        loop {
            self.number += 1;
            let sku = format!("{GIVEN_SKU_PREFIX}{:06}", self.number);
            if self.is_free(&sku) {
                return sku;
            }
        }
    }

    fn is_free(&self, sku: &str) -> bool {
        !self.known.by_sku.contains_key(sku) && !self.given.contains(sku)
    }
}

fn share_a_word(one: &str, other: &str) -> bool {
    let (one, other) = (search_text::fold(one), search_text::fold(other));
    let words: HashSet<&str> = one.split(' ').collect();
    other.split(' ').any(|word| words.contains(word))
}

/// The names of a group and of those around it; the outermost are left out where they do not fit.
fn path_of(categories: &[Category], place: usize) -> String {
    let mut path = String::new();
    let mut at = Some(place);
    // A parent stands before its group, so this ends.
    while let Some(category) = at.and_then(|place| categories.get(place)) {
        let name = category.name.as_str();
        let longer = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{name} / {path}")
        };
        if longer.chars().count() > LONGEST_CATEGORY {
            break;
        }
        path = longer;
        at = category.parent.filter(|parent| Some(*parent) < at);
    }
    path
}
