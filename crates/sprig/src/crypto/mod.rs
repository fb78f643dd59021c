//! Hashes, passwords, ciphers, keys and certificates: `sha256sum`, `htpasswd`, `genCA`, ...
//!
//! In: texts. Out: texts, and certificates (objects with the fields `Cert` and `Key`). Whatever is
//! random is drawn from the host, so that the same seed gives the same keys. Source: sprig 3.3,
//! crypto.go.

mod aes;
mod authority;
mod certificate;
mod derive;
mod hash;
mod keys;
mod passwords;
mod pem;
mod x509;

pub use keys::KeyStore;

use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Value};

type Answer = Result<Value, FunctionError>;
type Body = fn(&mut Call<'_>, &[Value]) -> Answer;
type Row = (&'static str, &'static [Parameter], Body);

/// Adds these functions.
pub fn add_to(functions: &mut Functions) {
    let families: [&[Row]; 5] = [
        &hash::FUNCTIONS,
        &passwords::FUNCTIONS,
        &aes::FUNCTIONS,
        &keys::FUNCTIONS,
        &authority::FUNCTIONS,
    ];
    for (name, parameters, body) in families.into_iter().flatten() {
        let function = Function {
            parameters,
            variadic: false,
            body: *body,
        };
        functions.add(name, function);
    }
}

/// The bytes of a text; the executor has seen to it that it is one.
fn bytes(value: &Value) -> &[u8] {
    value.as_text().map_or(b"", |text| text.as_bytes())
}
