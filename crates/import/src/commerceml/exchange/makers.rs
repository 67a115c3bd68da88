//! Who makes a product, where a property of the classifier says it, by its name or as one of a list of names.

use std::collections::{HashMap, HashSet};

use super::Element;
use crate::{
    commerceml::is_unique_in_the_world,
    lexicon::{says_any, words},
};

/// What such a property is called.
#[rustfmt::skip]
const MAKERS: &[&str] = &[
    "=производитель", "=изготовитель", "=бренд", "=марка", "=торговая марка", "=товарный знак", "=brand", "=brend",
    "=manufacturer", "=ishlab chiqaruvchi", "=ишлаб чиқарувчи", "=өндіруші",
];

/// Whether a property of this name says who makes a product, and not where or under which code.
pub fn names_maker(property: &str) -> bool {
    says_any(&words(property), MAKERS)
}

/// The properties of a classifier that say who makes a product.
#[derive(Debug, Default)]
pub struct Makers {
    properties: HashSet<String>,
    /// Names by the keys that stand for them.
    names: HashMap<String, String>,
}

impl Makers {
    /// Hears of a property.
    pub(super) fn learn(&mut self, property: &Element) {
        let name = property.value("Наименование").unwrap_or_default();
        let Some(key) = property.value("Ид").filter(|_| names_maker(name)) else {
            return;
        };
        self.properties.insert(key.to_owned());
        let lists = property.all("ВариантыЗначений");
        for variant in lists.flat_map(|list| &list.children) {
            let name = variant.value("Значение");
            if let (Some(key), Some(name)) = (variant.any(&["ИдЗначения", "Ид"]), name)
            {
                self.names.insert(key.to_owned(), name.to_owned());
            }
        }
    }

    /// Whether a value of a product is that of such a property.
    pub(super) fn is_about(&self, value: &Element) -> bool {
        let key = value.value("Ид");
        key.is_some_and(|key| self.properties.contains(key))
    }

    /// Who makes the product. A key that stands for nothing is no name.
    pub fn named_by<'m>(&'m self, product: &'m Element) -> Option<&'m str> {
        let lists = product.all("ЗначенияСвойств");
        let mut values = lists
            .flat_map(|list| &list.children)
            .filter(|value| self.is_about(value))
            .filter_map(|value| value.any(&["Значение", "ИдЗначения"]));
        values.find_map(|value| match self.names.get(value) {
            Some(name) => Some(name.as_str()),
            None => Some(value).filter(|value| !is_unique_in_the_world(value)),
        })
    }
}
