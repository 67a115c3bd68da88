//! Whether this computer opens Ombor by itself as soon as somebody logs in to it.

/// The computer's own list of programs that it opens by itself. What stands there is the truth: people change it without
/// Ombor too.
pub trait Autostart: Send + Sync {
    /// Whether Ombor stands there.
    fn is_on(&self) -> Result<bool, Refused>;

    /// Puts Ombor there, or takes it off.
    fn set(&self, on: bool) -> Result<(), Refused>;
}

/// The computer did not let its list be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);
