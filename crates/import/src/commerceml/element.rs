//! An element of the file with everything in it, read as a whole: one product, one offer, one group.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

/// Elements lie no deeper in each other, unless somebody wants to see the program fall.
const DEEPEST: usize = 64;

/// An element: its name without prefix, attributes, text and children.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// Its own text.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

/// The file ends in the middle, or is no XML there.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken;

/// What a mark of deletion says, in small letters.
const YES: &[&str] = &["true", "1", "да", "истина"];

impl Element {
    /// An element without its content.
    pub fn opened(start: &BytesStart<'_>) -> Self {
        let attributes = start
            .attributes()
            .filter_map(Result::ok)
            .filter_map(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
                Some((
                    attribute.key.local_name().as_ref().to_owned(),
                    value.trim().to_owned(),
                ))
            })
            .collect();
        Self {
            name: start.local_name().as_ref().to_owned(),
            attributes,
            ..Self::default()
        }
    }

    /// Reads the content of an element whose opening tag was just read.
    ///
    /// # Errors
    /// [`Broken`]
    pub fn read(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Self, Broken> {
        let mut open = vec![Self::opened(start)];
        loop {
            let event = reader.read_event().map_err(|_| Broken)?;
            match event {
                Event::Start(start) if open.len() >= DEEPEST => {
                    reader.read_to_end(start.name()).map_err(|_| Broken)?;
                }
                Event::Start(start) => open.push(Self::opened(&start)),
                Event::Empty(start) => {
                    let child = Self::opened(&start);
                    open.last_mut().ok_or(Broken)?.children.push(child);
                }
                Event::End(_) => {
                    let done = open.pop().ok_or(Broken)?;
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Text(text) => open
                    .last_mut()
                    .ok_or(Broken)?
                    .text
                    .push_str(&text.xml10_content()),
                Event::CData(text) => open
                    .last_mut()
                    .ok_or(Broken)?
                    .text
                    .push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let text = &mut open.last_mut().ok_or(Broken)?.text;
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => text.push(c),
                        _ => push_entity(text, &reference.xml10_content()),
                    }
                }
                Event::Eof => return Err(Broken),
                _ => {}
            }
        }
    }

    /// What the element says under this name, as a child or, in the old versions, as an attribute; `None` if nothing.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)
            .map(|child| child.text.trim())
            .or_else(|| self.attribute(name))
            .filter(|text| !text.is_empty())
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first value under one of these names.
    pub fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.value(name))
    }

    /// Whether the element is marked as deleted, in the words of any version; `None` if it says nothing of it.
    pub fn deletion(&self) -> Option<bool> {
        let marked = self
            .value("ПометкаУдаления")
            .map(|text| YES.contains(&text.to_lowercase().as_str()));
        let status = self
            .value("Статус")
            .map(|text| text.to_lowercase().starts_with("удал"));
        match (marked, status) {
            (None, None) => None,
            (marked, status) => Some(marked == Some(true) || status == Some(true)),
        }
    }

    /// Whether a number in it groups its thousands by commas: `1,234.50`.
    pub fn groups_by_comma(&self) -> bool {
        let own = std::iter::once(self.text.as_str())
            .chain(self.attributes.iter().map(|(_, value)| value.as_str()));
        own.map(str::trim).any(is_grouped_by_comma)
            || self.children.iter().any(Self::groups_by_comma)
    }
}

/// What an entity stands for; one that nobody knows stays as it is written.
fn push_entity(text: &mut String, name: &str) {
    match resolve_predefined_entity(name) {
        Some(known) => text.push_str(known),
        None if name == "nbsp" => text.push('\u{a0}'),
        None => {
            text.push('&');
            text.push_str(name);
            text.push(';');
        }
    }
}

fn is_grouped_by_comma(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, decimals)| {
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = whole.split(',');
        let leads = parts
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()) && are_digits(first));
        leads
            && whole.contains(',')
            && are_digits(decimals)
            && parts.all(|part| part.len() == 3 && are_digits(part))
    })
}
