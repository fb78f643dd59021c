//! What stands behind the `?` of a repository's address.
//!
//! Comes in: `ref=v1&timeout=2m&submodules=false`. Goes out: the reference to follow, how long it
//! may take, and whether submodules are wanted. Nothing here is an error: what cannot be read is as
//! if it were not there. Source: Kustomize 5.8.1, api/internal/git/repospec.go (parseQuery), and
//! Go's url.ParseQuery.

use super::go_duration;
use std::time::Duration;

/// The options of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Branch, tag or commit; empty for the default branch.
    pub reference: String,
    /// How long fetching may take.
    pub timeout: Duration,
    /// Fetch submodules too.
    pub submodules: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            reference: String::new(),
            timeout: Duration::from_secs(27),
            submodules: true,
        }
    }
}

impl Query {
    /// Reads the text behind the `?`.
    pub fn parse(text: &str) -> Self {
        let default = Self::default();
        let Some(pairs) = pairs(text) else {
            return default;
        };
        let value = |key: &str| {
            let found = pairs.iter().find(|(name, _)| name == key);
            found.map_or("", |(_, value)| value)
        };
        let reference = match value("ref") {
            "" => value("version"),
            reference => reference,
        };
        Self {
            reference: reference.to_owned(),
            timeout: timeout(value("timeout")).unwrap_or(default.timeout),
            submodules: boolean(value("submodules")).unwrap_or(default.submodules),
        }
    }
}

/// Whole seconds, or a span with units.
fn timeout(text: &str) -> Option<Duration> {
    match text.parse::<i64>() {
        Ok(seconds) => u64::try_from(seconds)
            .ok()
            .filter(|seconds| *seconds > 0)
            .map(Duration::from_secs),
        Err(_) => go_duration::parse(text),
    }
}

/// The words Go's `strconv.ParseBool` knows.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// Keys and values, unescaped. Nothing at all if one of them is broken.
fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (!part.contains(';')).then_some(())?;
            Some((unescape(key)?, unescape(value)?))
        })
        .collect()
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            byte => byte,
        });
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_counts() {
        for (text, reference, seconds, submodules) in [
            ("", "", 27, true),
            ("ref=v1.0", "v1.0", 27, true),
            ("ref=group%2Fv1+x", "group/v1 x", 27, true),
            ("ref=a&ref=b", "a", 27, true),
            ("version=main", "main", 27, true),
            ("version=main&ref=v1", "v1", 27, true),
            ("version=main&ref=", "main", 27, true),
            ("ref=main#part", "main#part", 27, true),
            ("submodules=0", "", 27, false),
            ("submodules=maybe&timeout=soon", "", 27, true),
            ("timeout=61", "", 61, true),
            ("timeout=%2B61", "", 61, true),
            ("timeout=0", "", 27, true),
            ("timeout=-5", "", 27, true),
            ("timeout=1m1s", "", 61, true),
            ("ref=v1&submodules=False&timeout=2h", "v1", 7200, false),
            ("ref=100%", "", 27, true),
            ("ref=v1;timeout=61", "", 27, true),
            ("ref=v1&x=%zz", "", 27, true),
        ] {
            let expected = Query {
                reference: reference.to_owned(),
                timeout: Duration::from_secs(seconds),
                submodules,
            };
            assert_eq!(Query::parse(text), expected, "{text}");
        }
    }
}
