//! From what somebody wrote as a version to one of the versions there are.
//!
//! Source: Helm 4.2, pkg/repo/v1/index.go (Get), pkg/registry/client.go (ValidateReference); Argo CD
//! 3.5, util/versions.

use super::digest::ContentDigest;
use model::{Version, VersionRange};

/// How many versions an error names.
const MAX_NAMED: usize = 5;

/// What is wished of a chart in an index.
pub(crate) struct Wish<'a> {
    text: &'a str,
    range: VersionRange,
}

impl<'a> Wish<'a> {
    /// Reads a version or a range; none if it is neither.
    pub fn of(text: &'a str) -> Option<Self> {
        let range = VersionRange::parse(if text.is_empty() { "*" } else { text }).ok()?;
        Some(Self { text, range })
    }

    /// The first that is spelled just so, or else the first in the range; versions stand sorted,
    /// the newest first.
    pub fn pick<'t, T>(&self, sorted: &'t [T], version: impl Fn(&T) -> &Version) -> Option<&'t T> {
        let exact = sorted.iter().find(|one| version(one).original == self.text);
        exact.or_else(|| {
            let admits = |one: &&T| self.range.admits(version(one));
            sorted.iter().find(admits)
        })
    }
}

/// What is wished of a registry, which can be asked for a tag without listing them all.
pub(crate) enum TagWish<'a> {
    /// Whatever the tags say.
    Digest(ContentDigest),
    /// One tag.
    Tag(String),
    /// The newest in a range.
    Range(Wish<'a>),
}

impl<'a> TagWish<'a> {
    /// Reads a version, tag, digest or range; none if it is nothing of these.
    pub fn of(text: &'a str) -> Option<Self> {
        if text.starts_with("sha256:") || text.starts_with("sha512:") {
            return ContentDigest::parse(text).map(Self::Digest);
        }
        if Version::parse(text).is_ok() {
            return Some(Self::Tag(tag_of(text)));
        }
        match Wish::of(text) {
            Some(range) => Some(Self::Range(range)),
            None => is_tag(text).then(|| Self::Tag(text.to_owned())),
        }
    }
}

/// Tags cannot hold a plus, so Helm writes an underscore.
pub(crate) fn tag_of(version: &str) -> String {
    version.replace('+', "_")
}

/// The version a tag stands for.
pub(crate) fn version_of(tag: &str) -> String {
    tag.replace('_', "+")
}

fn is_tag(text: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.len() <= 128
        && text.bytes().next().is_some_and(word)
        && text.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

/// The newest versions, to be named in an error.
pub(crate) fn newest<'t>(sorted: impl Iterator<Item = &'t Version>) -> Vec<String> {
    let named = sorted.take(MAX_NAMED);
    named.map(|version| version.original.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick<'a>(wish: &str, versions: &[&'a str]) -> Option<&'a str> {
        let mut sorted: Vec<_> = versions
            .iter()
            .map(|text| (*text, Version::parse(text).unwrap()))
            .collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1));
        let wish = Wish::of(wish).unwrap();
        wish.pick(&sorted, |(_, version)| version)
            .map(|(text, _)| *text)
    }

    #[test]
    fn an_index_is_read_by_helms_rules() {
        let versions = ["1.2.0", "1.2.3", "v1.3.0", "2.0.0-rc.1", "1.2.3+b", "0.9"];
        for (wish, expected) in [
            ("", Some("v1.3.0")),
            ("*", Some("v1.3.0")),
            (">0-0", Some("2.0.0-rc.1")),
            ("1.2.3", Some("1.2.3")),
            ("1.2.3+b", Some("1.2.3+b")),
            ("v1.2.3", Some("1.2.3")),
            ("1.3.0", Some("v1.3.0")),
            ("1.2", Some("1.2.3")),
            ("1", Some("v1.3.0")),
            ("~1.2.0", Some("1.2.3")),
            ("2.0.0", None),
            ("2.0.0-rc.1", Some("2.0.0-rc.1")),
            ("0.9", Some("0.9")),
            ("3.x", None),
        ] {
            assert_eq!(pick(wish, &versions), expected, "{wish:?}");
        }
        assert!(Wish::of("latest").is_none());
    }

    #[test]
    fn a_registry_is_asked_for_a_tag_where_one_is_meant() {
        let tag = |wish| match TagWish::of(wish) {
            Some(TagWish::Tag(tag)) => tag,
            Some(TagWish::Range(_)) => "(range)".to_owned(),
            Some(TagWish::Digest(_)) => "(digest)".to_owned(),
            None => "(nothing)".to_owned(),
        };
        let digest = ContentDigest::of(b"").to_string();
        for (wish, expected) in [
            ("1.2.3", "1.2.3"),
            ("1.2", "1.2"),
            ("v1.2.3+b.1", "v1.2.3_b.1"),
            ("latest", "latest"),
            ("", "(range)"),
            ("^1.2", "(range)"),
            ("1.x", "(range)"),
            (digest.as_str(), "(digest)"),
            ("sha256:12", "(nothing)"),
            ("a b", "(nothing)"),
        ] {
            assert_eq!(tag(wish), expected, "{wish}");
        }
    }
}
