//! What of a product or an offer stays in memory.

use super::{Element, Exchange, names_maker};
use crate::commerceml::goods::REQUISITES;

/// What is taken of a product or an offer.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "Ид", "ИдентификаторТовара", "ИдХарактеристики", "Артикул", "Наименование", "ПолноеНаименование", "Штрихкод", "ШтрихКод",
    "Штрихкоды", "БазоваяЕдиница", "Единица", "Группы", "ИдГруппы", "Родитель", "Изготовитель", "ЗначенияРеквизитов",
    "ЗначениеРеквизита", "ХарактеристикиТовара", "Цены", "Цена", "ЦенаЗаЕдиницу", "Количество", "Склад", "Склады", "Остатки",
    "КоличествоНаСкладах", "ОстаткиПоСкладу", "ОстаткиПоСкладам", "Картинка", "ПометкаУдаления", "Статус",
];

impl Exchange {
    /// Leaves out what Ombor has no place for, counted by name: descriptions, taxes and properties are most of a file, and a
    /// big exchange has to fit into memory.
    pub(super) fn lighten(&mut self, element: &mut Element) {
        element.children.retain_mut(|child| {
            if child.name == "ЗначенияСвойств" {
                let all = child.children.len();
                child.children.retain(|value| self.makers.is_about(value));
                if child.children.len() < all {
                    *self.left.entry(child.name.clone()).or_default() += 1;
                }
                return !child.children.is_empty();
            }
            let taken = TAKEN.contains(&child.name.as_str());
            let says_something = !child.text.trim().is_empty()
                || !child.children.is_empty()
                || !child.attributes.is_empty();
            if !taken && says_something {
                *self.left.entry(child.name.clone()).or_default() += 1;
            }
            taken
        });
        for pair in requisites(element) {
            let name = pair.value("Наименование").unwrap_or_default();
            if !REQUISITES.contains(&name) && !names_maker(name) && pair.value("Значение").is_some()
            {
                *self.left.entry(name.to_owned()).or_default() += 1;
            }
        }
        self.groups_by_comma |= element.groups_by_comma();
    }
}

/// The pairs of a name and a value, which some write without the list around them.
pub fn requisites(element: &Element) -> impl Iterator<Item = &Element> {
    element
        .all("ЗначенияРеквизитов")
        .flat_map(|list| list.all("ЗначениеРеквизита"))
        .chain(element.all("ЗначениеРеквизита"))
}
