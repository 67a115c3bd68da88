//! Why nothing was read: what a file is instead of a catalogue, or what keeps it from being read.

use std::path::{Path, PathBuf};

/// The outcome of reading old data.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a file is that holds no catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCatalogue {
    /// PNG, JPEG, GIF, BMP, WebP, TIFF.
    #[error("a picture")]
    Picture,
    /// A PDF.
    #[error("a PDF document")]
    Pdf,
    /// A 7z, RAR, gzip or xz archive; a ZIP within another, or one that is damaged or too big to be unpacked for this.
    #[error("an archive: unpack it first")]
    Archive,
    /// A word processor's document.
    #[error("a text document, not a table")]
    Document,
    /// A web page, often one that carries the name of a workbook.
    #[error("a web page: save it as .xlsx first")]
    WebPage,
    /// XML that is not CommerceML.
    #[error("an XML file, but not CommerceML")]
    OtherXml,
    /// CommerceML without goods, groups, offers or documents: an answer, or partners alone.
    #[error("a CommerceML file without a catalogue: it has neither goods nor groups nor offers")]
    OtherCommerceMl,
    /// XML that declares entities of its own, which a catalogue has no use for and which can fill the memory.
    #[error("an XML file that declares entities of its own, which are not read")]
    Entities,
    /// What a shop gives to a market place: YML of Yandex Market, the list of Kaspi.
    #[error(
        "a price list for a market place (YML, Kaspi), not CommerceML: it has no stock; export a table instead"
    )]
    ShopFeed,
    /// The XML table of Excel 2003.
    #[error("an Excel 2003 table in XML: save it as .xlsx first")]
    XmlTable,
    /// RSS or Atom.
    #[error("a news feed (RSS, Atom), not a catalogue")]
    NewsFeed,
    /// An exchange file of 1C in another format: EnterpriseData, conversion rules, a universal dump.
    #[error(
        "an exchange file between two databases of 1C, not CommerceML: export the catalogue for a site instead"
    )]
    OtherExchange,
    /// CommerceML with documents alone: an order or an invoice.
    #[error("an order file of 1C: it holds documents, not a catalogue")]
    Orders,
    /// A table of orders.
    #[error("a list of orders, not of products")]
    OrderList,
    /// An SQLite database that is shorter than its own header says, or damaged inside.
    #[error("a truncated or damaged database")]
    TruncatedDatabase,
    /// An SQLite database without a table of products, or with none in it.
    #[error("a database without products")]
    OtherDatabase,
    /// XML that ends in the middle, or is none from there on.
    #[error("a truncated or damaged XML file: it cannot be read beyond line {line}")]
    TruncatedXml {
        /// Where, from 1.
        line: u64,
    },
    /// A workbook that cannot be opened.
    #[error("a truncated or damaged workbook")]
    TruncatedWorkbook,
    /// A workbook that fills the memory when it is unpacked.
    #[error("a workbook that unpacks to more than a gigabyte")]
    TooLarge,
    /// A program, a sound, a video or another file of bytes.
    #[error("a binary file")]
    Binary,
    /// Text in which no column of products was recognised.
    #[error("a text without a column of product names or codes")]
    OtherText,
    /// A workbook in which no sheet has a column of products.
    #[error("a workbook without a column of product names or codes")]
    OtherWorkbook,
    /// No bytes at all.
    #[error("an empty file")]
    Empty,
}

impl NotCatalogue {
    /// The word for it in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Pdf => "pdf",
            Self::Archive => "archive",
            Self::Document => "document",
            Self::WebPage => "web_page",
            Self::OtherXml => "other_xml",
            Self::OtherCommerceMl => "other_commerceml",
            Self::Entities => "entities",
            Self::ShopFeed => "shop_feed",
            Self::XmlTable => "xml_table",
            Self::NewsFeed => "news_feed",
            Self::OtherExchange => "other_exchange",
            Self::Orders => "orders",
            Self::OrderList => "order_list",
            Self::TruncatedDatabase => "truncated_database",
            Self::OtherDatabase => "other_database",
            Self::TruncatedXml { .. } => "truncated_xml",
            Self::TruncatedWorkbook => "truncated_workbook",
            Self::TooLarge => "too_large",
            Self::Binary => "binary",
            Self::OtherText => "other_text",
            Self::OtherWorkbook => "other_workbook",
            Self::Empty => "empty",
        }
    }
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file was read and holds no catalogue.
    #[error("{}: {what}", path.display())]
    NotCatalogue {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: NotCatalogue,
    },
    /// The system did not give the file.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The workbook or archive is protected by a password.
    #[error("{} is protected by a password", path.display())]
    Protected {
        /// The file.
        path: PathBuf,
    },
    /// The database answers with an error.
    #[error("{} cannot be read: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// Files of different kinds were given as one import.
    #[error("{first} and {second} cannot be one import")]
    MixedFormats {
        /// The format of the first file.
        first: &'static str,
        /// The format that does not go with it.
        second: &'static str,
    },
    /// There is no file in what was given.
    #[error("no file to import")]
    NothingGiven,
    /// A correction names a column or a field that is not there.
    #[error("{column:?} is no column of the file, or its field is unknown")]
    UnknownColumn {
        /// What was named.
        column: String,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    /// The word for it in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotCatalogue { what, .. } => what.code(),
            Self::Unreadable { .. } => "unreadable",
            Self::Protected { .. } => "protected",
            Self::Database { .. } => "database",
            Self::MixedFormats { .. } => "mixed_formats",
            Self::NothingGiven => "nothing_given",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::Cancelled => "cancelled",
        }
    }

    /// That a file cannot be read.
    pub(crate) fn unreadable(path: &Path, source: std::io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            source,
        }
    }

    /// The same of the file that is called so.
    pub(crate) fn at(mut self, shown: &Path) -> Self {
        match &mut self {
            Self::NotCatalogue { path, .. }
            | Self::Unreadable { path, .. }
            | Self::Protected { path }
            | Self::Database { path, .. } => shown.clone_into(path),
            Self::MixedFormats { .. }
            | Self::NothingGiven
            | Self::UnknownColumn { .. }
            | Self::Cancelled => {}
        }
        self
    }

    /// Whether the file was read and is no catalogue, as opposed to a file that could not be read.
    pub fn is_not_catalogue(&self) -> bool {
        matches!(self, Self::NotCatalogue { .. })
    }
}
