//! Goods and offers of an exchange into the plan.

mod balances;
mod entry;
mod groups;
mod prices;
mod told;

use std::collections::{HashMap, HashSet};

pub(super) use self::entry::REQUISITES;
use self::{entry::variant_name, told::Told};
use super::{
    element::Element,
    exchange::{Entry, Exchange},
    pictures::PictureFolders,
};
use crate::{assembly::Assembly, number::DecimalMark, plan::Picture, skipped::Reason};

/// An exchange on its way into the plan.
pub struct Goods<'x, 'a, 'p> {
    exchange: &'x Exchange,
    folders: &'x PictureFolders,
    assembly: &'a mut Assembly<'p>,
    categories: HashMap<&'x str, usize>,
    products: HashMap<&'x str, usize>,
    /// Goods by the number in the catalogue, which old offers may name them by.
    by_number: HashMap<&'x str, usize>,
    deleted: HashSet<&'x str>,
    /// What the entries of goods themselves say for an article, so that their offers need not.
    own_articles: HashMap<usize, String>,
    /// The keys of the price types that are taken.
    price_types: Vec<&'x str>,
    /// How many variants have an article.
    articles: HashMap<&'x str, u64>,
    mark: DecimalMark,
    told: Told<'x>,
}

/// Everything that the files say of one key, the newest last.
type Statements<'x> = Vec<&'x Entry>;

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
            by_number: HashMap::new(),
            deleted: HashSet::new(),
            own_articles: HashMap::new(),
            price_types: Vec::new(),
            articles: HashMap::new(),
            mark: if exchange.groups_by_comma {
                DecimalMark::Point
            } else {
                DecimalMark::Unknown
            },
            told: Told::default(),
        };
        this.take_groups();
        this.choose_price_type();
        // A characteristic that stands among the goods is a variant of the product, wherever that stands.
        let (variants, products): (Vec<_>, Vec<_>) = by_key(&exchange.goods)
            .into_iter()
            .partition(|statements| is_characteristic(statements));
        for statements in products.iter().chain(&variants) {
            this.take_product(statements);
        }
        let offers = by_key(&exchange.offers);
        this.articles = articles(&offers);
        for statements in &offers {
            this.take_offer(statements);
        }
        this.tell();
    }

    fn take_product(&mut self, statements: &Statements<'x>) {
        let Some(newest) = statements.last() else {
            return;
        };
        self.told.repeated_goods += (statements.len() - 1) as u64;
        if is_deleted(statements) {
            self.deleted.insert(&newest.key);
            self.assembly
                .skip(newest.origin.clone(), Reason::Deleted { stock: None });
            return;
        }
        let mut draft = self.draft(statements);
        let base = newest
            .key
            .split_once('#')
            .and_then(|(product, _)| self.products.get(product).copied());
        draft.variant_of = base;
        if newest.key.contains('#') {
            draft.name = variant_name(&newest.element, &draft.name);
        }
        draft.category = statements
            .iter()
            .rev()
            .find_map(|entry| self.category_of(&entry.element))
            .or_else(|| self.assembly.product(base?)?.category);
        let article = draft.sku.clone();
        let Some(product) = self.assembly.keep(newest.origin.clone(), draft) else {
            return;
        };
        if !newest.key.is_empty() {
            self.products.insert(&newest.key, product);
        }
        if let Some(number) = newest.element.attribute("ИдентификаторВКаталоге")
        {
            self.by_number.entry(number).or_insert(product);
        }
        if let Some(article) = article {
            self.own_articles.insert(product, article);
        }
        self.take_picture(newest, product);
        // A catalogue may carry stock itself.
        self.take_balances(statements, product);
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
        self.told.pictures += (named.len() - found.len()) as u64;
        if let Some(path) = found.into_iter().next() {
            self.assembly.picture(Picture {
                origin: entry.origin.clone(),
                product,
                path,
            });
        }
    }

    /// The product that an offer is for: by its whole key, by the product in it, or by its number in the catalogue.
    fn product_of(&self, entry: &Entry, product_key: &str) -> Option<usize> {
        self.products
            .get(entry.key.as_str())
            .or_else(|| self.products.get(product_key))
            .or_else(|| self.by_number.get(product_key))
            .copied()
    }

    fn take_offer(&mut self, statements: &Statements<'x>) {
        let Some(newest) = statements.last() else {
            return;
        };
        let product_key = newest.key.split('#').next().unwrap_or_default();
        let Some(product) = self.product_of(newest, product_key) else {
            for entry in statements {
                self.skip_offer(entry, product_key);
            }
            return;
        };
        if is_deleted(statements) {
            self.assembly
                .skip(newest.origin.clone(), Reason::Deleted { stock: None });
            return;
        }
        let mut draft = self.draft(statements);
        let is_of_the_product_itself =
            !is_characteristic(statements) || self.products.contains_key(newest.key.as_str());
        let target = if is_of_the_product_itself {
            draft.sku = draft
                .sku
                .filter(|_| !self.own_articles.contains_key(&product));
            self.assembly.complete(product, &newest.origin, draft);
            Some(product)
        } else {
            draft.variant_of = Some(product);
            draft.sku = self.own_article(product, draft.sku);
            let base = self.assembly.product(product);
            draft.category = base.and_then(|base| base.category);
            let named = statements
                .iter()
                .rev()
                .find(|entry| entry.element.value("Наименование").is_some());
            draft.name = variant_name(
                &named.unwrap_or(newest).element,
                base.map(|base| base.name.as_str()).unwrap_or_default(),
            );
            self.assembly.keep(newest.origin.clone(), draft)
        };
        if let Some(target) = target {
            self.take_balances(statements, target);
        }
    }

    /// The article of a variant, if it is not that of its product or of another variant.
    fn own_article(&mut self, product: usize, article: Option<String>) -> Option<String> {
        let article = article?;
        if self.own_articles.get(&product) == Some(&article) {
            return None;
        }
        let is_shared = self
            .articles
            .get(article.as_str())
            .is_some_and(|count| *count > 1);
        self.told.shared_articles += u64::from(is_shared);
        Some(article).filter(|_| !is_shared)
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
}

/// Whether the newest of the entries that speak of it says so.
fn is_deleted(statements: &Statements<'_>) -> bool {
    let said = statements
        .iter()
        .rev()
        .find_map(|entry| entry.element.deletion());
    said == Some(true)
}

fn articles<'x>(offers: &[Statements<'x>]) -> HashMap<&'x str, u64> {
    let mut counts = HashMap::new();
    let variants = offers
        .iter()
        .filter(|statements| is_characteristic(statements));
    for article in variants.filter_map(|statements| statements.last()?.element.value("Артикул"))
    {
        *counts.entry(article).or_default() += 1;
    }
    counts
}

fn is_characteristic(statements: &Statements<'_>) -> bool {
    statements
        .last()
        .is_some_and(|entry| entry.key.contains('#'))
}

/// The entries of each key, in the order in which the keys come first. What has no key stands alone.
fn by_key(entries: &[Entry]) -> Vec<Statements<'_>> {
    let mut positions: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let mut gathered: Vec<Statements<'_>> = Vec::with_capacity(entries.len());
    for entry in entries {
        let known = positions
            .get(entry.key.as_str())
            .filter(|_| !entry.key.is_empty())
            .and_then(|at| gathered.get_mut(*at));
        if let Some(statements) = known {
            statements.push(entry);
        } else {
            positions.insert(&entry.key, gathered.len());
            gathered.push(vec![entry]);
        }
    }
    gathered
}
