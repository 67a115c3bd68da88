//! The groups of an exchange, however they lie in each other.

use super::{Element, Exchange};
use crate::{
    assembly::Assembly,
    error::Result,
    skipped::{Origin, Reason},
};

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

impl Exchange {
    /// Takes a group with the groups in it, deep ones too.
    pub(super) fn take_group(
        &mut self,
        element: &Element,
        origin: &Origin,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        let mut waiting = vec![(element, None)];
        while let Some((element, parent)) = waiting.pop() {
            assembly.record_read()?;
            let key = if let Some(key) = element.any(&["Ид", "Идентификатор"]) {
                key.to_owned()
            } else {
                // No product can name it, but the groups in it are still its own.
                self.groups_without_key += 1;
                format!("\u{1f}{}", self.groups_without_key)
            };
            let inner = element
                .all("Группы")
                .flat_map(|groups| groups.all("Группа"))
                .chain(element.all("Группа"));
            let inner: Vec<_> = inner.map(|group| (group, Some(key.clone()))).collect();
            waiting.extend(inner.into_iter().rev());
            if element.deletion() == Some(true) {
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
