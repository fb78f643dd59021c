//! What a scalar means: go-yaml v2's resolution.
//!
//! Comes in: the text of a scalar, its tag, whether it was plain. Goes out: null, a boolean, a
//! number or text. The writer asks too, because text that would resolve to something else has to
//! be quoted.

pub mod binary;
mod float;
mod integer;
mod tag;
pub mod timestamp;
pub mod v3;

use crate::number;
use crate::read::Problem;
use serde_json::Value;
use std::borrow::Cow;

pub use tag::scalar;

/// What a scalar turned out to be. Where its text stands for itself, whoever asks has it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    /// Above `i64::MAX`.
    Uint(u64),
    /// Not always finite.
    Float(f64),
    /// A date; to go-yaml v2 its text stands for itself.
    Timestamp,
    Text,
}

/// A scalar and what it turned out to be.
#[derive(Clone, PartialEq, Debug)]
pub struct Meaning<'t> {
    /// Its type, and its value if that is not its text.
    pub resolved: Resolved,
    /// Its text.
    pub text: Cow<'t, str>,
}

impl Meaning<'_> {
    /// The JSON value.
    pub fn into_value(self) -> Result<Value, Problem> {
        match self.resolved {
            Resolved::Timestamp | Resolved::Text => Ok(Value::String(self.text.into_owned())),
            other => other.value(),
        }
    }

    /// The key of a JSON object. Go's spelling of numbers decides which key it is.
    pub fn into_key(self) -> Result<String, Problem> {
        Ok(match self.resolved {
            Resolved::Null => return Err(Problem::MapKey("null")),
            Resolved::Bool(flag) => flag.to_string(),
            Resolved::Int(integer) => integer.to_string(),
            Resolved::Uint(_) => {
                return Err(Problem::MapKey("an integer above 9223372036854775807"));
            }
            Resolved::Float(float) => number::go_text_of_key(float),
            Resolved::Timestamp | Resolved::Text => self.text.into_owned(),
        })
    }
}

impl Resolved {
    /// The JSON value of all that is no text.
    pub fn value(self) -> Result<Value, Problem> {
        Ok(match self {
            Self::Null | Self::Timestamp | Self::Text => Value::Null,
            Self::Bool(flag) => flag.into(),
            Self::Int(integer) => integer.into(),
            Self::Uint(integer) => integer.into(),
            Self::Float(float) => {
                Value::Number(number::through_json(float).ok_or(not_finite(float))?)
            }
        })
    }
}

fn not_finite(float: f64) -> Problem {
    Problem::NotFinite(match float {
        f64::INFINITY => "+Inf",
        f64::NEG_INFINITY => "-Inf",
        _ => "NaN",
    })
}

/// What plain text without a tag means, if it is not just text.
pub fn plain(text: &str) -> Option<Resolved> {
    // Most text is told from all else by how it begins.
    match text.as_bytes().first() {
        Some(b'.') => by_name(text).or_else(|| float::go(text).map(Resolved::Float)),
        Some(b'+' | b'-' | b'0'..=b'9') if timestamp::is(text) => Some(Resolved::Timestamp),
        Some(b'+' | b'-' | b'0'..=b'9') => by_name(text).or_else(|| number_of(text)),
        Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => by_name(text),
        Some(b'y' | b'Y' | b'o' | b'O') | None => by_name(text),
        Some(_) => None,
    }
}

/// Whether plain text would be read back as the same text.
pub fn stays_text(text: &str) -> bool {
    plain(text).is_none()
}

fn by_name(text: &str) -> Option<Resolved> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Resolved::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

/// A number with a digit or a sign in front. Underscores mean nothing, wherever they stand.
fn number_of(text: &str) -> Option<Resolved> {
    if !text.contains('_') {
        return integer::go(text)
            .or_else(|| float::yaml(text))
            .or_else(|| integer::binary(text));
    }
    let text = text.replace('_', "");
    integer::go(&text)
        .or_else(|| float::yaml(&text))
        .or_else(|| integer::binary(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_resolves_as_go_yaml_v2_does() {
        for (text, meaning) in [
            ("0777", Resolved::Int(511)),
            ("0o17", Resolved::Int(15)),
            ("-0x1F", Resolved::Int(-31)),
            ("0b+11", Resolved::Int(3)),
            ("08", Resolved::Float(8.0)),
            ("1_000", Resolved::Int(1000)),
            ("18446744073709551615", Resolved::Uint(u64::MAX)),
            (
                "+9223372036854775808",
                Resolved::Float(9_223_372_036_854_775_808.0),
            ),
            ("On", Resolved::Bool(true)),
            (".5", Resolved::Float(0.5)),
            (".5_0e1_0", Resolved::Float(5e9)),
        ] {
            assert_eq!(plain(text), Some(meaning), "{text}");
        }
        for text in [
            "1:30", "0x", "0o8", "1e400", "_1", "._5", ".5_", "tRue", "<<", "=", "1.2.3", "-", ".",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
