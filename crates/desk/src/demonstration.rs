//! Demonstration data: a small shop's catalogue with opening balances.

use ombor_core::id::{DocumentId, MovementId, ProductId};
use ombor_core::quantity::Quantity;
use ombor_core::stock::posting::{self, DocumentKind, Line, PostDocument};
use serde::Deserialize;

use crate::api::catalogue::{CodeEntry, ProductInput};
use crate::change::ChangeTag;
use crate::error::{AppError, Result};
use crate::fault;
use crate::ombor::Ombor;

const CATALOGUE: &str = include_str!("../../../assets/demonstration.json");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    category: String,
    sku: String,
    name: String,
    unit: String,
    min_stock: String,
    price: String,
    on_hand: String,
    codes: Vec<CodeEntry>,
}

impl Ombor {
    /// Makes the categories and products of the demonstration and posts what is on hand of them.
    pub(crate) async fn fill_for_demonstration(&self) -> Result<()> {
        let entries: Vec<Entry> =
            serde_json::from_str(CATALOGUE).map_err(|error| AppError::internal(&error))?;
        let units = self.list_units().await?;
        let mut lines = Vec::new();
        for entry in entries {
            let category_id = Some(self.category_named(&entry.category).await?);
            let unit = units.iter().find(|unit| unit.symbol == entry.unit);
            let input = ProductInput {
                sku: entry.sku,
                name: entry.name,
                category_id,
                unit_id: unit.map(|unit| unit.id.clone()).unwrap_or_default(),
                min_stock: Some(entry.min_stock),
                price: Some(entry.price),
                codes: entry.codes,
                own_label: true,
                active: true,
            };
            let product = self.create_product(input).await?;
            let product_id: ProductId = product.row.id.parse().map_err(fault::from_core)?;
            let quantity = Quantity::parse(&entry.on_hand).map_err(fault::from_core)?;
            lines.push(Line {
                movement_id: MovementId::generate(),
                product_id,
                lot_id: None,
                quantity,
            });
        }
        self.post_opening(lines).await
    }

    async fn category_named(&self, name: &str) -> Result<String> {
        let known = self
            .list_categories()
            .await?
            .into_iter()
            .find(|category| category.name == name);
        match known {
            Some(category) => Ok(category.id),
            None => Ok(self.create_category(name.to_owned()).await?.id),
        }
    }

    async fn post_opening(&self, lines: Vec<Line>) -> Result<()> {
        let document = PostDocument {
            id: DocumentId::generate(),
            kind: DocumentKind::Opening,
            from: None,
            to: None,
            confirmation_id: None,
            lines,
            note: None,
        };
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let posted = posting::post_document(connection, actor, &document).await;
        work.done(posted).await?;
        self.read_recent().await;
        self.changed(&[ChangeTag::Stock, ChangeTag::Movement]);
        Ok(())
    }
}
