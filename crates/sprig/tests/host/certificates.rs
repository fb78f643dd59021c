//! Certificates, read back field by field.

use crate::run;
use der::{Decode, Encode};
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, SubjectAltName, SubjectKeyIdentifier,
};

/// The PEM blocks of a text: their types and what is in them.
fn blocks(text: &str) -> Vec<(String, Vec<u8>)> {
    let blocks = pem::parse_many(text).unwrap();
    let parts = blocks.into_iter();
    parts
        .map(|block| (block.tag().to_owned(), block.contents().to_vec()))
        .collect()
}

fn certificate(block: &(String, Vec<u8>)) -> Certificate {
    assert_eq!(block.0, "CERTIFICATE");
    Certificate::from_der(&block.1).unwrap()
}

#[test]
fn an_authority_signs_for_names_and_addresses() {
    let template = "{{ $ca := genCA \"my-ca\" 10 }}\
        {{ $cert := genSignedCert \"web\" (list \"10.0.0.1\" \"::1\") (list \"a.svc\" \"*.b\") 1 $ca }}\
        {{ $ca.Cert }}{{ $ca.Key }}{{ $cert.Cert }}{{ $cert.Key }}";
    let text = run(template, "seed").unwrap();
    let blocks = blocks(&text);
    let kinds: Vec<&str> = blocks.iter().map(|(kind, _)| kind.as_str()).collect();
    let pair = ["CERTIFICATE", "RSA PRIVATE KEY"];
    assert_eq!(kinds, [pair, pair].concat());

    let (authority, signed) = (certificate(&blocks[0]), certificate(&blocks[2]));
    let (authority, signed) = (authority.tbs_certificate(), signed.tbs_certificate());
    assert_eq!(authority.subject().to_string(), "CN=my-ca");
    assert_eq!(signed.subject().to_string(), "CN=web");
    assert_eq!(signed.issuer(), authority.subject());
    let validity = signed.validity();
    let days = validity.not_after.to_unix_duration() - validity.not_before.to_unix_duration();
    assert_eq!(
        validity.not_before.to_unix_duration().as_secs(),
        1_763_750_000
    );
    assert_eq!(days.as_secs(), 24 * 3600);

    let (critical, constraints) = authority
        .get_extension::<BasicConstraints>()
        .unwrap()
        .unwrap();
    assert!(critical && constraints.ca);
    let (_, own) = authority
        .get_extension::<SubjectKeyIdentifier>()
        .unwrap()
        .unwrap();
    let (_, above) = signed
        .get_extension::<AuthorityKeyIdentifier>()
        .unwrap()
        .unwrap();
    assert_eq!(above.key_identifier, Some(own.0));
    let (critical, names) = signed.get_extension::<SubjectAltName>().unwrap().unwrap();
    let names: Vec<String> = names.0.iter().map(shown).collect();
    assert!(!critical);
    assert_eq!(
        names,
        [
            "a.svc",
            "*.b",
            "0a000001",
            "00000000000000000000000000000001"
        ]
    );
}

fn shown(name: &GeneralName) -> String {
    match name {
        GeneralName::DnsName(name) => name.to_string(),
        GeneralName::IpAddress(address) => {
            let bytes = address.as_bytes().iter();
            bytes.map(|byte| format!("{byte:02x}")).collect()
        }
        other => panic!("{other:?} was not asked for"),
    }
}

#[test]
fn a_key_of_ones_own_is_kept() {
    for (kind, tag, algorithm) in [
        ("ecdsa", "EC PRIVATE KEY", "1.2.840.10045.4.3.2"),
        ("ed25519", "PRIVATE KEY", "1.3.101.112"),
    ] {
        let template = format!(
            "{{{{ $key := genPrivateKey {kind:?} }}}}{{{{ $ca := genCAWithKey \"a_b\" 1 $key }}}}\
             {{{{ eq $ca.Key $key }}}} {{{{ $ca.Cert }}}}{{{{ $ca.Key }}}}"
        );
        let text = run(&template, "seed").unwrap();
        let (kept, pem) = text.split_once(' ').unwrap();
        let blocks = blocks(pem);
        assert_eq!((kept, blocks[1].0.as_str()), ("true", tag));
        let certificate = certificate(&blocks[0]);
        let signed_with = certificate.signature_algorithm().oid.to_string();
        assert_eq!(signed_with, algorithm);
        assert_eq!(certificate.to_der().unwrap(), blocks[0].1);
    }
}

#[test]
fn the_same_seed_gives_the_same_key() {
    let template = "{{ (genSelfSignedCert \"a\" nil nil 1).Key }}";
    let first = run(template, "seed").unwrap();
    assert_eq!(run(template, "seed").unwrap(), first);
}

#[test]
fn a_certificate_of_another_key_does_not_sign() {
    let template = "{{ $key := genPrivateKey \"ecdsa\" }}{{ $ca := genCAWithKey \"a\" 1 $key }}\
        {{ $other := genCAWithKey \"b\" 1 (genPrivateKey \"ecdsa\") }}\
        {{ $mixed := buildCustomCert ($ca.Cert | b64enc) ($other.Key | b64enc) }}\
        {{ genSignedCertWithKey \"c\" nil nil 1 $mixed $key }}";
    let error = run(template, "seed").unwrap_err();
    let expected = "error calling genSignedCertWithKey: error creating certificate: \
                    x509: provided PrivateKey doesn't match parent's PublicKey";
    assert!(error.ends_with(expected), "{error}");
}
