//! What a reader of an old program's files would hand in.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::ops::ControlFlow;

use ombor_core::{
    Error,
    actor::{Actor, Role},
    catalogue::{
        code::{CodeInput, ProductCode},
        product::Sku,
    },
    name::Name,
    people::user::Login,
    quantity::Quantity,
    takeover::{
        OldWarehouse, TakenOver,
        old::{Balance, Category, OldMovement, Origin, Picture, Product, User},
        take_over,
    },
};
use sqlx::PgConnection;

/// What a reader of files would hand in.
#[derive(Default)]
pub(crate) struct Old {
    pub(crate) source: String,
    pub(crate) categories: Vec<Category>,
    pub(crate) units: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) products: Vec<Product>,
    pub(crate) balances: Vec<Balance>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) users: Vec<User>,
    pub(crate) movements: Vec<OldMovement>,
}

impl Old {
    pub(crate) fn new() -> Self {
        Self {
            source: "old shop".to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn with(mut self, product: Product, quantity: &str) -> Self {
        if let Ok(quantity) = Quantity::parse(quantity) {
            self.balances.push(Balance {
                product: self.products.len(),
                place: None,
                quantity,
            });
        }
        self.products.push(product);
        self
    }

    pub(crate) fn warehouse(&self) -> OldWarehouse<'_> {
        OldWarehouse {
            source: &self.source,
            categories: &self.categories,
            units: &self.units,
            places: &self.places,
            products: &self.products,
            balances: &self.balances,
            pictures: &self.pictures,
            users: &self.users,
            movements: &self.movements,
        }
    }
}

pub(crate) fn product(row: u64, key: Option<&str>, sku: Option<&str>, name: &str) -> Product {
    Product {
        origin: Origin {
            part: "products".into(),
            row,
        },
        key: key.map(str::to_owned),
        name: Name::parse(name).expect("a name"),
        sku: sku.map(|sku| Sku::parse(sku).expect("a SKU")),
        category: None,
        unit: None,
        price: None,
        min_stock: None,
        codes: Vec::new(),
        brand: None,
        active: true,
        variant_of: None,
    }
}

pub(crate) fn code(text: &str, quantity: &str) -> CodeInput {
    CodeInput {
        code: ProductCode::parse(text).expect("a code"),
        quantity: Quantity::parse(quantity).expect("a quantity"),
    }
}

pub(crate) fn user(login: &str) -> User {
    User {
        origin: Origin::whole("users"),
        login: Login::parse(login).expect("a login"),
        name: Name::parse("Olim").expect("a name"),
        role: Role::Operator,
        active: true,
    }
}

pub(crate) async fn taken(
    connection: &mut PgConnection,
    actor: &Actor,
    old: &Old,
) -> Result<TakenOver, Error> {
    let mut unheard = |_| ControlFlow::Continue(());
    take_over(connection, actor, &old.warehouse(), &mut unheard).await
}
