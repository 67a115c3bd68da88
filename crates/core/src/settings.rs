//! The warehouse's own settings: the same for every desk that works on its database.

use sqlx::PgConnection;

use crate::{
    Result,
    actor::{Actor, Permission},
    name::Name,
};

/// How an employee is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConfirmationMode {
    /// By the face alone.
    Face,
    /// By badge and face.
    BadgeFace,
}

impl ConfirmationMode {
    /// The mode as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::BadgeFace => "badge_face",
        }
    }
}

/// The warehouse's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarehouseSettings {
    /// The warehouse's name.
    pub name: String,
    /// Its time zone, such as `Asia/Tashkent`: what "today" means.
    pub zone: String,
    /// `uz-Latn`, `uz-Cyrl`, `ru`, `kk` or `en`.
    pub locale: String,
    /// The currency of prices, three capital letters.
    pub currency: String,
    /// Minutes without a scan, a face or a key after which a session ends, 1 to 480; counts from the next login on.
    pub idle_minutes: i32,
    /// How an employee is recognised.
    pub confirmation_mode: ConfirmationMode,
    /// A face has to show a sign of life: a blink or a turn of the head.
    pub liveness: bool,
    /// Somebody else may vouch for an employee whose face does not come through.
    pub vouching: bool,
    /// Seconds that a document waits for a face before the ways on are shown, 3 to 60.
    pub face_patience_seconds: i16,
}

/// The warehouse's settings.
pub async fn get_settings(connection: &mut PgConnection) -> Result<WarehouseSettings> {
    let settings = sqlx::query_as!(
        WarehouseSettings,
        r#"select name, zone, locale, currency, idle_minutes,
                  confirmation_mode as "confirmation_mode: ConfirmationMode", liveness, vouching, face_patience_seconds
           from ombor.warehouse"#
    )
    .fetch_one(connection)
    .await?;
    Ok(settings)
}

/// Changes the warehouse's settings.
///
/// # Errors
/// [`crate::Error::InvalidSetting`] for a value out of its range or an unknown zone.
pub async fn put_settings(
    connection: &mut PgConnection,
    actor: &Actor,
    settings: &WarehouseSettings,
) -> Result<()> {
    actor.require(Permission::ChangeSettings)?;
    let name = Name::parse(&settings.name)?;
    sqlx::query!(
        "select ombor.put_warehouse($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        actor.session_id.as_uuid(),
        name.as_str(),
        settings.zone,
        settings.locale,
        settings.currency,
        settings.idle_minutes,
        settings.confirmation_mode.as_str(),
        settings.liveness,
        settings.vouching,
        settings.face_patience_seconds
    )
    .execute(connection)
    .await?;
    Ok(())
}
