//! What Kubernetes takes as keys and values of labels.
//!
//! Comes in: a key or a value. Goes out: whether it is one, or what is wrong with it. Source:
//! Kubernetes 0.19.8, apimachinery/pkg/util/validation.

use super::LabelSelectorError;

const LONGEST: usize = 63;
const LONGEST_PREFIX: usize = 253;

/// Is it a key: `name`, or `example.org/name`?
pub fn key(key: &str) -> Result<(), LabelSelectorError> {
    let (prefix, name) = key.split_once('/').unwrap_or(("a", key));
    let problem = match () {
        () if name.contains('/') => "it has more than one '/'",
        () if prefix.is_empty() => "the part before '/' is empty",
        () if !is_subdomain(prefix) => {
            "the part before '/' must be a lower case domain name such as example.org"
        }
        () if name.len() > LONGEST => "the name has more than 63 characters",
        () if !is_name(name) => {
            "the name must consist of letters, digits, '-', '_' or '.', and start and end with a letter or digit"
        }
        () => return Ok(()),
    };
    Err(LabelSelectorError::Key {
        key: key.to_owned(),
        problem,
    })
}

/// Is it a value? The empty one is.
pub fn value(key: &str, value: &str) -> Result<(), LabelSelectorError> {
    let problem = match () {
        () if value.len() > LONGEST => "it has more than 63 characters",
        () if !value.is_empty() && !is_name(value) => {
            "it must consist of letters, digits, '-', '_' or '.', and start and end with a letter or digit"
        }
        () => return Ok(()),
    };
    Err(LabelSelectorError::Value {
        key: key.to_owned(),
        value: value.to_owned(),
        problem,
    })
}

fn is_name(text: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    starts_and_ends(text, |byte| byte.is_ascii_alphanumeric()) && text.bytes().all(inside)
}

fn is_subdomain(text: &str) -> bool {
    let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        starts_and_ends(label, lower) && label.bytes().all(|byte| lower(byte) || byte == b'-')
    };
    text.len() <= LONGEST_PREFIX && text.split('.').all(is_label)
}

fn starts_and_ends(text: &str, with: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| with(*byte)) && bytes.last().is_some_and(|byte| with(*byte))
}
