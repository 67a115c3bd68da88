//! Groups that stand below their rows, as a spreadsheet sums up by default.

use std::collections::{HashMap, HashSet};

use super::groups::{tells_nothing_apart, total_of};
use crate::{
    lexicon::{Field, says_total},
    table::{Table, columns::Columns},
};

/// The groups of an outline whose rows stand above them.
#[derive(Debug, Default)]
pub struct GroupsBelow {
    /// The groups that begin with a row, the outer one first: how deep each lies, and its name.
    opening: HashMap<u64, Vec<(usize, String)>>,
    closing: HashSet<u64>,
}

/// A row of an outline.
struct Line {
    number: u64,
    level: usize,
    name: String,
    /// Whether it has nothing that tells goods apart.
    is_bare: bool,
}

impl GroupsBelow {
    /// Looks through the outline of a table; nothing is found if its groups stand above their rows.
    pub fn find(table: &dyn Table, columns: &Columns) -> Self {
        if table.groups_stand_above() {
            return Self::default();
        }
        let lines: Vec<Line> = table
            .rows()
            .skip(columns.first_row)
            .filter(|row| !row.is_blank() && total_of(columns, row).is_none())
            .map(|row| Line {
                number: row.number,
                level: usize::from(row.level),
                name: columns
                    .of(Field::Name)
                    .and_then(|name| without_total(&row.cell(name).text()))
                    .unwrap_or_default(),
                is_bare: tells_nothing_apart(columns, &row),
            })
            .collect();
        if stand_above(&lines) {
            return Self::default();
        }
        let mut this = Self::default();
        let mut begun: Vec<Option<u64>> = Vec::new();
        for line in lines {
            if let Some(Some(first)) = begun.get(line.level) {
                this.closing.insert(line.number);
                if columns.of(Field::Category).is_none() {
                    let opening = this.opening.entry(*first).or_default();
                    opening.insert(0, (line.level, line.name));
                }
            }
            begun.resize(line.level, None);
            for first in &mut begun {
                first.get_or_insert(line.number);
            }
        }
        this
    }

    /// Whether there are any.
    pub fn are_there(&self) -> bool {
        !self.closing.is_empty()
    }

    /// The groups that begin with this row, the outer one first.
    pub fn opening(&self, row: u64) -> &[(usize, String)] {
        self.opening
            .get(&row)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Whether the row is a group.
    pub fn close(&self, row: u64) -> bool {
        self.closing.contains(&row)
    }
}

/// Whether the groups stand above their rows after all, which many programs write without saying so: the list ends deeper
/// than it begins, or the rows above deeper ones are those that tell no goods apart.
fn stand_above(lines: &[Line]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return true;
    };
    if first.level != last.level {
        return last.level > first.level;
    }
    let (mut above, mut below) = (0_usize, 0_usize);
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        above += usize::from(line.is_bare && next.level > line.level);
        below += usize::from(next.is_bare && line.level > next.level);
    }
    above > below
}

/// A group's name without the word that says that its total stands here; `None` if nothing is left.
fn without_total(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.last().is_some_and(|word| says_total(word)) {
        words.pop();
    }
    (!words.is_empty()).then(|| words.join(" "))
}
