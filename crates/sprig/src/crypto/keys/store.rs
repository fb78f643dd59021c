//! Keys that were made before.
//!
//! Finding an RSA key takes as long as all the rest of a render. It is a pure function of its seed,
//! though, and a seed comes back whenever a chart is rendered again with the same values: whoever
//! renders again and again keeps one of these and gives it to each host.

use super::private_key::KeyError;
use super::rsa;
use ::rsa::RsaPrivateKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// RSA keys by seed and size. It holds secrets, and a limited number of them.
#[derive(Default)]
pub struct KeyStore(Mutex<HashMap<Origin, Arc<RsaPrivateKey>>>);

/// A seed and a number of bits.
type Origin = ([u8; 32], u32);

const MOST: usize = 1024;

impl KeyStore {
    /// The key of a seed.
    pub(super) fn rsa(&self, seed: [u8; 32], bits: u32) -> Result<Arc<RsaPrivateKey>, KeyError> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&(seed, bits)).cloned();
        if let Some(key) = known {
            return Ok(key);
        }
        // Not under the lock: others need not wait for it.
        let key = Arc::new(rsa::generate(seed, bits)?);
        let mut keys = lock();
        if keys.len() >= MOST {
            keys.clear();
        }
        keys.insert((seed, bits), Arc::clone(&key));
        Ok(key)
    }
}
