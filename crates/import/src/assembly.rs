//! Putting a plan together: names, codes and prices become the warehouse's own types here, and what does not fit is said.

mod acceptance;
mod stock;

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    path::PathBuf,
};

use ombor_core::{catalogue::code::CodeInput, quantity::Quantity};
use rust_decimal::Decimal;

pub use self::acceptance::squeezed;
use crate::{
    error::{Error, Result},
    plan::{
        Balance, Category, ColumnMapping, Disagreement, Noted, OldMovement, Picture, Plan, Product,
        User,
    },
    skipped::{Note, Origin, Reason, Skipped},
    unit_name::unit_name,
};

/// How often the caller hears how far the reading is, in records.
const TOLD_EVERY: u64 = 1_000;

/// Hears how many records were read so far, and may stop the reading.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// A product as it was read, before anything of it was checked.
#[derive(Debug, Default)]
pub struct ProductDraft {
    /// Its key in the old program.
    pub key: Option<String>,
    /// What makes two records one product; the name alone if empty.
    pub identity: String,
    /// Its name.
    pub name: String,
    /// Its article.
    pub sku: Option<String>,
    /// Its group.
    pub category: Option<usize>,
    /// Its unit, as written.
    pub unit: Option<String>,
    /// What one unit is sold for.
    pub price: Option<Decimal>,
    /// The level below which it is to be ordered.
    pub min_stock: Option<Decimal>,
    /// Its codes.
    pub codes: Vec<CodeInput>,
    /// Who makes it.
    pub brand: Option<String>,
    /// Whether it is out of use.
    pub inactive: bool,
    /// The product that it is a variant of.
    pub variant_of: Option<usize>,
    /// Whether many records of one product are to be expected, as in a list of sales.
    pub recurs: bool,
}

/// A plan in the making.
pub struct Assembly<'a> {
    plan: Plan,
    progress: Progress<'a>,
    by_identity: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    by_sku: HashMap<String, usize>,
    categories: HashMap<(Option<usize>, String), usize>,
    units: HashMap<String, usize>,
    places: HashMap<String, usize>,
    balances: HashMap<(usize, Option<usize>), (usize, Decimal)>,
    with_picture: HashSet<usize>,
    tally: Tally,
}

/// What is counted on the way and told once at the end.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    merged: u64,
    shortened: u64,
    rounded: u64,
    wrong_check_digits: u64,
    zero_balances: u64,
}

impl<'a> Assembly<'a> {
    /// An empty plan.
    pub fn new(progress: Progress<'a>) -> Self {
        Self {
            plan: Plan::default(),
            progress,
            by_identity: HashMap::new(),
            by_name: HashMap::new(),
            by_code: HashMap::new(),
            by_sku: HashMap::new(),
            categories: HashMap::new(),
            units: HashMap::new(),
            places: HashMap::new(),
            balances: HashMap::new(),
            with_picture: HashSet::new(),
            tally: Tally::default(),
        }
    }

    /// Counts a record that was read.
    ///
    /// # Errors
    /// [`Error::Cancelled`] if the caller wants to stop.
    pub fn record_read(&mut self) -> Result<()> {
        self.records_read(1)
    }

    /// Counts several records.
    ///
    /// # Errors
    /// [`Error::Cancelled`]
    pub fn records_read(&mut self, count: u64) -> Result<()> {
        let before = self.plan.read / TOLD_EVERY;
        self.plan.read += count;
        if self.plan.read / TOLD_EVERY > before && (self.progress)(self.plan.read).is_break() {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    /// Says what tells the old program from another one; whoever says so first is right.
    pub fn source(&mut self, source: &str) {
        if self.plan.source.is_empty() {
            source.clone_into(&mut self.plan.source);
        }
    }

    /// Names the format of something that was read.
    pub fn format(&mut self, format: &'static str) {
        if !self.plan.formats.contains(&format) {
            self.plan.formats.push(format);
        }
    }

    /// Says what was not taken.
    pub fn skip(&mut self, origin: Origin, reason: Reason) {
        self.plan.skipped.push(Skipped { origin, reason });
    }

    /// Says what else is to be known.
    pub fn note(&mut self, origin: Origin, note: Note) {
        self.plan.notes.push(Noted { origin, note });
    }

    /// Says what a column was taken for; whether that is news: two lists of one sheet may have the same heads.
    pub fn mapped(&mut self, mapping: ColumnMapping) -> bool {
        let is_new = !self.plan.mapping.contains(&mapping);
        if is_new {
            self.plan.mapping.push(mapping);
        }
        is_new
    }

    /// Says that the old stock is not what the old movements add up to.
    pub fn disagree(&mut self, disagreement: Disagreement) {
        self.plan.disagreements.push(disagreement);
    }

    /// Keeps the picture of a product; the first one that comes.
    pub fn picture(&mut self, picture: Picture) {
        if self.with_picture.insert(picture.product) {
            self.plan.pictures.push(picture);
        }
    }

    /// The files that are pictures of products.
    pub fn picture_files(&self) -> HashSet<PathBuf> {
        let pictures = self.plan.pictures.iter();
        pictures.map(|picture| picture.path.clone()).collect()
    }

    /// Keeps a user.
    pub fn user(&mut self, user: User) {
        self.plan.users.push(user);
    }

    /// Keeps an old movement.
    pub fn movement(&mut self, movement: OldMovement) {
        self.plan.movements.push(movement);
    }

    /// The group of this name within `parent`; made if it is not there, `None` if the name is empty.
    pub fn category(&mut self, parent: Option<usize>, name: &str) -> Option<usize> {
        let name = self.name_from(name)?;
        let key = (parent, name.as_str().to_lowercase());
        if let Some(known) = self.categories.get(&key) {
            return Some(*known);
        }
        let index = self.plan.categories.len();
        self.plan.categories.push(Category { name, parent });
        self.categories.insert(key, index);
        Some(index)
    }

    /// The warehouse or shop of this name; made if it is not there, `None` if the name is empty.
    pub fn place(&mut self, name: &str) -> Option<usize> {
        let name = squeezed(name);
        if name.is_empty() {
            return None;
        }
        Some(index_of(
            &mut self.places,
            &mut self.plan.places,
            name.to_lowercase(),
            name,
        ))
    }

    /// Makes a unit known, whether or not a product has it; `None` if the name is empty.
    pub fn unit(&mut self, text: &str) -> Option<usize> {
        let name = unit_name(text)?;
        Some(index_of(
            &mut self.units,
            &mut self.plan.units,
            name.to_lowercase(),
            name,
        ))
    }

    /// The product with one of these codes or this SKU.
    pub fn find_by_code(&self, codes: &[CodeInput], sku: Option<&str>) -> Option<usize> {
        codes
            .iter()
            .find_map(|code| self.by_code.get(code.code.as_str()))
            .or_else(|| self.by_sku.get(sku?))
            .copied()
    }

    /// A product that was read.
    pub fn product(&self, index: usize) -> Option<&Product> {
        self.plan.products.get(index)
    }

    /// How many products were read.
    pub fn product_count(&self) -> usize {
        self.plan.products.len()
    }

    /// Keeps a product, or brings it together with the one of the same identity. `None`, with a reason, if it has no name.
    pub fn keep(&mut self, origin: Origin, mut draft: ProductDraft) -> Option<usize> {
        let Some(name) = self.name_from(&draft.name) else {
            self.skip(origin, Reason::NoName);
            return None;
        };
        let whole_name = name.as_str().to_owned();
        // A record that has nothing but a name belongs to the first product of that name.
        let known = if draft.identity.is_empty() {
            self.by_name.get(&whole_name)
        } else {
            self.by_identity.get(&draft.identity)
        };
        if let Some(known) = known.copied() {
            if !draft.recurs {
                self.repeated();
            }
            self.complete(known, &origin, draft);
            return Some(known);
        }
        let index = self.plan.products.len();
        let identity = std::mem::take(&mut draft.identity);
        let product = self.product_from(&origin, name, index, draft);
        self.plan.products.push(product);
        if !identity.is_empty() {
            self.by_identity.insert(identity, index);
        }
        self.by_name.entry(whole_name).or_insert(index);
        Some(index)
    }

    /// Counts a record of a product that another record had named.
    pub fn repeated(&mut self) {
        self.tally.merged += 1;
    }

    /// What another record of the same product adds to it.
    pub fn complete(&mut self, index: usize, origin: &Origin, draft: ProductDraft) {
        let codes = self.free_codes(origin, index, draft.codes);
        let price = draft.price.and_then(|price| self.money(origin, price));
        let unit = draft.unit.and_then(|unit| self.unit(&unit));
        let wants_sku = self
            .plan
            .products
            .get(index)
            .is_some_and(|product| product.sku.is_none());
        let sku = draft
            .sku
            .filter(|_| wants_sku)
            .and_then(|sku| self.free_sku(origin, index, &sku));
        let Some(product) = self.plan.products.get_mut(index) else {
            return;
        };
        for code in codes {
            if product.codes.iter().all(|known| known.code != code.code) {
                product.codes.push(code);
            }
        }
        product.price = product.price.or(price);
        product.unit = product.unit.or(unit);
        product.sku = product.sku.take().or(sku);
        product.category = product.category.or(draft.category);
    }

    /// The plan, with what was counted on the way told.
    pub fn finish(mut self) -> Plan {
        let mut balances: Vec<_> = self.balances.drain().collect();
        balances.sort_unstable_by_key(|(_, (order, _))| *order);
        for ((product, place), (_, sum)) in balances {
            match Quantity::try_from(sum) {
                Ok(quantity) => self.plan.balances.push(Balance {
                    product,
                    place,
                    quantity,
                }),
                Err(_) if sum.is_zero() => self.tally.zero_balances += 1,
                Err(_) => {
                    let origin = self
                        .plan
                        .products
                        .get(product)
                        .map_or_else(Origin::everything, |product| product.origin.clone());
                    self.skip(
                        origin,
                        Reason::QuantityUnreadable {
                            text: sum.to_string(),
                        },
                    );
                }
            }
        }
        let Tally {
            merged,
            shortened,
            rounded,
            wrong_check_digits,
            zero_balances,
        } = self.tally;
        let counts = [
            (merged, Note::Merged { count: merged }),
            (shortened, Note::Shortened { count: shortened }),
            (rounded, Note::Rounded { count: rounded }),
            (
                wrong_check_digits,
                Note::WrongCheckDigits {
                    count: wrong_check_digits,
                },
            ),
            (
                zero_balances,
                Note::ZeroBalances {
                    count: zero_balances,
                },
            ),
        ];
        for (_, note) in counts.into_iter().filter(|(count, _)| *count > 0) {
            self.note(Origin::everything(), note);
        }
        self.plan
    }
}

fn index_of(
    known: &mut HashMap<String, usize>,
    names: &mut Vec<String>,
    key: String,
    name: String,
) -> usize {
    *known.entry(key).or_insert_with(|| {
        names.push(name);
        names.len() - 1
    })
}
