//! DSA keys, as the sequence of numbers OpenSSL writes: version, P, Q, G, Y, X.

use crate::host::Random;
use der::asn1::UintRef;
use der::{Decode, Encode};
use dsa::{Components, KeySize, SigningKey};

/// The DER of a key of 2048 and 256 bits.
pub fn generate(random: &mut Random) -> Result<Vec<u8>, der::Error> {
    let Ok(components) =
        Components::try_generate_from_rng_with_key_size(random, KeySize::DSA_2048_256);
    let Ok(key) = SigningKey::try_generate_from_rng_with_components(random, components);
    let public = key.verifying_key();
    let parts = public.components();
    let numbers = [
        parts.p().to_be_bytes(),
        parts.q().to_be_bytes(),
        parts.g().to_be_bytes(),
        public.y().to_be_bytes(),
        key.x().to_be_bytes(),
    ];
    let mut all = vec![UintRef::new(&[0])?];
    for number in &numbers {
        all.push(UintRef::new(number)?);
    }
    all.to_der()
}

/// Checks DER to be of a key.
pub fn parse(der: &[u8]) -> Result<(), der::Error> {
    let numbers = Vec::<UintRef<'_>>::from_der(der)?;
    match numbers.len() {
        6 => Ok(()),
        _ => Err(der::ErrorKind::Failed.into()),
    }
}
