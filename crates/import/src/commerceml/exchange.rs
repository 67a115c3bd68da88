//! The files of one exchange, gathered: groups, goods, offers, price types and warehouses, whichever file they stand in.

mod groups;
mod lightened;
mod lines;
mod makers;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use quick_xml::{Reader, events::Event};

use self::lines::Lines;
pub use self::{
    groups::Group,
    lightened::requisites,
    makers::{Makers, names_maker},
};
use super::element::{Broken, Element};
use crate::{
    assembly::Assembly,
    error::Result,
    skipped::{Note, Origin, Reason},
};

/// What 1C writes for a characteristic that is not there.
const NO_CHARACTERISTIC: &str = "00000000-0000-0000-0000-000000000000";

/// A product or an offer, and where it stands.
#[derive(Debug)]
pub struct Entry {
    /// Where.
    pub origin: Origin,
    /// Which of the files, in the order of their dates.
    pub file: usize,
    /// Its key: `product` or `product#characteristic`; empty if it has none.
    pub key: String,
    /// In the old versions a package of offers is a price list: the key of its price type.
    pub price_list: Option<Arc<str>>,
    /// Everything that it says.
    pub element: Element,
}

/// A kind of price.
#[derive(Debug)]
pub struct PriceType {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The currency of its prices.
    pub currency: Option<String>,
}

/// What the files say together.
#[derive(Debug, Default)]
pub struct Exchange {
    /// The key of the catalogue.
    pub catalogue: Option<String>,
    /// Groups in the order of the files.
    pub groups: Vec<Group>,
    /// Goods.
    pub goods: Vec<Entry>,
    /// Offers.
    pub offers: Vec<Entry>,
    /// Price types in their order.
    pub price_types: Vec<PriceType>,
    /// Names of warehouses by key.
    pub warehouses: HashMap<String, String>,
    /// Names of units by key.
    pub units: HashMap<String, String>,
    /// Which properties say who makes a product.
    pub makers: Makers,
    /// What goods and offers say and is not taken, with how often.
    pub left: BTreeMap<String, u64>,
    /// How many documents (orders, invoices) were met.
    pub documents: usize,
    /// Whether a catalogue was there, be it empty.
    pub has_catalogue: bool,
    /// Whether a package of offers was there.
    pub has_offers: bool,
    /// Whether numbers group their thousands by commas.
    pub groups_by_comma: bool,
    /// How many files were begun.
    files: usize,
    /// How many groups had no key.
    groups_without_key: usize,
    /// The price list whose offers are being read.
    price_list: Option<Arc<str>>,
}

/// Why a file was not read to its end.
#[derive(Debug)]
pub enum Interrupted {
    /// It is damaged or ends in the middle, at this line.
    Broken(u64),
    /// It declares entities, which nothing that 1C writes does.
    Entities,
    /// The caller asked to stop.
    Stopped(crate::Error),
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
        reader.config_mut().allow_dangling_amp = true;
        let mut lines = Lines::of(text);
        let mut within: Vec<String> = Vec::new();
        let mut is_commerceml = false;
        self.files += 1;
        loop {
            let at = position(&reader);
            let parent = within.last().map(String::as_str);
            let event = reader.read_event();
            match event.map_err(|_| Interrupted::Broken(lines.line_at(at)))? {
                Event::DocType(declarations) if declares_entities(&declarations) => {
                    return Err(Interrupted::Entities);
                }
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    is_commerceml |= name == "КоммерческаяИнформация";
                    if is_whole(&name, parent) {
                        let origin = Origin::new(part, lines.line_at(at));
                        let element = Element::read(&mut reader, &start).map_err(|Broken| {
                            Interrupted::Broken(lines.line_at(position(&reader)))
                        })?;
                        self.take(element, origin, assembly)?;
                    } else {
                        self.enter(&Element::opened(&start), part, assembly);
                        within.push(name);
                    }
                }
                Event::Empty(start) => {
                    let element = Element::opened(&start);
                    is_commerceml |= element.name == "КоммерческаяИнформация";
                    if is_whole(&element.name, parent) {
                        let origin = Origin::new(part, lines.line_at(at));
                        self.take(element, origin, assembly)?;
                    } else {
                        self.enter(&element, part, assembly);
                    }
                }
                Event::End(_) => {
                    within.pop();
                }
                Event::Eof if within.is_empty() && is_commerceml => return Ok(()),
                Event::Eof => return Err(Interrupted::Broken(lines.line_at(at))),
                _ => {}
            }
        }
    }

    fn enter(&mut self, element: &Element, part: &Arc<str>, assembly: &mut Assembly<'_>) {
        match element.name.as_str() {
            "Каталог" | "Классификатор" => self.has_catalogue = true,
            "ПакетПредложений" | "ИзмененияПакетаПредложений" =>
            {
                self.has_offers = true;
                self.price_list = self.price_list_of(element);
            }
            _ => {}
        }
        if element.name == "Каталог" {
            self.name_catalogue(element.attribute("Идентификатор"));
        }
        if element.attribute("СодержитТолькоИзменения") == Some("true") {
            assembly.note(Origin::new(part, 0), Note::ChangesOnly);
        }
    }

    fn name_catalogue(&mut self, key: Option<&str>) {
        if let Some(key) = key.filter(|key| !key.is_empty() && self.catalogue.is_none()) {
            self.catalogue = Some(key.to_owned());
        }
    }

    /// Versions 1.x have no price types: each package of offers is a price list with a name of its own.
    fn price_list_of(&mut self, package: &Element) -> Option<Arc<str>> {
        let name = package.attribute("Наименование")?;
        let key = package.attribute("Идентификатор").unwrap_or(name);
        self.add_price_type(key, name, package.attribute("Валюта"));
        Some(Arc::from(key))
    }

    fn add_price_type(&mut self, key: &str, name: &str, currency: Option<&str>) {
        if self.price_types.iter().all(|known| known.key != key) {
            self.price_types.push(PriceType {
                key: key.to_owned(),
                name: name.to_owned(),
                currency: currency.map(str::to_owned),
            });
        }
    }

    fn take(
        &mut self,
        mut element: Element,
        origin: Origin,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        match element.name.as_str() {
            "Ид" | "ИдКаталога" => self.name_catalogue(Some(element.text.trim())),
            "Группа" => self.take_group(&element, &origin, assembly)?,
            "Товар" | "Предложение" => {
                assembly.record_read()?;
                self.lighten(&mut element);
                let is_product = element.name == "Товар";
                let entry = Entry {
                    origin,
                    file: self.files,
                    key: key_of(&element),
                    price_list: self.price_list.clone().filter(|_| !is_product),
                    element,
                };
                if is_product {
                    self.goods.push(entry);
                } else {
                    self.offers.push(entry);
                }
            }
            "ТипЦены" if element.deletion() != Some(true) => {
                let name = element.value("Наименование").unwrap_or_default();
                self.add_price_type(&key_of(&element), name, element.value("Валюта"));
            }
            "ТипЦены" => {}
            "Склад" => {
                let key = key_of(&element);
                let name = element.value("Наименование").unwrap_or(&key).to_owned();
                self.warehouses.insert(key, name);
            }
            "ЕдиницаИзмерения" => self.take_unit(&element),
            "Свойство" => self.makers.learn(&element),
            _ => {
                assembly.record_read()?;
                self.documents += 1;
                let lines = count_lines(&element);
                assembly.skip(origin, Reason::Document { lines });
            }
        }
        Ok(())
    }

    /// In 3.1 goods name their unit by its key.
    fn take_unit(&mut self, element: &Element) {
        let name = element.any(&[
            "НаименованиеКраткое",
            "Наименование",
            "НаименованиеПолное",
            "МеждународноеСокращение",
        ]);
        if let Some(name) = name {
            for key in ["Ид", "Код"].iter().filter_map(|key| element.value(key)) {
                self.units.insert(key.to_owned(), name.to_owned());
            }
        }
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
        "Ид" => parent == Some("Каталог"),
        "ИдКаталога" => matches!(
            parent,
            Some("ПакетПредложений" | "ИзмененияПакетаПредложений")
        ),
        "ТипЦены" => parent == Some("ТипыЦен"),
        "Склад" => parent == Some("Склады"),
        "Свойство" => parent == Some("Свойства"),
        "ЕдиницаИзмерения" => parent == Some("ЕдиницыИзмерения"),
        "Документ" => true,
        _ => false,
    }
}

/// The key of what is described: some write a characteristic apart from the product, some one that stands for none.
fn key_of(element: &Element) -> String {
    let own = element
        .any(&["Ид", "Идентификатор", "ИдентификаторТовара"])
        .or_else(|| element.attribute("Товар"))
        .unwrap_or_default();
    let (product, characteristic) = match own.split_once('#') {
        Some((product, characteristic)) => (product, Some(characteristic)),
        None => (own, element.value("ИдХарактеристики")),
    };
    match characteristic {
        Some(own)
            if !own.is_empty()
                && own != NO_CHARACTERISTIC
                && own != product
                && !product.is_empty() =>
        {
            format!("{product}#{own}")
        }
        _ => product.to_owned(),
    }
}

fn count_lines(document: &Element) -> usize {
    let old = document.all("ТоварнаяПозиция").count();
    let new = document
        .child("Товары")
        .map_or(0, |goods| goods.all("Товар").count());
    old + new
}

fn declares_entities(declarations: &str) -> bool {
    declarations.contains("<!ENTITY")
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
