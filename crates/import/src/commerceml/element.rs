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
                        _ => text.push_str(
                            resolve_predefined_entity(&reference.xml10_content())
                                .unwrap_or_default(),
                        ),
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

    /// Whether the element is marked as deleted, in the words of any version.
    pub fn is_deleted(&self) -> bool {
        let marked = self
            .value("ПометкаУдаления")
            .is_some_and(|text| text.eq_ignore_ascii_case("true") || text == "1");
        let status = self
            .any(&["Статус"])
            .is_some_and(|text| text.to_lowercase().starts_with("удал"));
        marked || status
    }
}
