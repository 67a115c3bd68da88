//! The sheets of a workbook, or the tables of a page: which of them are lists.

use std::path::Path;

use super::{Import, Recognised};
use crate::{
    assembly::Assembly,
    error::{Error, NotCatalogue},
    skipped::{Note, Origin, Reason},
    spreadsheet::{Sheet, Unopened},
    table::Table,
};

impl Import<'_> {
    /// Finds the lists among the sheets; hidden ones are looked at only if no other is a list. `kind` is the format's name, and
    /// what the file is if no sheet is a list.
    ///
    /// # Errors
    /// What the file is instead of a catalogue.
    pub(super) fn open_sheets(
        &mut self,
        sheets: Vec<Sheet>,
        name: &str,
        kind: (&'static str, NotCatalogue),
        assembly: &mut Assembly<'_>,
    ) -> Result<(), NotCatalogue> {
        let (format, mut what) = kind;
        let mut left = Vec::new();
        let first_list = self.lists.len();
        let (hidden, shown): (Vec<Sheet>, Vec<Sheet>) =
            sheets.into_iter().partition(Sheet::is_hidden);
        for mut sheet in shown.into_iter().chain(hidden) {
            let place = sheet.part().to_string();
            if self.several {
                sheet.rename(&format!("{name}/{}", sheet.part()));
            }
            let origin = Origin::new(sheet.part(), 0);
            if sheet.is_empty() {
                assembly.note(origin, Note::Empty);
                continue;
            }
            let rows = sheet.rows().count() as u64;
            if sheet.is_hidden() && self.lists.len() > first_list {
                left.push((origin, Reason::HiddenSheet { rows }));
                continue;
            }
            let lists_before = self.lists.len();
            match self.recognise(Box::new(sheet), assembly) {
                Recognised::List => {
                    for list in self.lists.iter_mut().skip(lists_before) {
                        list.columns.lie_in(&place);
                    }
                }
                Recognised::Orders => {
                    what = NotCatalogue::OrderList;
                    left.push((origin, Reason::NotCatalogue(what)));
                }
                Recognised::Nothing => left.push((origin, Reason::NoHeads { rows })),
            }
        }
        if self.lists.len() == first_list {
            return Err(what);
        }
        for (origin, reason) in left {
            assembly.skip(origin, reason);
        }
        assembly.format(format);
        Ok(())
    }
}

/// Why the workbook of this path was not opened.
pub fn unopened(path: &Path, why: Unopened) -> Error {
    let path = path.to_owned();
    let what = match why {
        Unopened::Protected => return Error::Protected { path },
        Unopened::Damaged => NotCatalogue::TruncatedWorkbook,
        Unopened::TooLarge => NotCatalogue::TooLarge,
    };
    Error::NotCatalogue { path, what }
}
