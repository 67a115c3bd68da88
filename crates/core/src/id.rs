//! Identifiers: UUIDs, each of its own type, so that a product's id is never taken for a movement's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type,
        )]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id that sorts by the time it was made (UUIDv7).
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }

            /// The bare UUID.
            pub fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Uuid::parse_str(text).map(Self).map_err(|_| Error::InvalidId)
            }
        }
    )*};
}

ids! {
    /// A login with a role.
    UserId;
    /// From login to logout.
    SessionId;
    /// A person with a face.
    EmployeeId;
    /// An employee's yes in a session.
    ConfirmationId;
    /// What is kept.
    ProductId;
    /// A group of products.
    CategoryId;
    /// A unit of measure.
    UnitId;
    /// One end of a movement.
    LocationId;
    /// Same batch, same expiry.
    LotId;
    /// Lines posted together. Made before the first try, it is the idempotency key.
    DocumentId;
    /// A line of the ledger.
    MovementId;
}
