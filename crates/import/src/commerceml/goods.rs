//! Goods and offers of an exchange into the plan.

mod balances;
mod entry;

use std::collections::{HashMap, HashSet};

pub(super) use self::entry::REQUISITES;
use self::entry::variant_name;
use super::{
    element::Element,
    exchange::{Entry, Exchange},
    pictures::PictureFolders,
};
use crate::{
    assembly::Assembly,
    plan::Picture,
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
    folders: &'x PictureFolders,
    assembly: &'a mut Assembly<'p>,
    categories: HashMap<&'x str, usize>,
    products: HashMap<&'x str, usize>,
    deleted: HashSet<&'x str>,
    /// Goods whose own entry said the article, so that their offers need not.
    with_article: HashSet<usize>,
    price_type: Option<&'x str>,
    unknown_groups: u64,
    without_price: u64,
    pictures: u64,
}

impl<'x, 'a, 'p> Goods<'x, 'a, 'p> {
    /// Takes groups, goods and offers into the plan.
    pub fn take(
        exchange: &'x Exchange,
        folders: &'x PictureFolders,
        assembly: &'a mut Assembly<'p>,
    ) {
        let mut this = Self {
            exchange,
            folders,
            assembly,
            categories: HashMap::new(),
            products: HashMap::new(),
            deleted: HashSet::new(),
            with_article: HashSet::new(),
            price_type: None,
            unknown_groups: 0,
            without_price: 0,
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
            self.assembly.note(Origin::everything(), note);
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
        let mut draft = self.draft(entry);
        draft.category = self.category_of(element);
        let has_article = draft.sku.is_some();
        if let Some(product) = self.assembly.keep(entry.origin.clone(), draft) {
            self.products.insert(&entry.key, product);
            if has_article {
                self.with_article.insert(product);
            }
            self.take_picture(entry, product);
            // A catalogue may carry stock itself.
            self.take_balances(entry, product);
        }
    }

    /// Ombor keeps one picture of a product: the first, which shops show as the main one.
    fn take_picture(&mut self, entry: &Entry, product: usize) {
        let named: Vec<&str> = entry
            .element
            .all("Картинка")
            .map(|picture| picture.text.trim())
            .filter(|name| !name.is_empty())
            .collect();
        let found: Vec<_> = named
            .iter()
            .filter_map(|name| self.folders.find(name))
            .collect();
        self.pictures += (named.len() - found.len()) as u64;
        if let Some(path) = found.into_iter().next() {
            self.assembly.picture(Picture {
                origin: entry.origin.clone(),
                product,
                path,
            });
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
            draft.sku = draft.sku.filter(|_| !self.with_article.contains(&product));
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

    fn tell(&mut self) {
        if self.exchange.goods.is_empty() && !self.exchange.offers.is_empty() {
            self.assembly
                .note(Origin::everything(), Note::CatalogueMissing);
        }
        if !self.exchange.left.is_empty() {
            let names: Vec<String> = self
                .exchange
                .left
                .iter()
                .map(|(name, count)| format!("{name} ({count})"))
                .collect();
            let note = Note::FieldsLeft {
                names: names.join(", "),
            };
            self.assembly.note(Origin::everything(), note);
        }
        if self.unknown_groups > 0 {
            self.assembly.note(
                Origin::everything(),
                Note::GroupsUnknown {
                    count: self.unknown_groups,
                },
            );
        }
        if self.without_price > 0 {
            let note = Note::PriceMissing {
                count: self.without_price,
            };
            self.assembly.note(Origin::everything(), note);
        }
        if self.pictures > 0 {
            self.assembly.note(
                Origin::everything(),
                Note::Pictures {
                    count: self.pictures,
                },
            );
        }
    }
}
