//! Locations: the ends of movements, inside the warehouse and outside.

use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    id::LocationId,
    name::Name,
};

/// What a location is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LocationKind {
    /// In the warehouse: balances are kept here.
    Internal,
    /// On the way.
    Transit,
    /// Where receipts come from.
    Supplier,
    /// Where issues go.
    Customer,
    /// Broken, stolen, spoilt.
    Loss,
    /// The other end of counts and openings.
    Adjustment,
}

impl LocationKind {
    /// The kind as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Transit => "transit",
            Self::Supplier => "supplier",
            Self::Customer => "customer",
            Self::Loss => "loss",
            Self::Adjustment => "adjustment",
        }
    }
}

/// One end of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The location.
    pub id: LocationId,
    /// What it is.
    pub kind: LocationKind,
    /// Its name.
    pub name: String,
    /// Whether it is meant when nobody says which of its kind.
    pub is_default: bool,
}

/// Every location, internal ones first.
pub async fn list_locations(connection: &mut PgConnection) -> Result<Vec<Location>> {
    let locations = sqlx::query_as!(
        Location,
        r#"select id as "id: LocationId", kind as "kind: LocationKind", name, is_default
           from ombor.location
           order by kind <> 'internal', kind, not is_default, name"#
    )
    .fetch_all(connection)
    .await?;
    Ok(locations)
}

/// Makes a location. An internal one gets a stock row for each product.
///
/// # Errors
/// [`crate::Error::NameTaken`]
pub async fn create_location(
    connection: &mut PgConnection,
    actor: &Actor,
    kind: LocationKind,
    name: &Name,
) -> Result<LocationId> {
    actor.require(Permission::CreateLocation)?;
    let id = LocationId::generate();
    sqlx::query!(
        "select ombor.create_location($1, $2, $3, $4)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        kind.as_str(),
        name.as_str()
    )
    .execute(connection)
    .await?;
    Ok(id)
}
