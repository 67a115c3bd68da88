//! The files of one exchange, gathered: groups, goods, offers, price types and warehouses, whichever file they stand in.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use quick_xml::{Reader, events::Event};

use super::{
    element::{Broken, Element},
    goods::REQUISITES,
};
use crate::{
    assembly::Assembly,
    error::Result,
    skipped::{Note, Origin, Reason},
};

/// What is taken of a product or an offer.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "Ид", "ИдентификаторТовара", "Артикул", "Наименование", "ПолноеНаименование", "Штрихкод", "ШтрихКод", "Штрихкоды",
    "БазоваяЕдиница", "Группы", "ИдГруппы", "Изготовитель", "ЗначенияРеквизитов", "ХарактеристикиТовара", "Цены", "Количество",
    "Склад", "Остатки", "Картинка", "ПометкаУдаления", "Статус",
];

/// A group of goods.
#[derive(Debug)]
pub struct Group {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of the group around it.
    pub parent: Option<String>,
}

/// A product or an offer, and where it stands.
#[derive(Debug)]
pub struct Entry {
    /// Where.
    pub origin: Origin,
    /// Its key: `product` or `product#characteristic`.
    pub key: String,
    /// Everything that it says.
    pub element: Element,
}

/// What the files say together.
#[derive(Debug, Default)]
pub struct Exchange {
    /// Groups in the order of the files.
    pub groups: Vec<Group>,
    /// Goods.
    pub goods: Vec<Entry>,
    /// Offers.
    pub offers: Vec<Entry>,
    /// Names of price types by key, in their order.
    pub price_types: Vec<(String, String)>,
    /// Names of warehouses by key.
    pub warehouses: HashMap<String, String>,
    /// What goods and offers say and is not taken, with how often.
    pub left: BTreeMap<String, u64>,
    /// How many documents (orders, invoices) were met.
    pub documents: usize,
    /// Whether a catalogue was there, be it empty.
    pub has_catalogue: bool,
    /// Whether a package of offers was there.
    pub has_offers: bool,
    /// Whether the root is that of CommerceML.
    pub is_commerceml: bool,
}

/// Why a file was not read to its end.
#[derive(Debug)]
pub enum Interrupted {
    /// It is damaged or truncated.
    Broken,
    /// The caller asked to stop.
    Stopped(crate::Error),
}

impl From<Broken> for Interrupted {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

impl From<crate::Error> for Interrupted {
    fn from(error: crate::Error) -> Self {
        Self::Stopped(error)
    }
}

impl Exchange {
    /// Reads one file into the exchange.
    ///
    /// # Errors
    /// [`Interrupted`]
    pub fn read(
        &mut self,
        part: &Arc<str>,
        text: &str,
        assembly: &mut Assembly<'_>,
    ) -> Result<(), Interrupted> {
        let mut reader = Reader::from_str(text);
        let mut lines = Lines {
            text,
            at: 0,
            line: 1,
        };
        let mut depth = 0_usize;
        let mut within: Vec<String> = Vec::new();
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event().map_err(|_| Interrupted::Broken)? {
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    if is_whole(&name, within.last().map(String::as_str)) {
                        let origin = Origin::new(part, lines.line_at(at));
                        let element = Element::read(&mut reader, &start)?;
                        self.take(element, origin, assembly)?;
                    } else {
                        self.enter(&Element::opened(&start), part, assembly);
                        within.push(name);
                        depth += 1;
                    }
                }
                Event::Empty(start) => {
                    let element = Element::opened(&start);
                    if is_whole(&element.name, within.last().map(String::as_str)) {
                        let origin = Origin::new(part, lines.line_at(at));
                        self.take(element, origin, assembly)?;
                    } else {
                        self.enter(&element, part, assembly);
                    }
                }
                Event::End(_) => {
                    within.pop();
                    depth = depth.saturating_sub(1);
                }
                Event::Eof if depth > 0 || !self.is_commerceml => return Err(Interrupted::Broken),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn enter(&mut self, element: &Element, part: &Arc<str>, assembly: &mut Assembly<'_>) {
        match element.name.as_str() {
            "КоммерческаяИнформация" => self.is_commerceml = true,
            "Каталог" | "Классификатор" => self.has_catalogue = true,
            "ПакетПредложений" | "ИзмененияПакетаПредложений" =>
            {
                self.has_offers = true;
            }
            _ => {}
        }
        if element.attribute("СодержитТолькоИзменения") == Some("true") {
            assembly.note(Origin::new(part, 0), Note::ChangesOnly);
        }
    }

    fn take(
        &mut self,
        mut element: Element,
        origin: Origin,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        let key = element
            .any(&["Ид", "Идентификатор", "ИдентификаторТовара"])
            .unwrap_or_default()
            .to_owned();
        match element.name.as_str() {
            "Группа" => self.take_group(&element, &origin, assembly)?,
            "Товар" => {
                assembly.record_read()?;
                self.lighten(&mut element);
                self.goods.push(Entry {
                    origin,
                    key,
                    element,
                });
            }
            "Предложение" => {
                assembly.record_read()?;
                self.lighten(&mut element);
                self.offers.push(Entry {
                    origin,
                    key,
                    element,
                });
            }
            "ТипЦены" => {
                let name = element.value("Наименование").unwrap_or_default().to_owned();
                if !self.price_types.iter().any(|(known, _)| *known == key) {
                    self.price_types.push((key, name));
                }
            }
            "Склад" => {
                let name = element.value("Наименование").unwrap_or(&key).to_owned();
                self.warehouses.insert(key, name);
            }
            _ => {
                assembly.record_read()?;
                self.documents += 1;
                let lines = count_lines(&element);
                assembly.skip(origin, Reason::Document { lines });
            }
        }
        Ok(())
    }

    /// Leaves out what Ombor has no place for, counted by name: descriptions, taxes and properties are most of a file, and a
    /// big exchange has to fit into memory.
    fn lighten(&mut self, element: &mut Element) {
        element.children.retain(|child| {
            let taken = TAKEN.contains(&child.name.as_str());
            let says_something = !child.text.trim().is_empty() || !child.children.is_empty();
            if !taken && says_something {
                *self.left.entry(child.name.clone()).or_default() += 1;
            }
            taken
        });
        let pairs = element
            .child("ЗначенияРеквизитов")
            .into_iter()
            .flat_map(|list| list.all("ЗначениеРеквизита"));
        for pair in pairs {
            let name = pair.value("Наименование").unwrap_or_default();
            if !REQUISITES.contains(&name) && pair.value("Значение").is_some() {
                *self.left.entry(name.to_owned()).or_default() += 1;
            }
        }
    }

    /// Takes a group with the groups in it, deep ones too.
    fn take_group(
        &mut self,
        element: &Element,
        origin: &Origin,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        let mut waiting = vec![(element, None)];
        while let Some((element, parent)) = waiting.pop() {
            assembly.record_read()?;
            let key = element
                .any(&["Ид", "Идентификатор"])
                .unwrap_or_default()
                .to_owned();
            let inner = element
                .child("Группы")
                .into_iter()
                .flat_map(|groups| groups.all("Группа"));
            let inner: Vec<_> = inner.map(|group| (group, Some(key.clone()))).collect();
            waiting.extend(inner.into_iter().rev());
            if element.is_deleted() {
                assembly.skip(origin.clone(), Reason::Deleted { stock: None });
                continue;
            }
            let Some(name) = element.value("Наименование").map(str::to_owned) else {
                assembly.skip(origin.clone(), Reason::NoName);
                continue;
            };
            let parent = element.value("Родитель").map(str::to_owned).or(parent);
            self.groups.push(Group { key, name, parent });
        }
        Ok(())
    }
}

/// The elements that are taken as a whole, and what they have to stand in so as not to be something else of that name.
fn is_whole(name: &str, parent: Option<&str>) -> bool {
    match name {
        "Группа" => matches!(parent, Some("Группы" | "Каталог" | "Классификатор")),
        "Товар" => matches!(parent, Some("Товары" | "Каталог")),
        "Предложение" => matches!(
            parent,
            Some("Предложения" | "ПакетПредложений" | "ИзмененияПакетаПредложений")
        ),
        "ТипЦены" => matches!(parent, Some("ТипыЦен")),
        "Склад" => matches!(parent, Some("Склады")),
        "Документ" => true,
        _ => false,
    }
}

fn count_lines(document: &Element) -> usize {
    let old = document.all("ТоварнаяПозиция").count();
    let new = document
        .child("Товары")
        .map_or(0, |goods| goods.all("Товар").count());
    old + new
}

/// Line numbers of places that come in order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn line_at(&mut self, at: usize) -> u64 {
        if let Some(passed) = self.text.get(self.at..at) {
            self.line += passed.matches('\n').count() as u64;
            self.at = at;
        }
        self.line
    }
}
