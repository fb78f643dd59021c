//! Private keys: drawn from the host or given as PEM.
//!
//! In: a kind of key, or PEM. Out: keys and their PEM. Source: sprig 3.3, crypto.go
//! (genPrivateKey, parsePrivateKeyPEM, pemBlockForKey).

mod dsa;
mod elliptic;
mod montgomery;
mod prime;
mod private_key;
mod rsa;
mod store;

pub use private_key::{KeyError, PrivateKey};
pub use store::KeyStore;

use super::{Answer, Row, bytes};
use crate::host::Host;
use gotemplate::{Call, FunctionError, Parameter, Value};

pub const FUNCTIONS: [Row; 1] = [("genPrivateKey", &[Parameter::Text], gen_private_key)];

/// Bits of an RSA key that was asked for by itself.
const BITS: u32 = 4096;
/// What a bit of a key counts for among the steps of a render.
const STEPS: u64 = 100;

fn gen_private_key(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let kind = bytes(&arguments[0]);
    let key = match kind {
        b"" | b"rsa" => rsa(call, BITS).map_err(FunctionError::passed_on)?,
        b"dsa" => dsa_key(call)?,
        b"ecdsa" => PrivateKey::P256(elliptic::p256(&mut Host::of(call)?.random())),
        b"ed25519" => PrivateKey::Ed25519(elliptic::ed25519(&mut Host::of(call)?.random())),
        kind => return Ok(Value::text([b"Unknown type ", kind].concat())),
    };
    key.to_pem()
        .map(Value::from)
        .map_err(FunctionError::passed_on)
}

fn dsa_key(call: &Call<'_>) -> Result<PrivateKey, FunctionError> {
    call.spend(STEPS * u64::from(BITS))?;
    let key = dsa::generate(&mut Host::of(call)?.random());
    key.map(PrivateKey::Dsa)
        .map_err(|error| FunctionError::before("failed to generate dsa params: ", error))
}

/// An RSA key, made from a seed of its own: who drew the seed before need not look for it again.
pub fn rsa(call: &Call<'_>, bits: u32) -> Result<PrivateKey, KeyError> {
    let spent = call.spend(STEPS * u64::from(bits));
    spent.map_err(|error| KeyError::Generate(error.message))?;
    let host = Host::of(call).map_err(|error| KeyError::Generate(error.message))?;
    let mut seed = [0; 32];
    host.random().fill(&mut seed);
    let key = host.keys.rsa(seed, bits)?;
    Ok(PrivateKey::Rsa(key))
}
