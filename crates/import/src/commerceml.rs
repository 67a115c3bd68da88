//! CommerceML, what 1C exchanges catalogues in: versions 1.x (attributes), 2.x and 3.1.

mod element;
mod exchange;
mod goods;
mod pictures;

use std::{path::PathBuf, sync::Arc};

use quick_xml::{Reader, events::Event};

use self::{
    element::Element,
    exchange::{Exchange, Interrupted},
    goods::Goods,
    pictures::PictureFolders,
};
use crate::{
    assembly::Assembly,
    error::{Error, NotCatalogue, Result},
    skipped::{Note, Origin},
    text::Decoded,
};

/// One file of an exchange.
pub struct ExchangeFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called for whoever gave it.
    pub shown: PathBuf,
    /// Its name for the report.
    pub part: Arc<str>,
    /// Its text.
    pub decoded: Decoded,
}

/// Reads all files of an exchange as one into the plan, in the order in which 1C wrote them.
///
/// # Errors
/// [`Error::NotCatalogue`] if a file is damaged, or if there is neither a catalogue nor an offer in them;
/// [`Error::Cancelled`]
pub fn read_exchange(files: &[ExchangeFile], assembly: &mut Assembly<'_>) -> Result<()> {
    let mut files: Vec<&ExchangeFile> = files.iter().collect();
    files.sort_by_key(|file| written_at(&file.decoded.text));
    let mut exchange = Exchange::default();
    for file in &files {
        let refuse = |what| Error::NotCatalogue {
            path: file.shown.clone(),
            what,
        };
        exchange
            .read(&file.part, &file.decoded.text, assembly)
            .map_err(|interrupted| match interrupted {
                Interrupted::Broken(line) => refuse(NotCatalogue::TruncatedXml { line }),
                Interrupted::Entities => refuse(NotCatalogue::Entities),
                Interrupted::Stopped(error) => error,
            })?;
        if file.decoded.encoding != "UTF-8" {
            let note = Note::Encoding {
                encoding: file.decoded.encoding,
            };
            assembly.note(Origin::new(&file.part, 0), note);
        }
    }
    if !exchange.has_catalogue && !exchange.has_offers {
        let path = files.first().map(|file| file.shown.clone());
        return Err(Error::NotCatalogue {
            path: path.unwrap_or_default(),
            what: if exchange.documents > 0 {
                NotCatalogue::Orders
            } else {
                NotCatalogue::OtherCommerceMl
            },
        });
    }
    assembly.format("commerceml");
    let first = exchange.goods.first().or(exchange.offers.first());
    if first.is_some_and(|entry| is_unique_in_the_world(&entry.key)) {
        assembly.source("commerceml");
    } else if let Some(catalogue) = &exchange.catalogue {
        assembly.source(&format!("commerceml {catalogue}"));
    }
    let folders = PictureFolders::of(files.iter().map(|file| file.path.as_path()));
    Goods::take(&exchange, &folders, assembly);
    Ok(())
}

/// When 1C wrote the file, as text that sorts; nothing if the file does not say it that way.
fn written_at(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => break Element::opened(&start),
            Event::Eof => return None,
            _ => {}
        }
    };
    let date = root.attribute("ДатаФормирования")?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4 && digits(year));
    let month = parts
        .next()
        .filter(|month| month.len() == 2 && digits(month));
    year.and(month).map(|_| date.to_owned())
}

/// 1C 8 names its goods by UUIDs: a key of one warehouse is never one of another.
fn is_unique_in_the_world(key: &str) -> bool {
    let front = key.split('#').next().unwrap_or_default();
    let is_digit = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    front.len() == 36 && front.bytes().enumerate().all(is_digit)
}
