//! Who asks, and what they may.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    id::{SessionId, UserId},
};

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Role {
    /// Sets the warehouse up and puts mistakes right.
    Admin,
    /// Moves goods.
    Operator,
    /// Looks.
    Viewer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Operator, Self::Viewer];

    /// The role as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(Error::NotFound)
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)*) => {
        /// An act that not everybody may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission {
            $($(#[$doc])* $name,)*
        }

        /// Commands and the roles that may use them.
        pub const PERMISSIONS: &[(Permission, &[Role])] = &[
            $((Permission::$name, &[$(Role::$role),+]),)*
        ];

        impl Permission {
            /// The roles that may do this.
            pub fn roles(self) -> &'static [Role] {
                match self {
                    $(Self::$name => &[$(Role::$role),+],)*
                }
            }
        }
    };
}

permissions! {
    /// Look codes up, search products, see balances and pictures.
    ViewCatalogue: Admin | Operator | Viewer;
    /// Read the history of movements.
    ViewMovements: Admin | Operator | Viewer;
    /// See the figures of the day.
    ViewReports: Admin | Operator | Viewer;
    /// Post a receipt, an issue or a transfer.
    PostMovement: Admin | Operator;
    /// Record that an employee has been recognised or refused, or that somebody vouches for one.
    ConfirmEmployee: Admin | Operator;
    /// Vouch for an employee with one's own password, in whosever session.
    VouchByPassword: Admin;
    /// Keep what is being gathered.
    SaveDraft: Admin | Operator;
    /// Name a lot that goods came in.
    CreateLot: Admin | Operator;
    /// Post opening balances without an employee.
    PostOpening: Admin;
    /// Reverse a movement.
    ReverseMovement: Admin;
    /// Make a product.
    CreateProduct: Admin;
    /// Change a product, its codes or its picture.
    UpdateProduct: Admin;
    /// Make a category.
    CreateCategory: Admin;
    /// Make a location.
    CreateLocation: Admin;
    /// See the users.
    ViewUsers: Admin;
    /// Make a user.
    CreateUser: Admin;
    /// Change a user's role, password or activity; unlock a user.
    ChangeUser: Admin;
    /// Make an employee.
    CreateEmployee: Admin;
    /// Activate or deactivate an employee.
    ChangeEmployee: Admin;
    /// Enrol an employee's face, anew or in another light.
    EnrolEmployee: Admin;
    /// Erase an employee's face templates.
    EraseTemplates: Admin;
    /// See whom the face gate confirms and refuses.
    ViewFaceReport: Admin;
    /// Read the audit log.
    ViewAudit: Admin;
    /// Take a backup, look at those that there are, set when and where they are made.
    TakeBackup: Admin;
    /// Replace the warehouse by a backup, or go on with one that is not the one that was here before.
    RestoreBackup: Admin;
    /// Change the warehouse's settings.
    ChangeSettings: Admin;
    /// Take over what an old program kept.
    TakeOver: Admin;
}

/// The user behind a use case. Only a session that holds makes one: see [`crate::people::login`] and
/// [`crate::people::session`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(crate) user_id: UserId,
    pub(crate) session_id: SessionId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) idle_limit_seconds: u32,
}

impl Actor {
    /// The user.
    pub fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The user's session.
    pub fn session_id(&self) -> SessionId {
        self.session_id
    }

    /// The user's login.
    pub fn login(&self) -> &str {
        &self.login
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The user's role when the session was opened or resumed. The database asks for the current one.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Seconds without a scan, a face or a key after which the session ends.
    pub fn idle_limit_seconds(&self) -> u32 {
        self.idle_limit_seconds
    }

    /// Whether the user may do this.
    pub fn may(&self, permission: Permission) -> bool {
        permission.roles().contains(&self.role)
    }

    /// Refuses what the user may not do.
    ///
    /// # Errors
    /// [`Error::NotPermitted`]
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Error::NotPermitted {
                permission: Some(permission),
            })
        }
    }
}
