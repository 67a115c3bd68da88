//! What is kept: products, the codes that stand for them, their units, categories and pictures.

pub mod category;
pub mod code;
pub mod picture;
pub mod product;
mod search_text;
pub mod unit;
