//! Signatures in the form cosign leaves beside an artifact.

use super::*;
use crate::chart::digest::ContentDigest;
use crate::chart::proof::KeysError;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::{EncodePublicKey as _, LineEnding};

fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

fn pem(number: u8) -> String {
    let key = key(number);
    key.verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap()
}

fn statement(kind: &str, digest: &str) -> String {
    format!(
        r#"{{"critical":{{"identity":{{"docker-reference":"r/app"}},"image":{{"docker-manifest-digest":"{digest}"}},"type":"{kind}"}},"optional":null}}"#
    )
}

fn signed(number: u8, statement: &str) -> SignatureLayer {
    let signature: DerSignature = key(number).sign(statement.as_bytes());
    SignatureLayer {
        statement: ContentDigest::of(statement.as_bytes()),
        signature: STANDARD.encode(signature.as_bytes()),
        is_keyless: false,
    }
}

#[test]
fn a_statement_counts_if_a_trusted_key_signed_it_and_it_is_about_this_chart() {
    let keys = CosignKeys::read(format!("{}\n{}", pem(1), pem(2)).as_bytes()).unwrap();
    let names = keys.names();
    let (one, other) = (statement(KIND, "sha256:1"), statement(KIND, "sha256:2"));
    let strange = statement("atomic", "sha256:1");
    let mut cut = signed(1, &one);
    cut.signature.truncate(20);
    for (text, layer, expected) in [
        (&one, signed(1, &one), Ok(Some(names[0].clone()))),
        (&one, signed(2, &one), Ok(Some(names[1].clone()))),
        (&one, signed(3, &one), Ok(None)),
        (&one, signed(1, &other), Ok(None)),
        (&one, cut, Ok(None)),
        (
            &other,
            signed(1, &other),
            Err(ProofError::Other {
                key: names[0].clone(),
                signed: "sha256:2".to_owned(),
            }),
        ),
        (
            &strange,
            signed(1, &strange),
            Err(ProofError::Malformed("it is a \"atomic\"".to_owned())),
        ),
    ] {
        assert_eq!(check(text.as_bytes(), &layer, "sha256:1", &keys), expected);
    }
}

#[test]
fn only_public_keys_of_one_kind_are_taken() {
    let label = |label: &str| pem(1).replace("PUBLIC KEY", label);
    let error = |text: &str| CosignKeys::read(text.as_bytes()).err();
    assert_eq!(error(&pem(1)), None);
    assert_eq!(error(" "), Some(KeysError::NoCosignKey));
    assert_eq!(error(&label("CERTIFICATE")), Some(KeysError::Certificate));
    assert_eq!(error(ED25519), Some(KeysError::Curve));
    for text in [
        "key",
        &label("PRIVATE KEY"),
        &pem(1).replace("MFkw", "MFkx"),
    ] {
        assert!(matches!(error(text), Some(KeysError::Pem(_))), "{text}");
    }
    // One that is wrong spoils all: a key that is forgotten is one that is missed.
    assert!(error(&format!("{}{ED25519}", pem(1))).is_some());
}

const ED25519: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
";
