//! Versions, their order and their ranges against what Masterminds/semver 3.5 says of them.
//!
//! `version/*.tsv` hold its answers: JSON texts, then the answer, separated by tabs.

use model::{Version, VersionRange};
use std::cmp::Ordering;
use std::path::Path;

#[test]
fn texts_are_the_versions_the_library_reads() {
    check("versions.tsv", |text, _| match Version::parse(text) {
        Ok(version) => version.to_string(),
        Err(error) => format!("error: {error}"),
    });
}

#[test]
fn strict_texts_are_the_versions_the_library_reads() {
    check("strict.tsv", |text, _| match Version::parse_strict(text) {
        Ok(version) => version.to_string(),
        Err(error) => format!("error: {error}"),
    });
}

#[test]
fn order_is_that_of_the_library() {
    check("order.tsv", |a, b| {
        let version = |text| Version::parse(text).unwrap();
        match version(a).cmp(&version(b)) {
            Ordering::Less => "-1".to_owned(),
            Ordering::Equal => "0".to_owned(),
            Ordering::Greater => "1".to_owned(),
        }
    });
}

#[test]
fn ranges_admit_what_the_library_admits() {
    check("ranges.tsv", |range, version| {
        match VersionRange::parse(range) {
            Ok(range) => range.admits(&Version::parse(version).unwrap()).to_string(),
            Err(error) => format!("error: {error}"),
        }
    });
}

#[test]
fn successors_keep_the_v() {
    let version = Version::parse("v1.2.3-rc.1+b").unwrap();
    let originals = [
        version.next_patch().unwrap(),
        version.next_patch().and_then(|v| v.next_patch()).unwrap(),
        version.next_minor().unwrap(),
        version.next_major().unwrap(),
        version.with_prerelease("beta").unwrap(),
        version.with_metadata("").unwrap(),
    ];
    assert_eq!(
        originals.map(|version| version.original),
        [
            "v1.2.3",
            "v1.2.4",
            "v1.3.0",
            "v2.0.0",
            "v1.2.3-beta+b",
            "v1.2.3-rc.1"
        ]
    );
    let last = Version::parse(&format!("1.{0}.{0}", u64::MAX)).unwrap();
    assert!(last.next_patch().is_none() && last.next_minor().is_none());
}

fn check(file: &str, answer: impl Fn(&str, &str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/version");
    let rows = std::fs::read_to_string(path.join(file)).unwrap();
    let mut wrong = Vec::new();
    for row in rows.lines() {
        let mut fields = row.split('\t').collect::<Vec<_>>();
        let expected = fields.pop().unwrap();
        let text = |at: usize| -> String {
            let field = fields.get(at).copied().unwrap_or("\"\"");
            serde_json::from_str(field).unwrap()
        };
        let found = answer(&text(0), &text(1));
        if found != expected {
            wrong.push(format!("{row}\n  found: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
