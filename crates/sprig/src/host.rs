//! What a render brings for its functions: the time it is, randomness, and the caller's own state.
//!
//! In: a clock that stands still and a seed. Out: what `now`, `randAlphaNum` or `genCA` draw from.
//! Helm asks the machine for both, so its output differs from run to run. Ours is a pure function of
//! its inputs: everything random comes from one generator, seeded by the caller, in the order in
//! which templates ask. Callers seed it by the app, the chart and the values (and a secret of their
//! own, for passwords and keys come out of it), so that a diff does not flap; who wants Helm's
//! ways passes a seed that is itself random.

use crate::crypto::KeyStore;
use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Infallible, SeedableRng, TryCryptoRng, TryRng};
use gotemplate::{Call, FunctionError};
use sha2::{Digest, Sha256};
use std::any::Any;
use std::cell::{RefCell, RefMut};
use std::sync::Arc;

/// The host of the functions of this crate: pass it where templates are executed.
pub struct Host {
    /// The time of the render.
    pub clock: Clock,
    /// Where random functions draw from.
    pub random: RefCell<Random>,
    /// Keys that were made before; see [`KeyStore`].
    pub keys: Arc<KeyStore>,
    /// What the caller's own functions need.
    pub extra: Box<dyn Any>,
}

/// A moment in UTC, which is also what "Local" means here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clock {
    /// Seconds since the epoch.
    pub seconds: i64,
    /// And nanoseconds, less than a second.
    pub nanoseconds: u32,
}

/// A generator of random bytes, fit for keys: the same seed gives the same bytes.
pub struct Random(ChaCha20Rng);

impl Host {
    /// A host without state of the caller's own.
    pub fn new(clock: Clock, seed: &[u8]) -> Self {
        Self::with(clock, seed, Box::new(()))
    }

    /// A host with state of the caller's own.
    pub fn with(clock: Clock, seed: &[u8], extra: Box<dyn Any>) -> Self {
        let random = RefCell::new(Random::seeded(seed));
        Self {
            clock,
            random,
            keys: Arc::default(),
            extra,
        }
    }

    /// The same host with keys that other renders made.
    pub fn sharing(self, keys: Arc<KeyStore>) -> Self {
        Self { keys, ..self }
    }

    /// The host of a call.
    pub fn of<'c>(call: &'c Call<'_>) -> Result<&'c Self, FunctionError> {
        let host = call.host().downcast_ref();
        host.ok_or_else(|| FunctionError::new("this host has no clock and no randomness"))
    }

    /// The caller's own state, if it is of this type.
    pub fn extra<T: 'static>(&self) -> Option<&T> {
        self.extra.downcast_ref()
    }

    /// The generator, for a while.
    pub fn random(&self) -> RefMut<'_, Random> {
        self.random.borrow_mut()
    }
}

impl Random {
    /// A generator for a seed of any length.
    pub fn seeded(seed: &[u8]) -> Self {
        Self(ChaCha20Rng::from_seed(Sha256::digest(seed).into()))
    }

    /// A number below a bound, each as likely as the others; zero if the bound is zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // Draws of the last, incomplete run of the bound would favour small numbers.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.number();
            if drawn < fair {
                return drawn % bound;
            }
        }
    }

    /// A number, any as likely as the others.
    pub fn number(&mut self) -> u64 {
        let Ok(drawn) = self.try_next_u64();
        drawn
    }

    /// Fills a place with random bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        let Ok(()) = self.try_fill_bytes(bytes);
    }
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}

impl TryCryptoRng for Random {}
