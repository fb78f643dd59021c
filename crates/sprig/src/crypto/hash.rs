//! `sha1sum`, `sha256sum`, `sha512sum`, `adler32sum`.

use super::{Answer, Row, bytes};
use data_encoding::HEXLOWER;
use gotemplate::{Parameter, Value};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

pub const FUNCTIONS: [Row; 4] = [
    ("sha1sum", &[Parameter::Text], |_, arguments| {
        hash::<Sha1>(arguments)
    }),
    ("sha256sum", &[Parameter::Text], |_, arguments| {
        hash::<Sha256>(arguments)
    }),
    ("sha512sum", &[Parameter::Text], |_, arguments| {
        hash::<Sha512>(arguments)
    }),
    ("adler32sum", &[Parameter::Text], |_, arguments| {
        let sum = adler2::adler32_slice(bytes(&arguments[0]));
        Ok(sum.to_string().into())
    }),
];

fn hash<D: Digest>(arguments: &[Value]) -> Answer {
    let digest = D::digest(bytes(&arguments[0]));
    Ok(HEXLOWER.encode(&digest).into())
}
