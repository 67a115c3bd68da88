//! Categories of products.

use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    id::CategoryId,
    name::Name,
};

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The category.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// How many products are in it.
    pub product_count: i64,
}

/// Every category, by name.
pub async fn list_categories(connection: &mut PgConnection) -> Result<Vec<Category>> {
    let categories = sqlx::query_as!(
        Category,
        r#"select c.id as "id: CategoryId", c.name,
                  (select count(*) from ombor.product as p where p.category_id = c.id) as "product_count!"
           from ombor.category as c
           order by c.name"#
    )
    .fetch_all(connection)
    .await?;
    Ok(categories)
}

/// Makes a category.
///
/// # Errors
/// [`crate::Error::NameTaken`]
pub async fn create_category(
    connection: &mut PgConnection,
    actor: &Actor,
    name: &Name,
) -> Result<Category> {
    actor.require(Permission::CreateCategory)?;
    let id = CategoryId::generate();
    sqlx::query!(
        "select ombor.create_category($1, $2, $3)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        name.as_str()
    )
    .execute(connection)
    .await?;
    Ok(Category {
        id,
        name: name.to_string(),
        product_count: 0,
    })
}
