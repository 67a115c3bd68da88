//! Passwords: Argon2id hashes, made and compared off the async threads.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash as Phc, PasswordHasher, PasswordVerifier, Version,
    password_hash::SaltString,
};
use rand::RngCore;

use crate::{Error, Result};

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// What a hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What every real password is hashed with.
    pub const STANDARD: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };
}

/// The hash of a password that is long enough.
#[derive(Clone)]
pub struct PasswordHash(String);

/// Compared with when there is no such user, so that an unknown login takes as long as a wrong password.
static NOBODY: LazyLock<Option<String>> =
    LazyLock::new(|| hash_blocking("nobody's password", Cost::STANDARD).ok());

impl PasswordHash {
    /// Hashes a password with [`Cost::STANDARD`].
    ///
    /// # Errors
    /// [`Error::PasswordTooShort`] below 8 and above 128 characters.
    pub async fn of(password: &str) -> Result<Self> {
        Self::with_cost(password, Cost::STANDARD).await
    }

    /// Hashes a password with a cost of one's own: a test need not wait for a real one.
    ///
    /// # Errors
    /// As [`PasswordHash::of`].
    pub async fn with_cost(password: &str, cost: Cost) -> Result<Self> {
        if !(SHORTEST..=LONGEST).contains(&password.chars().count()) {
            return Err(Error::PasswordTooShort);
        }
        let password = password.to_owned();
        off_thread(move || hash_blocking(&password, cost))
            .await?
            .map(Self)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the password is the one that the hash was made of. Without a hash it takes as long and the answer is no.
pub(crate) async fn matches(password: &str, hash: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    off_thread(move || {
        let is_known = hash.is_some();
        let Some(hash) = hash.or_else(|| NOBODY.clone()) else {
            return Err(Error::PasswordHash("no hash to compare with".to_owned()));
        };
        let hash = Phc::new(&hash).map_err(|error| Error::PasswordHash(error.to_string()))?;
        Ok(Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
            && is_known)
    })
    .await?
}

fn hash_blocking(password: &str, cost: Cost) -> Result<String> {
    let refused = |error: &dyn std::fmt::Display| Error::PasswordHash(error.to_string());
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(|error| refused(&error))?;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
        .map_err(|error| refused(&error))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| refused(&error))
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::PasswordHash(error.to_string()))
}
