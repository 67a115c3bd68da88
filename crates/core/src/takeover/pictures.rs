//! Pictures of the old program's goods, each in a file of its own.

use std::{fs::File, io::Read, path::Path};

use super::{
    old,
    report::{Left, LeftReason, TakenOver},
    writing::Writer,
};
use crate::{
    Result,
    catalogue::picture::{LARGEST_BYTES, Picture},
    id::ProductId,
};

/// Pictures that are in memory at once.
const AT_ONCE: usize = 16;

impl Writer<'_, '_> {
    /// Gives each product that has no picture the one of the old program. A file that is none is left, and that is said.
    pub(super) async fn pictures(
        &mut self,
        pictures: &[old::Picture],
        products: &[ProductId],
        report: &mut TakenOver,
    ) -> Result<()> {
        for chunk in pictures.chunks(AT_ONCE) {
            let (mut ids, mut types, mut files) = (Vec::new(), Vec::new(), Vec::new());
            for old in chunk {
                let Some(product) = products.get(old.product) else {
                    continue;
                };
                if let Some(picture) = read(&old.path) {
                    ids.push(product.as_uuid());
                    types.push(picture.content_type);
                    files.push(picture.bytes);
                } else {
                    let file = old.path.file_name().unwrap_or_default();
                    report.left.push(Left {
                        origin: old.origin.clone(),
                        reason: LeftReason::PictureUnusable {
                            file: file.to_string_lossy().into_owned(),
                        },
                    });
                }
            }
            let written = sqlx::query_scalar!(
                r#"select ombor.take_over_pictures($1, $2, $3, $4) as "written!""#,
                self.session(),
                &ids,
                &types,
                &files
            )
            .fetch_one(&mut *self.connection)
            .await?;
            report.pictures += usize::try_from(written).unwrap_or_default();
            self.told(chunk.len())?;
        }
        Ok(())
    }
}

/// The picture in a file, if it is one that a product may have. A bigger file is not read to its end.
fn read(path: &Path) -> Option<Picture> {
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(LARGEST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    Picture::parse(bytes).ok()
}
