//! `bcrypt`, `htpasswd` and `derivePassword`.
//!
//! In: passwords. Out: hashes, salted by the host, and passwords of the Master Password scheme.

use super::{Answer, Row, bytes, derive};
use crate::host::Host;
use base64::Engine;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use gotemplate::{Call, FunctionError, Parameter, Value};

pub const FUNCTIONS: [Row; 3] = [
    ("bcrypt", &[Parameter::Text], bcrypt),
    ("htpasswd", &[Parameter::Text, Parameter::Text], htpasswd),
    ("derivePassword", DERIVE, derive_password),
];

const DERIVE: &[Parameter] = &[
    Parameter::Int,
    Parameter::Text,
    Parameter::Text,
    Parameter::Text,
    Parameter::Text,
];

/// Work of 2 to the 10: Go's default.
const COST: u32 = 10;
/// What a hash counts for among the steps of a render.
const STEPS: u64 = 100_000;
const LONGEST: usize = 72;

fn bcrypt(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    hashed(call, bytes(&arguments[0])).map(Value::from)
}

/// The hash, or the text that says why there is none.
fn hashed(call: &Call<'_>, password: &[u8]) -> Result<String, FunctionError> {
    if password.len() > LONGEST {
        let problem = "bcrypt: password length exceeds 72 bytes";
        return Ok(format!("failed to encrypt string with bcrypt: {problem}"));
    }
    call.spend(STEPS)?;
    let mut salt = [0; 16];
    Host::of(call)?.random().fill(&mut salt);
    Ok(hash(password, salt))
}

fn hash(password: &[u8], salt: [u8; 16]) -> String {
    let coded = GeneralPurpose::new(&BCRYPT, NO_PAD);
    let terminated = [password, b"\0"].concat();
    let hash = ::bcrypt::bcrypt(COST, salt, &terminated);
    // One byte of the hash has never been written out.
    let (salt, hash) = (coded.encode(salt), coded.encode(&hash[..23]));
    format!("$2a${COST}${salt}{hash}")
}

fn htpasswd(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let (user, password) = (bytes(&arguments[0]), bytes(&arguments[1]));
    if user.contains(&b':') {
        return Ok(Value::text([b"invalid username: ", user].concat()));
    }
    let hash = hashed(call, password)?;
    Ok(Value::text([user, b":", hash.as_bytes()].concat()))
}

fn derive_password(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    call.spend(STEPS)?;
    let counter = arguments[0].as_int().unwrap_or_default();
    let counter = u32::try_from(counter)
        .map_err(|_| FunctionError::new(format!("{counter} overflows uint32")))?;
    let [kind, password, user, site] = [1, 2, 3, 4].map(|at| bytes(&arguments[at]));
    Ok(Value::text(derive::password(
        counter, kind, password, user, site,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash that golang.org/x/crypto/bcrypt is tested with.
    #[test]
    fn a_hash_is_that_of_go() {
        let coded = GeneralPurpose::new(&BCRYPT, NO_PAD.with_decode_allow_trailing_bits(true));
        let salt = coded.decode("XajjQvNhvvRt5GSeFk1xFe").unwrap();
        assert_eq!(
            hash(b"allmine", salt.try_into().unwrap()),
            "$2a$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga"
        );
    }
}
