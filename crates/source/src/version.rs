//! Versions as Helm and Argo CD read them from tags.
//!
//! Comes in: a text like `v1.2.3-rc.1+build`; minor and patch may be missing. Goes out: a version
//! that compares by the rules of SemVer. (Masterminds/semver is the library both use.)

use std::cmp::Ordering;

/// A version. Build metadata is read and left out: it does not count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Version {
    pub major: u64,
    pub minor: u64,
    pub patch: u64,
    /// What follows the dash; empty for a release.
    pub pre: String,
}

impl Version {
    /// Reads a version; none if the text is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let (text, build) = split(text, '+');
        let (numbers, pre) = split(text, '-');
        if !build.is_none_or(is_identifiers) || !pre.is_none_or(is_prerelease) {
            return None;
        }
        let mut parts = numbers.split('.');
        let version = Self {
            major: number(parts.next()?)?,
            minor: parts.next().map_or(Some(0), number)?,
            patch: parts.next().map_or(Some(0), number)?,
            pre: pre.unwrap_or_default().to_owned(),
        };
        parts.next().is_none().then_some(version)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |v: &Self| (v.major, v.minor, v.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| {
            match (self.pre.as_str(), other.pre.as_str()) {
                ("", "") => Ordering::Equal,
                ("", _) => Ordering::Greater,
                (_, "") => Ordering::Less,
                (a, b) => compare_prereleases(a, b),
            }
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Part by part: numbers before words, fewer parts before more.
pub(crate) fn compare_prereleases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => a.cmp(b),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (plain && !has_leading_zero(text))
        .then(|| text.parse().ok())
        .flatten()
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0')
}

fn is_identifiers(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_prerelease(text: &str) -> bool {
    is_identifiers(text)
        && !text
            .split('.')
            .any(|part| part.bytes().all(|b| b.is_ascii_digit()) && has_leading_zero(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_versions() {
        for text in [
            "1",
            "v1",
            "1.2",
            "v1.2.3",
            "1.2.3-rc.1",
            "1.2.3-0a",
            "1.2.3+b.7",
            "0.0.0",
        ] {
            assert!(Version::parse(text).is_some(), "{text}");
        }
        for text in [
            "", "v", "1.", "1.2.3.4", "01.2", "1.2.3-01", "1.2.3-", "1.2.3+", "main", "V1",
        ] {
            assert!(Version::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn order_is_that_of_semver() {
        let sorted = [
            "0.9",
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2",
            "2",
        ];
        for pair in sorted.windows(2) {
            assert!(
                Version::parse(pair[0]) < Version::parse(pair[1]),
                "{pair:?}"
            );
        }
        let parsed = |text| Version::parse(text).unwrap();
        assert_eq!(parsed("1.2.3+a").cmp(&parsed("v1.2.3+b")), Ordering::Equal);
    }
}
