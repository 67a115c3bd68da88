//! Products for tests, inserted by the owner: as many as one likes, quickly.

use anyhow::Result;
use ombor_core::id::ProductId;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::TestDatabase;

/// A product that a test needs; everything about it has a default.
#[derive(Debug, Clone)]
pub struct ProductBuilder {
    sku: String,
    name: String,
    code: Option<(String, Decimal)>,
    min_stock: Option<Decimal>,
    price: Option<Decimal>,
    active: bool,
}

impl Default for ProductBuilder {
    fn default() -> Self {
        Self {
            sku: format!("SKU-{}", Uuid::new_v4().simple()),
            name: "Un 50 kg".to_owned(),
            code: None,
            min_stock: None,
            price: None,
            active: true,
        }
    }
}

impl ProductBuilder {
    /// With this name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// With this SKU.
    #[must_use]
    pub fn sku(mut self, sku: &str) -> Self {
        sku.clone_into(&mut self.sku);
        self
    }

    /// With a code that stands for so many base units.
    #[must_use]
    pub fn code(mut self, code: &str, quantity: Decimal) -> Self {
        self.code = Some((code.to_owned(), quantity));
        self
    }

    /// To be ordered below this level.
    #[must_use]
    pub fn min_stock(mut self, min_stock: Decimal) -> Self {
        self.min_stock = Some(min_stock);
        self
    }

    /// With this price.
    #[must_use]
    pub fn price(mut self, price: Decimal) -> Self {
        self.price = Some(price);
        self
    }

    /// Out of use.
    #[must_use]
    pub fn inactive(mut self) -> Self {
        self.active = false;
        self
    }

    /// Puts the product into the database.
    pub async fn insert(self, database: &TestDatabase) -> Result<ProductId> {
        let id = ProductId::generate();
        let mut transaction = database.owner().begin().await?;
        sqlx::query(
            "insert into ombor.product (id, sku, name, base_unit_id, min_stock, price, currency, active, search_text)
             select $1, $2, $3, unit.id, $4, $5, 'UZS', $6, lower($3 || ' ' || $2)
             from ombor.unit where symbol = 'dona'",
        )
        .bind(id.as_uuid())
        .bind(&self.sku)
        .bind(&self.name)
        .bind(self.min_stock)
        .bind(self.price)
        .bind(self.active)
        .execute(&mut *transaction)
        .await?;
        if let Some((code, quantity)) = &self.code {
            sqlx::query("insert into ombor.product_code (code, product_id, quantity, kind) values ($1, $2, $3, 'other')")
                .bind(code)
                .bind(id.as_uuid())
                .bind(quantity)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(id)
    }
}
