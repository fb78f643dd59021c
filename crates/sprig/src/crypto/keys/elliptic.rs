//! Keys on curves: any number below the order will do.

use crate::host::Random;
use ed25519_dalek::SigningKey;
use p256::SecretKey;

/// A key on P-256.
pub fn p256(random: &mut Random) -> SecretKey {
    loop {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return key;
        }
    }
}

/// A key on Ed25519.
pub fn ed25519(random: &mut Random) -> SigningKey {
    let mut seed = [0; 32];
    random.fill(&mut seed);
    SigningKey::from_bytes(&seed)
}
