//! What somebody typed into a product's form, read into the warehouse's own types.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ombor_core::catalogue::code::{self, CodeInput, ProductCode};
use ombor_core::catalogue::picture::Picture;
use ombor_core::catalogue::product::{self, Sku};
use ombor_core::money::Money;
use ombor_core::name::Name;
use ombor_core::quantity::{Quantity, StockLevel};

use super::ProductInput;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::Work;

/// A picture as the page sends it.
pub(super) fn picture_of(base64: &str) -> Result<Picture> {
    let bytes = BASE64
        .decode(base64)
        .map_err(|_| AppError::new(ErrorCode::PictureInvalid))?;
    Picture::parse(bytes).map_err(fault::from_core)
}

/// What somebody typed, as the warehouse takes it. A label of its own is kept once it was given.
pub(super) async fn parse(
    input: &ProductInput,
    own_label: Option<String>,
    work: &mut Work,
) -> Result<product::ProductInput> {
    let mut parsed = parse_fields(input).map_err(fault::from_core)?;
    let label = match own_label {
        Some(label) => Some(ProductCode::parse(&label).map_err(fault::from_core)?),
        None if input.own_label => {
            let (connection, actor) = work.parts();
            Some(
                code::next_own_label(connection, actor)
                    .await
                    .map_err(fault::from_core)?,
            )
        }
        None => None,
    };
    parsed.codes.extend(label.map(|code| CodeInput {
        code,
        quantity: Quantity::ONE,
    }));
    Ok(parsed)
}

fn parse_fields(input: &ProductInput) -> ombor_core::Result<product::ProductInput> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    Ok(product::ProductInput {
        sku: Sku::parse(&input.sku)?,
        name: Name::parse(&input.name)?,
        category_id: given(&input.category_id).map(|id| id.parse()).transpose()?,
        unit_id: input.unit_id.parse()?,
        min_stock: given(&input.min_stock)
            .map(|level| StockLevel::parse(&level))
            .transpose()?,
        price: given(&input.price)
            .map(|price| Money::parse(&price))
            .transpose()?,
        codes: input
            .codes
            .iter()
            .map(|entry| {
                Ok(CodeInput {
                    code: ProductCode::parse(&entry.code)?,
                    quantity: Quantity::parse(&entry.quantity)?,
                })
            })
            .collect::<ombor_core::Result<_>>()?,
        active: input.active,
    })
}
