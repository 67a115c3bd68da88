//! What is counted on the way through an exchange and told once at the end.

use std::collections::BTreeMap;

use super::Goods;
use crate::skipped::{Note, Origin};

/// The counts.
#[derive(Debug, Default)]
pub struct Told<'x> {
    /// Entries of goods that newer ones replace.
    pub repeated_goods: u64,
    /// Goods in a group that is not described.
    pub unknown_groups: u64,
    /// Goods in several groups.
    pub several_groups: u64,
    /// Goods in a unit that is not described.
    pub unknown_units: u64,
    /// Offers whose prices are all of other types.
    pub without_price: u64,
    /// Variants that share their article with others.
    pub shared_articles: u64,
    /// Pictures that lie elsewhere.
    pub pictures: u64,
    /// Prices by currency.
    pub currencies: BTreeMap<&'x str, u64>,
}

impl Goods<'_, '_, '_> {
    pub(super) fn tell(&mut self) {
        let exchange = self.exchange;
        let told = &self.told;
        let missing = exchange.goods.is_empty() && !exchange.offers.is_empty();
        let listed = |names: Vec<String>| Some(names.join(", ")).filter(|names| !names.is_empty());
        let left = exchange
            .left
            .iter()
            .map(|(name, count)| format!("{name} ({count})"));
        let currencies = told
            .currencies
            .iter()
            .map(|(name, count)| format!("{name} ({count})"));
        let counted = [
            (told.repeated_goods, as_repeated as fn(u64) -> Note),
            (told.unknown_groups, |count| Note::GroupsUnknown { count }),
            (told.several_groups, |count| Note::GroupsSeveral { count }),
            (told.unknown_units, |count| Note::UnitsUnknown { count }),
            (told.shared_articles, |count| Note::ArticlesShared { count }),
            (told.without_price, |count| Note::PriceMissing { count }),
            (told.pictures, |count| Note::Pictures { count }),
        ];
        let notes: Vec<Note> = missing
            .then_some(Note::CatalogueMissing)
            .into_iter()
            .chain(listed(left.collect()).map(|names| Note::FieldsLeft { names }))
            .chain(listed(currencies.collect()).map(|names| Note::Currencies { names }))
            .chain(
                counted
                    .into_iter()
                    .filter(|(count, _)| *count > 0)
                    .map(|(count, note)| note(count)),
            )
            .collect();
        for note in notes {
            self.assembly.note(Origin::everything(), note);
        }
    }
}

fn as_repeated(count: u64) -> Note {
    Note::Replaced { count }
}
