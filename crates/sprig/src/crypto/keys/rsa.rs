//! RSA keys from a seed.

use super::prime;
use super::private_key::KeyError;
use crate::host::Random;
use rsa::{BoxedUint, RsaPrivateKey};

const EXPONENT: u64 = 65_537;

/// The key of so many bits that a seed stands for.
pub fn generate(seed: [u8; 32], bits: u32) -> Result<RsaPrivateKey, KeyError> {
    let mut random = Random::seeded(&seed);
    let half = bits / 2;
    loop {
        let [p, q] = [(); 2].map(|()| prime::prime(&mut random, half, EXPONENT));
        if p == q {
            continue;
        }
        let exponent = BoxedUint::from(EXPONENT);
        let key = RsaPrivateKey::from_p_q(p, q, exponent);
        return key.map_err(|error| KeyError::Generate(error.to_string()));
    }
}
