//! Files and folders to one plan.

mod gathering;
mod sheets;

use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    assembly::{Assembly, Progress},
    commerceml::{ExchangeFile, read_exchange},
    django::read_database,
    error::{Error, NotCatalogue, Result},
    kind::{FRONT, Kind, by_archive, by_content, by_front, is_archive},
    plan::{Correction, Plan},
    separated::SeparatedText,
    skipped::{Note, Origin, Reason},
    spreadsheet::{
        read_sheets,
        xml_table::{Broken, read_xml_table},
    },
    table::{
        Row, Table,
        cards::list_of_cards,
        columns::{Columns, SAMPLE_ROWS},
        history::History,
        ledger::in_quantities,
        places_below::places_beside,
        rows::read_table,
        sections::sections,
    },
    web_table::read_web_tables,
};

use self::{
    gathering::{Found, Gathered},
    sheets::unopened,
};

/// Reads files and folders, all as one import.
///
/// A file that is no catalogue is refused if it is the only one, and named among what was skipped if others are.
///
/// # Errors
/// [`Error::NotCatalogue`], [`Error::Unreadable`], [`Error::Protected`], [`Error::Database`], [`Error::NothingGiven`],
/// [`Error::UnknownColumn`] for a correction that meets no column, [`Error::Cancelled`]
pub fn read(paths: &[PathBuf], corrections: &[Correction], progress: Progress<'_>) -> Result<Plan> {
    let mut gathered = Gathered::default();
    for path in paths {
        gathered.gather(path)?;
    }
    let Gathered {
        files,
        left,
        unpacked,
    } = gathered;
    if files.is_empty() {
        return Err(Error::NothingGiven);
    }
    let mut assembly = Assembly::new(progress);
    for (path, reason) in left {
        assembly.skip(Origin::whole(&path.to_string_lossy()), reason);
    }
    let mut import = Import {
        corrections,
        several: files.len() > 1,
        ..Import::default()
    };
    for found in &files {
        let outcome = import.open(found, &mut assembly);
        let outcome = outcome.map_err(|error| error.at(&found.shown));
        import.set_aside(outcome, found, &mut assembly)?;
    }
    import.read_lists(&mut assembly)?;
    import.read_exchange(&mut assembly)?;
    import.tell_pictures(&mut assembly);
    if let Some(refusal) = import.refusal.filter(|_| !import.any_read) {
        return Err(refusal);
    }
    let first = files.first().and_then(|found| found.path.file_name());
    assembly.source(&first.unwrap_or_default().to_string_lossy());
    let plan = Plan {
        unpacked,
        ..assembly.finish()
    };
    let met = |correction: &&Correction| {
        !plan
            .mapping
            .iter()
            .any(|column| column.column == correction.column)
    };
    if let Some(unmet) = corrections.iter().find(met) {
        return Err(Error::UnknownColumn {
            column: unmet.column.clone(),
        });
    }
    Ok(plan)
}

/// A list whose columns are understood.
struct List {
    table: Box<dyn Table>,
    columns: Columns,
}

/// The files of an import while they are looked at.
#[derive(Default)]
struct Import<'c> {
    corrections: &'c [Correction],
    several: bool,
    lists: Vec<List>,
    exchange: Vec<ExchangeFile>,
    any_read: bool,
    /// Pictures, until it is known whether goods name them.
    pictures: Vec<Found>,
    refusal: Option<Error>,
}

impl Import<'_> {
    /// Finds out what a file is. Databases are read at once; lists and exchanges wait for the files that belong to them.
    fn open(&mut self, found: &Found, assembly: &mut Assembly<'_>) -> Result<()> {
        let path = found.path.as_path();
        let refuse = |what| Error::NotCatalogue {
            path: path.to_owned(),
            what,
        };
        let kind = kind_of(path)?;
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        match kind {
            Kind::Database => {
                read_database(path, self.corrections, assembly)?;
                self.any_read = true;
                Ok(())
            }
            Kind::CommerceMl(decoded) => {
                self.exchange.push(ExchangeFile {
                    path: path.to_owned(),
                    shown: found.shown.clone(),
                    part: Arc::from(name),
                    decoded,
                });
                Ok(())
            }
            Kind::Workbook(workbook, bytes) => {
                let sheets = read_sheets(&bytes, workbook).map_err(|why| unopened(path, why))?;
                let kind = (workbook.format(), NotCatalogue::OtherWorkbook);
                self.open_sheets(sheets, &name, kind, assembly)
                    .map_err(refuse)
            }
            Kind::XmlTable(decoded) => {
                let sheets = read_xml_table(&decoded.text)
                    .map_err(|Broken| refuse(NotCatalogue::XmlTable))?;
                let kind = ("excel-xml", NotCatalogue::OtherWorkbook);
                self.open_sheets(sheets, &name, kind, assembly)
                    .map_err(refuse)
            }
            Kind::WebPage(decoded) => {
                let tables = read_web_tables(&decoded.text);
                let kind = ("html", NotCatalogue::WebPage);
                self.open_sheets(tables, &name, kind, assembly)
                    .map_err(refuse)
            }
            Kind::Text(decoded) => {
                if decoded.encoding != "UTF-8" {
                    let note = Note::Encoding {
                        encoding: decoded.encoding,
                    };
                    assembly.note(Origin::whole(&name), note);
                }
                let text = SeparatedText::new(&name, decoded.text);
                match self.recognise(Box::new(text), assembly) {
                    Recognised::List => assembly.format("csv"),
                    Recognised::Orders => return Err(refuse(NotCatalogue::OrderList)),
                    Recognised::Nothing => return Err(refuse(NotCatalogue::OtherText)),
                }
                Ok(())
            }
        }
    }

    /// Finds out what a table is. One that holds several lists is several.
    fn recognise(&mut self, table: Box<dyn Table>, assembly: &mut Assembly<'_>) -> Recognised {
        let mut recognised = Recognised::Nothing;
        let table = in_quantities(list_of_cards(table));
        for section in sections(table, self.corrections) {
            let table = places_beside(section, self.corrections);
            let sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
            let Some(mut columns) = Columns::recognise(table.part(), &sample, self.corrections)
            else {
                continue;
            };
            if columns.is_list_of_orders() {
                return Recognised::Orders;
            }
            if table.is_ledger() {
                columns.are_of_ledger();
            }
            if !columns.has_names() && !columns.composes_names() {
                assembly.note(Origin::new(table.part(), 0), Note::NamesMissing);
            }
            self.lists.push(List { table, columns });
            recognised = Recognised::List;
        }
        recognised
    }

    /// What is to be done about a file that was not opened: named, if there are others.
    fn set_aside(
        &mut self,
        outcome: Result<()>,
        found: &Found,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        match outcome {
            Err(Error::NotCatalogue { what, path }) if self.several => {
                if what == NotCatalogue::Picture {
                    self.pictures.push(found.clone());
                } else {
                    set_aside(&path, what, assembly);
                }
                self.refusal
                    .get_or_insert(Error::NotCatalogue { what, path });
                Ok(())
            }
            other => other,
        }
    }

    /// Lists with names first, so that lists of codes and quantities find their products; those of movements after the others,
    /// which say what is there.
    fn read_lists(&mut self, assembly: &mut Assembly<'_>) -> Result<()> {
        let mut lists = std::mem::take(&mut self.lists);
        lists.sort_by_key(|list| (!list.columns.has_names(), list.columns.journal.is_some()));
        let mut history = History::default();
        for list in lists {
            read_table(list.table.as_ref(), &list.columns, &mut history, assembly)?;
            self.any_read = true;
        }
        history.settle(assembly);
        Ok(())
    }

    fn read_exchange(&mut self, assembly: &mut Assembly<'_>) -> Result<()> {
        if self.exchange.is_empty() {
            return Ok(());
        }
        match read_exchange(&self.exchange, assembly) {
            // Beside something else that was read, orders are named and not refused; half an exchange is nothing to take.
            Err(Error::NotCatalogue {
                path,
                what: what @ (NotCatalogue::Orders | NotCatalogue::OtherCommerceMl),
            }) if self.any_read => {
                set_aside(&path, what, assembly);
                Ok(())
            }
            outcome => {
                self.any_read |= outcome.is_ok();
                outcome
            }
        }
    }

    /// Names the pictures that no product has.
    fn tell_pictures(&mut self, assembly: &mut Assembly<'_>) {
        let taken = assembly.picture_files();
        for picture in &self.pictures {
            if !taken.contains(&picture.path) {
                set_aside(&picture.shown, NotCatalogue::Picture, assembly);
            }
        }
    }
}

/// What a file is, of which no more is read than it takes to know.
fn kind_of(path: &Path) -> Result<Kind> {
    let unreadable = |source| Error::unreadable(path, source);
    let refuse = |what| Error::NotCatalogue {
        path: path.to_owned(),
        what,
    };
    let mut front = Vec::with_capacity(FRONT);
    let file = File::open(path).map_err(unreadable)?;
    file.take(FRONT as u64)
        .read_to_end(&mut front)
        .map_err(unreadable)?;
    match by_front(&front) {
        Some(Ok(())) => Ok(Kind::Database),
        Some(Err(what)) => Err(refuse(what)),
        None if is_archive(&front) => {
            let file = File::open(path).map_err(unreadable)?;
            let workbook = by_archive(BufReader::new(file)).map_err(refuse)?;
            let bytes = fs::read(path).map_err(unreadable)?;
            Ok(Kind::Workbook(workbook, bytes))
        }
        None => by_content(fs::read(path).map_err(unreadable)?).map_err(refuse),
    }
}

/// Names a file that is no catalogue.
fn set_aside(path: &Path, what: NotCatalogue, assembly: &mut Assembly<'_>) {
    let origin = Origin::whole(&path.to_string_lossy());
    assembly.skip(origin, Reason::NotCatalogue(what));
}

/// What a table turned out to be.
enum Recognised {
    /// A list of products.
    List,
    /// A list of orders.
    Orders,
    /// Neither.
    Nothing,
}
