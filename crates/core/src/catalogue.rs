//! What is kept: products, the codes that stand for them, their units, categories and pictures.

pub mod category;
pub mod code;
pub mod picture;
pub mod product;
pub(crate) mod search_text;
pub mod unit;
