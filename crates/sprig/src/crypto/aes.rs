//! `encryptAES` and `decryptAES`: AES-256 in CBC mode, the password cut or filled up as the key.
//!
//! In: a password and a text. Out: Base64 of an initial vector and what was encrypted, and back.
//! What Go's version would run aground on fails here with the words Go ends with.

use super::{Answer, Row, bytes};
use crate::encoding::base64;
use crate::host::Host;
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use gotemplate::{Call, FunctionError, Parameter, Value};

pub const FUNCTIONS: [Row; 2] = [
    ("encryptAES", &[Parameter::Text, Parameter::Text], encrypt),
    ("decryptAES", &[Parameter::Text, Parameter::Text], decrypt),
];

const BLOCK: usize = 16;

fn key(password: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    let length = password.len().min(key.len());
    key[..length].copy_from_slice(&password[..length]);
    key
}

fn encrypt(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let text = bytes(&arguments[1]);
    if text.is_empty() {
        return Ok("".into());
    }
    let mut vector = [0; BLOCK];
    Host::of(call)?.random().fill(&mut vector);
    let key = key(bytes(&arguments[0]));
    let cipher = cbc::Encryptor::<aes::Aes256>::new(&key.into(), &vector.into());
    let encrypted = cipher.encrypt_padded_vec::<Pkcs7>(text);
    Ok(Value::text(base64::encode(
        &[&vector[..], &encrypted].concat(),
    )))
}

fn decrypt(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let coded = bytes(&arguments[1]);
    if coded.is_empty() {
        return Ok("".into());
    }
    let data = base64::try_decode(coded);
    let data = data.map_err(|at| FunctionError::new(base64::fault(at)))?;
    let plain = decrypted(&key(bytes(&arguments[0])), &data).map_err(FunctionError::from)?;
    Ok(Value::text(plain))
}

fn decrypted(key: &[u8; 32], data: &[u8]) -> Result<Vec<u8>, String> {
    let (vector, data) = data.split_at_checked(BLOCK).ok_or_else(|| {
        // Go names the capacity, which DecodeString rounds up to whole groups of three.
        let capacity = data.len().div_ceil(3) * 3;
        format!("runtime error: slice bounds out of range [:16] with capacity {capacity}")
    })?;
    let vector: [u8; BLOCK] = vector.try_into().unwrap_or_default();
    if !data.len().is_multiple_of(BLOCK) {
        return Err("crypto/cipher: input not full blocks".into());
    }
    let cipher = cbc::Decryptor::<aes::Aes256>::new(key.into(), &vector.into());
    let mut plain = cipher
        .decrypt_padded_vec::<NoPadding>(data)
        .unwrap_or_default();
    let Some(padding) = plain.last().map(|byte| usize::from(*byte)) else {
        return Err("runtime error: index out of range [-1]".into());
    };
    let Some(length) = plain.len().checked_sub(padding) else {
        let beyond = padding - plain.len();
        return Err(format!(
            "runtime error: slice bounds out of range [:-{beyond}]"
        ));
    };
    plain.truncate(length);
    Ok(plain)
}
