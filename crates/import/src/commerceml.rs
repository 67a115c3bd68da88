//! CommerceML, what 1C exchanges catalogues in: versions 1.x (attributes), 2.x and 3.1.

mod element;
mod exchange;
mod goods;
mod pictures;

use std::{path::PathBuf, sync::Arc};

use self::{
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
    /// Its name for the report.
    pub part: Arc<str>,
    /// Its text.
    pub decoded: Decoded,
}

/// Reads all files of an exchange as one into the plan.
///
/// # Errors
/// [`Error::NotCatalogue`] if a file is damaged or holds documents alone, [`Error::Cancelled`]
pub fn read_exchange(files: &[ExchangeFile], assembly: &mut Assembly<'_>) -> Result<()> {
    let mut exchange = Exchange::default();
    for file in files {
        let before = exchange.documents;
        let entries = exchange.goods.len() + exchange.offers.len() + exchange.groups.len();
        let refuse = |what| Error::NotCatalogue {
            path: file.path.clone(),
            what,
        };
        exchange
            .read(&file.part, &file.decoded.text, assembly)
            .map_err(|interrupted| match interrupted {
                Interrupted::Broken => refuse(NotCatalogue::TruncatedXml),
                Interrupted::Stopped(error) => error,
            })?;
        let only_documents = exchange.documents > before
            && entries == exchange.goods.len() + exchange.offers.len() + exchange.groups.len();
        if only_documents && files.len() == 1 && !exchange.has_catalogue {
            return Err(refuse(NotCatalogue::Orders));
        }
        if file.decoded.encoding != "UTF-8" {
            let note = Note::Encoding {
                encoding: file.decoded.encoding,
            };
            assembly.note(Origin::new(&file.part, 0), note);
        }
    }
    if !exchange.has_catalogue && !exchange.has_offers {
        let path = files
            .first()
            .map(|file| file.path.clone())
            .unwrap_or_default();
        return Err(Error::NotCatalogue {
            path,
            what: NotCatalogue::OtherXml,
        });
    }
    assembly.format("commerceml");
    let first = exchange.goods.first().or(exchange.offers.first());
    if first.is_some_and(|entry| is_unique_in_the_world(&entry.key)) {
        assembly.source("commerceml");
    }
    let folders = PictureFolders::of(files.iter().map(|file| file.path.as_path()));
    Goods::take(&exchange, &folders, assembly);
    Ok(())
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
