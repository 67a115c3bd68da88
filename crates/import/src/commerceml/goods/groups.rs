//! The groups of an exchange, and which of them a product stands in.

use std::collections::{HashMap, HashSet};

use super::{Element, Goods};

impl Goods<'_, '_, '_> {
    /// Groups after the groups around them; 1C 7.7 writes them in any order. A ring of groups is cut open.
    pub(super) fn take_groups(&mut self) {
        let exchange = self.exchange;
        let by_key: HashMap<&str, usize> = exchange
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.key.as_str(), at))
            .collect();
        for group in &exchange.groups {
            // The last that the files say of a group is the newest.
            let Some(at) = by_key.get(group.key.as_str()).copied() else {
                continue;
            };
            let mut path = vec![at];
            let mut seen = HashSet::from([at]);
            let mut current = at;
            while let Some(above) = exchange
                .groups
                .get(current)
                .and_then(|group| by_key.get(group.parent.as_deref()?))
                .copied()
            {
                if !seen.insert(above) {
                    break;
                }
                path.push(above);
                current = above;
                let key = exchange.groups.get(above).map(|group| group.key.as_str());
                if key.is_some_and(|key| self.categories.contains_key(key)) {
                    break;
                }
            }
            let mut parent = None;
            for group in path
                .into_iter()
                .rev()
                .filter_map(|at| exchange.groups.get(at))
            {
                let category = match self.categories.get(group.key.as_str()).copied() {
                    Some(known) => Some(known),
                    None => self.assembly.category(parent, &group.name),
                };
                if let Some(category) = category {
                    self.categories.insert(&group.key, category);
                    parent = Some(category);
                }
            }
        }
    }

    /// The first group of a product that the files describe; Ombor keeps a product in one group.
    pub(super) fn category_of(&mut self, element: &Element) -> Option<usize> {
        let named: Vec<&str> = element
            .all("Группы")
            .flat_map(|groups| groups.all("Ид"))
            .map(|key| key.text.trim())
            .chain(element.any(&["Родитель", "ИдГруппы"]))
            .filter(|key| !key.is_empty())
            .collect();
        let mut known: Vec<usize> = named
            .iter()
            .filter_map(|key| self.categories.get(key).copied())
            .collect();
        let first = known.first().copied();
        known.sort_unstable();
        known.dedup();
        self.told.unknown_groups += u64::from(known.is_empty() && !named.is_empty());
        self.told.several_groups += u64::from(known.len() > 1);
        first
    }
}
