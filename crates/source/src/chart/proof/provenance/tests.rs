//! Provenance files and keys that gpg made, at moments of their lives. The real `helm verify` says
//! the same of each, but for the hash that can be forged, which it lets pass.

use super::*;
use crate::chart::proof::KeysError;
use std::path::Path;

/// Days since the keys were made, in seconds since 1970.
fn day(number: u64) -> u64 {
    1_704_067_200 + number * 86_400
}

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provenance");
    std::fs::read(folder.join(name)).unwrap()
}

fn keyring(name: &str) -> Keyring {
    Keyring::read(&file(&format!("{name}.asc"))).unwrap()
}

/// What is said of the archive by a file, its text changed, under a key.
fn said(provenance: &[u8], keys: &str, now: u64) -> String {
    let archive = file("app-0.1.0.tgz");
    let claim = Claim::of_file(&archive, "app-0.1.0.tgz");
    match check(provenance, &claim, &keyring(keys), now) {
        Ok(key) => key,
        Err(error) => error.to_string(),
    }
}

#[test]
fn keys_of_all_kinds_count_while_they_are_good() {
    const ED: &str = "6F5DD45126CF50DC84F73A0B313A5853C6943C59 (ed <ed@example.org>)";
    for (name, keys, now, expected) in [
        ("rsa", "rsa", day(9), "RSA"),
        ("ed", "ed", day(9), ED),
        ("nist", "nist", day(9), "NIST"),
        ("dsa", "dsa", day(9), "DSA"),
        ("certifier", "certifier", day(9), "CERTIFIER"),
        (
            "certifier",
            "certifier",
            day(800),
            "the key CERTIFIER expired, or is of the future",
        ),
        ("short", "short", day(9), "SHORT"),
        (
            "short",
            "short",
            day(400),
            "the key SHORT expired, or is of the future",
        ),
        (
            "ed",
            "ed",
            day(0) - 9,
            "the key ED expired, or is of the future",
        ),
        (
            "ed",
            "ed",
            day(0) + 9,
            "the signature of the key ED expired, or is of the future",
        ),
        ("brief", "ed", day(9), ED),
        (
            "brief",
            "ed",
            day(40),
            "the signature of the key ED expired, or is of the future",
        ),
        ("revoked", "revoked", day(9), "the key REVOKED is revoked"),
        (
            "sha1",
            "rsa",
            day(9),
            "the signature of the key RSA is made over SHA1, which can be forged",
        ),
        (
            "ed",
            "rsa",
            day(9),
            "signature made by unknown entity: it names the key 6F5DD45126CF50DC84F73A0B313A5853C6943C59, and the key RSA is trusted",
        ),
    ] {
        let mut expected = expected.to_owned();
        for other in ["rsa", "ed", "nist", "dsa", "certifier", "short", "revoked"] {
            let named = &keyring(other).names()[0];
            assert!(named.ends_with(&format!(" ({other} <{other}@example.org>)")));
            // Whole words: SHORT is none of DSA.
            let words = expected
                .split(' ')
                .map(|word| match word == other.to_uppercase() {
                    true => named,
                    false => word,
                });
            expected = words.collect::<Vec<_>>().join(" ");
        }
        let found = said(&file(&format!("{name}.prov")), keys, now);
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn one_key_of_many_is_enough() {
    let both = [file("rsa.asc"), b"\n\n".to_vec(), file("ed.asc")].concat();
    let keyring = Keyring::read(&both).unwrap();
    assert_eq!(keyring.names().len(), 2);
    let archive = file("app-0.1.0.tgz");
    let claim = Claim::of_file(&archive, "app-0.1.0.tgz");
    for name in ["rsa.prov", "ed.prov"] {
        check(&file(name), &claim, &keyring, day(9)).unwrap();
    }
    let error = check(&file("nist.prov"), &claim, &keyring, day(9)).unwrap_err();
    assert!(error.to_string().contains("one of the keys "), "{error}");
}

#[test]
fn whatever_is_changed_proves_nothing() {
    let text = String::from_utf8(file("ed.prov")).unwrap();
    let bad = "the signature of the key KEY is not one of this text: ";
    for (from, to, expected) in [
        ("version: 0.1.0", "version: 0.2.0", bad),
        ("sha256:4", "sha256:5", bad),
        ("- - two", "- two\nand: more", bad),
        // Space at the end of a line is not signed, nor is what stands around the message.
        ("name: app\n", "name: app  \n", "KEY"),
        (
            "-----BEGIN PGP SIGNED",
            "Hello,\n-----BEGIN PGP SIGNED",
            "KEY",
        ),
        (
            "-----END PGP SIGNATURE-----",
            "-----END PGP SIGNATURE-----\nRegards",
            "KEY",
        ),
        (
            "-----BEGIN PGP SIGNED",
            "-----BEGIN",
            "signature block not found: ",
        ),
        (
            "-----END PGP SIGNATURE-----",
            "",
            "signature block not found: ",
        ),
        (
            "Hash: SHA512",
            "Comment: SHA512",
            "its signed message cannot be read: ",
        ),
        ("\niIUEAR", "\nAAAA", "its signed message cannot be read: "),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        let found = said(changed.as_bytes(), "ed", day(9));
        let found = found.replace(&keyring("ed").names()[0], "KEY");
        match expected {
            "KEY" => assert_eq!(found, "KEY", "{to}"),
            expected => assert!(found.starts_with(expected), "{to}: {found}"),
        }
    }
}

#[test]
fn the_chart_the_version_and_the_archive_must_be_those_asked_for() {
    let archive = file("app-0.1.0.tgz");
    let claim = |archive, file: &str, asked| Claim {
        archive,
        file: file.to_owned(),
        asked,
    };
    let usual = "app-0.1.0.tgz";
    let other = "the key KEY signed \"app\" in version \"0.1.0\", which is not what was asked for";
    for (claim, expected) in [
        (claim(&archive, usual, Some(("app", Some("0.1.0")))), "KEY"),
        (claim(&archive, usual, Some(("app", None))), "KEY"),
        // A tag is not always a version.
        (
            claim(&archive, "app-latest.tgz", Some(("app", None))),
            "KEY",
        ),
        (claim(&archive, usual, Some(("app", Some("0.2.0")))), other),
        (claim(&archive, usual, Some(("api", Some("0.1.0")))), other),
        (
            claim(&archive, "other.tgz", None),
            "provenance does not contain a SHA for a file named \"other.tgz\"; it is signed by KEY",
        ),
        (
            claim(b"another archive", usual, None),
            "sha256 sum does not match for app-0.1.0.tgz: \"sha256:4cd36b3ca046f7c17e81e1aa31bf2dc6a91b98c94238810db57456b4904d3a22\" is signed by KEY, and it has \"sha256:2c69436dc18e5782410cdfa0e5e728985a4e51939a2ba73998e933e9921fed02\"",
        ),
    ] {
        let found = match check(&file("ed.prov"), &claim, &keyring("ed"), day(9)) {
            Ok(key) => key,
            Err(error) => error.to_string(),
        };
        assert_eq!(found.replace(&keyring("ed").names()[0], "KEY"), expected);
    }
}

#[test]
fn what_is_no_keyring_is_said_to_be_none() {
    for (text, expected) in [
        ("", KeysError::NoOpenPgpKey),
        (" \n", KeysError::NoOpenPgpKey),
    ] {
        assert_eq!(
            Keyring::read(text.as_bytes()).err(),
            Some(expected),
            "{text:?}"
        );
    }
    for text in [
        "key",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n",
    ] {
        let error = Keyring::read(text.as_bytes()).err().unwrap();
        assert!(
            matches!(error, KeysError::OpenPgp(_) | KeysError::NoOpenPgpKey),
            "{error}"
        );
    }
    let private = file("ed.prov");
    assert!(Keyring::read(&private).is_err());
}
