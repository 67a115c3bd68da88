//! One warehouse's backups: where they lie, when they are due, taken, verified, restored.
//!
//! [`Vault`] is opened on the bundled server or on the one that `DATABASE_URL` names; both doors of the house use it.
//! [`Settings`] say where and when, [`Vault::take`] makes a proven backup, [`Vault::weigh`] says what a restore would
//! lose before [`Vault::restore`] does it and says what it lost. [`anchor`] notices a database that is not the one that
//! was here before.

pub mod anchor;
mod cancel;
mod error;
mod journal;
mod kept;
mod moment;
mod platform;
mod restoration;
mod schedule;
mod settings;
pub mod upgrade;
mod vault;

pub use cancel::Cancel;
pub use error::Error;
pub use journal::{Journal, KEPT_COPIES};
pub use kept::{Kept, Shelved};
pub use moment::Moment;
pub use ombor_core::invariant::{Facts, Loss};
pub use ombor_postgres::backup::{Backup, Keep, Stage, Taken, open as open_backup};
pub use ombor_postgres::journal::{REPLICATION_LOGIN, Reach, journals_below};
pub use platform::external_disks;
pub use restoration::{Phase, Restored, Weighed};
pub use schedule::{due_since, next_daily};
pub use settings::Settings;
pub use vault::{Occasion, Vault};
