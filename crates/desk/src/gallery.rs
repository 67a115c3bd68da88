//! The faces that are known: templates from the database, `model.yml` on this desk.

use std::sync::Arc;

use ombor_core::people::face_template::{self, StoredTemplate};
use ombor_face::{Counts, Gallery, Template, model_yml};

use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;

/// The trained model, as plain OpenCV reads it.
const MODEL: &str = "model.yml";

impl Ombor {
    /// Reads the templates anew and, if `model.yml` is not the file that belongs to them, writes it anew.
    pub(crate) async fn load_gallery(&self) -> Result<()> {
        let mut connection = self.connection().await?;
        let stored = face_template::load_all(&mut connection)
            .await
            .map_err(fault::from_core)?;
        let templates: Vec<Template> = stored.into_iter().filter_map(template).collect();
        let recorded = face_template::model_file_hash(&mut connection)
            .await
            .map_err(fault::from_core)?;
        let path = self.locations.models().join(MODEL);
        let (gallery, written) = tokio::task::spawn_blocking(move || {
            let written = model_yml::write(&path, &templates);
            (Gallery::build(templates), written)
        })
        .await
        .map_err(|error| crate::error::AppError::internal(&error))?;
        match written {
            Ok(file) => {
                let hash = bytes_of(&file.sha256);
                if hash.is_some()
                    && hash != recorded
                    && let Some(hash) = hash
                {
                    face_template::record_model_file(&mut connection, &hash)
                        .await
                        .map_err(fault::from_core)?;
                }
            }
            Err(error) => tracing::error!(%error, "model.yml could not be written"),
        }
        let mut bench = self.bench.lock().await;
        bench.gallery = Arc::new(gallery);
        Ok(())
    }
}

fn template(stored: StoredTemplate) -> Option<Template> {
    match Counts::parse(stored.counts) {
        Ok(counts) => Some(Template {
            label: stored.face_label,
            light: stored.light,
            quality: 1.0,
            counts,
        }),
        Err(error) => {
            tracing::error!(%error, label = stored.face_label, "a face template is not of this version");
            None
        }
    }
}

/// The 32 bytes of a SHA-256 in hexadecimal.
fn bytes_of(hexadecimal: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let digits = hexadecimal.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
