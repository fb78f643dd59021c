//! Passwords of the Master Password scheme: the same inputs give the same password anywhere.
//!
//! In: a counter, a kind of password, a secret, a user and a site. Out: the password. Source:
//! sprig 3.3, crypto.go (derivePassword).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The forms of each kind; a letter stands for any of a set of characters.
const FORMS: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    ("long", LONG),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

const LONG: &[&str] = &[
    "CvcvnoCvcvCvcv",
    "CvcvCvcvnoCvcv",
    "CvcvCvcvCvcvno",
    "CvccnoCvcvCvcv",
    "CvccCvcvnoCvcv",
    "CvccCvcvCvcvno",
    "CvcvnoCvccCvcv",
    "CvcvCvccnoCvcv",
    "CvcvCvccCvcvno",
    "CvcvnoCvcvCvcc",
    "CvcvCvcvnoCvcc",
    "CvcvCvcvCvccno",
    "CvccnoCvccCvcv",
    "CvccCvccnoCvcv",
    "CvccCvccCvcvno",
    "CvcvnoCvccCvcc",
    "CvcvCvccnoCvcc",
    "CvcvCvccCvccno",
    "CvccnoCvcvCvcc",
    "CvccCvcvnoCvcc",
    "CvccCvcvCvccno",
];

fn characters(sign: u8) -> &'static [u8] {
    match sign {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

const SCOPE: &[u8] = b"com.lyndir.masterpassword";

/// The password, or what is wrong.
pub fn password(counter: u32, kind: &[u8], secret: &[u8], user: &[u8], site: &[u8]) -> Vec<u8> {
    let Some((_, forms)) = FORMS.iter().find(|(name, _)| name.as_bytes() == kind) else {
        return [b"cannot find password template ", kind].concat();
    };
    match seed(counter, secret, user, site) {
        Ok(seed) => shaped(&seed, forms),
        Err(problem) => format!("failed to derive password: {problem}").into_bytes(),
    }
}

fn seed(counter: u32, secret: &[u8], user: &[u8], site: &[u8]) -> Result<[u8; 32], String> {
    let salt = [SCOPE, &length(user), user].concat();
    let parameters = scrypt::Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    let mut key = [0; 64];
    scrypt::scrypt(secret, &salt, &parameters, &mut key).map_err(|error| error.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    for part in [SCOPE, &length(site), site, &counter.to_be_bytes()] {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

fn length(text: &[u8]) -> [u8; 4] {
    (text.len() as u32).to_be_bytes()
}

/// Each byte of the seed picks one character; the first picks the form.
fn shaped(seed: &[u8; 32], forms: &[&str]) -> Vec<u8> {
    let form = forms[usize::from(seed[0]) % forms.len()];
    let signs = form.bytes().zip(&seed[1..]);
    let picked = signs.map(|(sign, byte)| {
        let characters = characters(sign);
        characters[usize::from(*byte) % characters.len()]
    });
    picked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_pick_the_form_and_its_characters() {
        let mut seed = [0; 32];
        assert_eq!(shaped(&seed, LONG), b"Baba0@BabaBaba");
        seed[..3].copy_from_slice(&[22, 25, 4]);
        assert_eq!(shaped(&seed, LONG), b"GubaBaba0@Baba");
        assert_eq!(
            password(1, b"none", b"", b"", b""),
            b"cannot find password template none"
        );
    }
}
