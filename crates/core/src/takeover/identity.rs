//! Which record is which: the key that a record of an old program has for ever.

use std::{collections::HashMap, fmt::Write};

use sha2::{Digest, Sha256};

use super::old::Product;

/// Longer keys are kept as their hash.
const LONGEST_KEY: usize = 300;

/// A key for each product: its own in the old program, else its SKU, its first code, its name. Records that cannot be
/// told apart are counted.
pub(super) fn keys_of(products: &[Product]) -> Vec<String> {
    let mut met: HashMap<String, u32> = HashMap::with_capacity(products.len());
    products
        .iter()
        .map(|product| {
            let first = shortened(key_of(product));
            let mut key = first.clone();
            // Another record may be called like the second of these.
            while met.contains_key(&key) {
                let times = met.entry(first.clone()).or_default();
                *times += 1;
                key = format!("{first}#{times}");
            }
            met.insert(key.clone(), 1);
            key
        })
        .collect()
}

fn key_of(product: &Product) -> String {
    if let Some(key) = product.key.as_ref().filter(|key| !key.is_empty()) {
        return format!("key:{key}");
    }
    if let Some(sku) = &product.sku {
        return format!("sku:{sku}");
    }
    match product.codes.iter().map(|code| code.code.as_str()).min() {
        Some(code) => format!("code:{code}"),
        None => format!("name:{}", product.name),
    }
}

/// The key of a place, or of where stock is that the old program names no place for.
pub(super) fn place_key(place: Option<&str>) -> String {
    place.map_or_else(
        || "default".to_owned(),
        |place| shortened(format!("place:{place}")),
    )
}

fn shortened(key: String) -> String {
    if key.chars().count() <= LONGEST_KEY {
        return key;
    }
    let hash = Sha256::digest(key.as_bytes());
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
