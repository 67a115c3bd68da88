//! Files and folders to one plan.

mod sheets;

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    assembly::{Assembly, Progress},
    commerceml::{ExchangeFile, read_exchange},
    django::read_database,
    error::{Error, NotCatalogue, Result},
    kind::{FRONT, Kind, by_content, by_front},
    plan::{Correction, Plan},
    separated::SeparatedText,
    skipped::{Note, Origin, Reason},
    spreadsheet::{
        read_sheets,
        xml_table::{Broken, read_xml_table},
    },
    table::{
        Row, Table,
        columns::{Columns, SAMPLE_ROWS},
        history::History,
        rows::read_table,
    },
    web_table::read_web_tables,
};

use self::sheets::unopened;

/// Folders lie no deeper in the folder that is imported.
const DEEPEST_FOLDER: usize = 6;

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
    let files = gathered.files;
    if files.is_empty() {
        return Err(Error::NothingGiven);
    }
    let mut assembly = Assembly::new(progress);
    for (path, reason) in gathered.left {
        assembly.skip(Origin::whole(&path.to_string_lossy()), reason);
    }
    let mut import = Import {
        corrections,
        several: files.len() > 1,
        ..Import::default()
    };
    for path in &files {
        let outcome = import.open(path, &mut assembly);
        import.set_aside(outcome, path, &mut assembly)?;
    }
    import.read_lists(&mut assembly)?;
    import.read_exchange(&mut assembly)?;
    import.tell_pictures(&mut assembly);
    if let Some(refusal) = import.refusal.filter(|_| !import.any_read) {
        return Err(refusal);
    }
    let first = files.first().and_then(|path| path.file_name());
    assembly.source(&first.unwrap_or_default().to_string_lossy());
    let plan = assembly.finish();
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

/// The files that are one import.
#[derive(Default)]
struct Gathered {
    files: Vec<PathBuf>,
    /// What lies in a folder and is not looked at.
    left: Vec<(PathBuf, Reason)>,
}

impl Gathered {
    /// The file that somebody named, or the files below the folder.
    fn gather(&mut self, path: &Path) -> Result<()> {
        let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if metadata.is_dir() {
            return self.folder(path, 1);
        }
        if !metadata.is_file() {
            let source = std::io::Error::other(Reason::NoFile.to_string());
            return Err(unreadable(path, source));
        }
        self.files.push(path.to_owned());
        Ok(())
    }

    /// Files in the order of their names; what is hidden is left alone. A link to a folder may lead back to where it stands,
    /// or to everything that the machine has.
    fn folder(&mut self, path: &Path, depth: usize) -> Result<()> {
        let mut entries = fs::read_dir(path)
            .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
            .map_err(|source| unreadable(path, source))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            let kind = entry
                .file_type()
                .map_err(|source| unreadable(&path, source))?;
            let leads_to_a_file = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file());
            if leads_to_a_file {
                self.files.push(path);
            } else if kind.is_symlink() {
                self.left.push((path, Reason::Link));
            } else if !kind.is_dir() {
                self.left.push((path, Reason::NoFile));
            } else if depth == DEEPEST_FOLDER {
                self.left.push((path, Reason::TooDeep));
            } else {
                self.folder(&path, depth + 1)?;
            }
        }
        Ok(())
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Unreadable {
        path: path.to_owned(),
        source,
    }
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
    pictures: Vec<PathBuf>,
    refusal: Option<Error>,
}

impl Import<'_> {
    /// Finds out what a file is. Databases are read at once; lists and exchanges wait for the files that belong to them.
    fn open(&mut self, path: &Path, assembly: &mut Assembly<'_>) -> Result<()> {
        let unreadable = |source| unreadable(path, source);
        let refuse = |what| Error::NotCatalogue {
            path: path.to_owned(),
            what,
        };
        let mut front = Vec::with_capacity(FRONT);
        let file = File::open(path).map_err(unreadable)?;
        file.take(FRONT as u64)
            .read_to_end(&mut front)
            .map_err(unreadable)?;
        let kind = match by_front(&front) {
            Some(Ok(())) => Kind::Database,
            Some(Err(what)) => return Err(refuse(what)),
            None => by_content(fs::read(path).map_err(unreadable)?).map_err(refuse)?,
        };
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

    fn recognise(&mut self, table: Box<dyn Table>, assembly: &mut Assembly<'_>) -> Recognised {
        let sample: Vec<Row> = table.rows().take(SAMPLE_ROWS).collect();
        let Some(columns) = Columns::recognise(table.part(), &sample, self.corrections) else {
            return Recognised::Nothing;
        };
        if columns.is_list_of_orders() {
            return Recognised::Orders;
        }
        if !columns.has_names() {
            assembly.note(Origin::new(table.part(), 0), Note::NamesMissing);
        }
        self.lists.push(List { table, columns });
        Recognised::List
    }

    /// What is to be done about a file that was not opened: named, if there are others.
    fn set_aside(
        &mut self,
        outcome: Result<()>,
        path: &Path,
        assembly: &mut Assembly<'_>,
    ) -> Result<()> {
        match outcome {
            Err(Error::NotCatalogue {
                what,
                path: refused,
            }) if self.several => {
                if what == NotCatalogue::Picture {
                    self.pictures.push(path.to_owned());
                } else {
                    set_aside(path, what, assembly);
                }
                self.refusal.get_or_insert(Error::NotCatalogue {
                    what,
                    path: refused,
                });
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
        for path in self.pictures.iter().filter(|path| !taken.contains(*path)) {
            set_aside(path, NotCatalogue::Picture, assembly);
        }
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
