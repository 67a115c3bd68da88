//! What a file is, by its content; its name says nothing that can be trusted.

use std::io::{Read, Seek};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use crate::{
    django::MAGIC,
    error::NotCatalogue,
    spreadsheet::Workbook,
    text::{Decoded, decode},
};

/// A file that may hold a catalogue.
#[derive(Debug)]
pub enum Kind {
    /// SQLite, to be read from its path.
    Database,
    /// A workbook.
    Workbook(Workbook, Vec<u8>),
    /// CommerceML.
    CommerceMl(Decoded),
    /// A web page with a table in it.
    WebPage(Decoded),
    /// A workbook of Excel 2003 in XML.
    XmlTable(Decoded),
    /// Text, of which the rows will show whether it is a list.
    Text(Decoded),
}

/// How many bytes at the front are enough to know a database or a picture.
pub const FRONT: usize = 512;

/// What all parts of a workbook together may unpack to, in bytes: a sheet is read as a whole, and a list of half a million
/// products is a quarter of this.
const MOST_UNPACKED: u64 = 1 << 30;

/// Files that are known by their first bytes and are no catalogue.
const SIGNATURES: &[(&[u8], NotCatalogue)] = &[
    (b"\x89PNG", NotCatalogue::Picture),
    (b"\xff\xd8\xff", NotCatalogue::Picture),
    (b"GIF8", NotCatalogue::Picture),
    (b"BM", NotCatalogue::Picture),
    (b"II*\0", NotCatalogue::Picture),
    (b"MM\0*", NotCatalogue::Picture),
    (b"%PDF", NotCatalogue::Pdf),
    (b"7z\xbc\xaf", NotCatalogue::Archive),
    (b"Rar!", NotCatalogue::Archive),
    (b"\x1f\x8b", NotCatalogue::Archive),
    (b"\xfd7zXZ", NotCatalogue::Archive),
    (b"BZh", NotCatalogue::Archive),
    (b"{\\rtf", NotCatalogue::Document),
    (b"\x7fELF", NotCatalogue::Binary),
    (b"MZ", NotCatalogue::Binary),
];

/// What the front of a file says, if it says enough: a database, or something that is no catalogue.
pub fn by_front(front: &[u8]) -> Option<Result<(), NotCatalogue>> {
    if front.is_empty() {
        return Some(Err(NotCatalogue::Empty));
    }
    if front.starts_with(MAGIC) {
        return Some(Ok(()));
    }
    if MAGIC.starts_with(front) {
        return Some(Err(NotCatalogue::TruncatedDatabase));
    }
    if front.starts_with(b"RIFF") && front.get(8..12) == Some(b"WEBP") {
        return Some(Err(NotCatalogue::Picture));
    }
    SIGNATURES
        .iter()
        .filter(|(signature, _)| front.starts_with(signature))
        // Two letters alone may begin a text; a picture or program has zeros soon after them.
        .find(|(signature, _)| {
            signature.len() > 2
                || front.contains(&0)
                || front.get(2..3).is_some_and(|byte| byte[0] < 32)
        })
        .map(|(_, what)| Err(*what))
}

/// What the bytes of a file are that is no ZIP archive.
///
/// # Errors
/// What the file is instead of something that may hold a catalogue.
pub fn by_content(bytes: Vec<u8>) -> Result<Kind, NotCatalogue> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return old_office(&bytes).map(|workbook| Kind::Workbook(workbook, bytes));
    }
    let decoded = decode(bytes);
    if is_binary(&decoded.text) {
        return Err(NotCatalogue::Binary);
    }
    let text = decoded.text.trim_start();
    if text.is_empty() {
        return Err(NotCatalogue::Empty);
    }
    if !text.starts_with('<') {
        return if is_marked_down(text) {
            Err(NotCatalogue::Document)
        } else {
            Ok(Kind::Text(decoded))
        };
    }
    let root = root_of(text);
    let front: String = text.chars().take(4096).collect::<String>().to_lowercase();
    if root == "КоммерческаяИнформация"
        || front.contains("<коммерческаяинформация")
        || front.contains(":коммерческаяинформация")
    {
        return Ok(Kind::CommerceMl(decoded));
    }
    match other_xml(&root, &front) {
        NotCatalogue::XmlTable => Ok(Kind::XmlTable(decoded)),
        NotCatalogue::WebPage if has_table(text) => Ok(Kind::WebPage(decoded)),
        other => Err(other),
    }
}

fn has_table(page: &str) -> bool {
    let mut tags = page.match_indices('<');
    tags.any(|(at, _)| {
        let name = page.as_bytes().get(at + 1..at + 6);
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
    })
}

/// The name of the first element, without prefix; empty if there is none.
fn root_of(text: &str) -> String {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                return start.local_name().as_ref().to_owned();
            }
            Ok(Event::Eof) | Err(_) => return String::new(),
            Ok(_) => {}
        }
    }
}

/// What XML is that is not CommerceML, by its root; by what it says in the beginning where a page has lost its root.
fn other_xml(root: &str, front: &str) -> NotCatalogue {
    match root.to_lowercase().as_str() {
        "yml_catalog" | "kaspi_catalog" => return NotCatalogue::ShopFeed,
        "workbook" if front.contains("microsoft-com:office") => return NotCatalogue::XmlTable,
        "rss" | "feed" | "rdf" => return NotCatalogue::NewsFeed,
        "svg" => return NotCatalogue::Picture,
        "файлобмена" | "_1cv8dtud" => return NotCatalogue::OtherExchange,
        "message" if front.contains("1c.ru/") => return NotCatalogue::OtherExchange,
        _ => {}
    }
    let page = ["<!doctype html", "<html", "<table", "<body", "<head"]
        .iter()
        .any(|tag| front.contains(tag));
    if page {
        NotCatalogue::WebPage
    } else {
        NotCatalogue::OtherXml
    }
}

/// Whether a file begins as a ZIP archive does, with one part at least or with none.
pub fn is_archive(front: &[u8]) -> bool {
    matches!(front, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..])
}

/// What is in the parts of a ZIP archive.
///
/// # Errors
/// What the file is instead of a workbook.
pub fn by_archive<R: Read + Seek>(mut file: R) -> Result<Workbook, NotCatalogue> {
    let mut front = Vec::new();
    let _ = file.by_ref().take(1 << 16).read_to_end(&mut front);
    let Ok(mut archive) = ZipArchive::new(file) else {
        // The list of a ZIP's parts stands at its end; the parts' names stand before each of them too.
        let says = |name: &[u8]| front.windows(name.len()).any(|window| window == name);
        let book =
            says(b"[Content_Types].xml") || says(b"xl/") || says(b"opendocument.spreadsheet");
        return Err(if book {
            NotCatalogue::TruncatedWorkbook
        } else {
            NotCatalogue::Archive
        });
    };
    if archive.is_empty() {
        return Err(NotCatalogue::Empty);
    }
    if !is_of_office(&archive) {
        return Err(NotCatalogue::Archive);
    }
    // Of a part that says less than it unpacks to, the reader of archives gives no more than it says, and then an error.
    let unpacked = (0..archive.len())
        .filter_map(|part| archive.by_index_raw(part).ok().map(|part| part.size()))
        .fold(0, u64::saturating_add);
    if unpacked > MOST_UNPACKED {
        return Err(NotCatalogue::TooLarge);
    }
    let has = |archive: &ZipArchive<_>, name: &str| archive.index_for_name(name).is_some();
    if has(&archive, "xl/workbook.xml") {
        return Ok(Workbook::Xlsx);
    }
    if has(&archive, "xl/workbook.bin") {
        return Ok(Workbook::Xlsb);
    }
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        let _ = part.take(200).read_to_string(&mut kind);
    }
    if kind.contains("opendocument.spreadsheet") {
        return Ok(Workbook::Ods);
    }
    let is_document = kind.contains("opendocument")
        || has(&archive, "word/document.xml")
        || has(&archive, "ppt/presentation.xml");
    Err(if is_document {
        NotCatalogue::Document
    } else {
        NotCatalogue::Archive
    })
}

/// Whether an archive is a file of an office program, by the parts that such a file begins with, and not a folder of files.
pub fn is_of_office<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    [
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/workbook.bin",
        "mimetype",
    ]
    .iter()
    .any(|part| archive.index_for_name(part).is_some())
}

/// The old container of Office: its streams are named in UTF-16.
fn old_office(bytes: &[u8]) -> Result<Workbook, NotCatalogue> {
    let says = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if says("WordDocument") || says("PowerPoint Document") {
        return Err(NotCatalogue::Document);
    }
    // A workbook with a password lies in the old container whatever its own format is.
    Ok(if says("EncryptedPackage") {
        Workbook::Xlsx
    } else {
        Workbook::Xls
    })
}

/// A table in a text of its own has a rule below its heads: `| --- | --- |`.
fn is_marked_down(text: &str) -> bool {
    text.lines().take(200).any(|line| {
        let line = line.trim();
        line.contains("--")
            && line.contains('|')
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    })
}

fn is_binary(text: &str) -> bool {
    let sample = text.chars().take(8192);
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in sample {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}');
        odd += usize::from(control || c == '\u{fffd}');
    }
    odd * 50 > all
}
