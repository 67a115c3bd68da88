//! Pictures of products.

use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::ProductId,
};

/// A picture's file is not bigger, in bytes.
pub const LARGEST_BYTES: usize = 2 * 1024 * 1024;

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub content_type: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Takes a file's bytes for a picture if they begin like one.
    ///
    /// # Errors
    /// [`Error::InvalidPicture`] for anything but PNG, JPEG and WebP and above 2 MiB.
    pub fn parse(bytes: Vec<u8>) -> Result<Self> {
        let content_type = match bytes.as_slice() {
            _ if bytes.len() > LARGEST_BYTES => return Err(Error::InvalidPicture),
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => "image/webp",
            _ => return Err(Error::InvalidPicture),
        };
        Ok(Self {
            content_type: content_type.to_owned(),
            bytes,
        })
    }
}

/// Gives a product a picture, or takes it away.
///
/// # Errors
/// [`Error::ProductNotFound`]
pub async fn set_picture(
    connection: &mut PgConnection,
    actor: &Actor,
    product: ProductId,
    picture: Option<&Picture>,
) -> Result<()> {
    actor.require(Permission::UpdateProduct)?;
    sqlx::query!(
        "select ombor.set_product_picture($1, $2, $3, $4)",
        actor.session_id.as_uuid(),
        product.as_uuid(),
        picture.map(|picture| picture.content_type.as_str()) as _,
        picture.map(|picture| picture.bytes.as_slice()) as _
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A product's picture.
pub async fn find_picture(
    connection: &mut PgConnection,
    product: ProductId,
) -> Result<Option<Picture>> {
    let picture = sqlx::query_as!(
        Picture,
        r#"select content_type, picture as bytes from ombor.product_picture where product_id = $1"#,
        product.as_uuid()
    )
    .fetch_optional(connection)
    .await?;
    Ok(picture)
}
