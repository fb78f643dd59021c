//! What a field wants and what a value is.
//!
//! Comes in: a field's type, or a value. Goes out: its name, for messages.

use serde_json::Value;
use std::fmt;

/// The type a field has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// An integer of 64 bits.
    Integer,
    /// A sequence.
    List,
    /// A mapping, its keys being fields or names.
    Map,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::List => "a list",
            Self::Map => "a map",
        })
    }
}

/// What stands where something else is expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number.
    Number(String),
    /// A string.
    Text,
    /// A sequence.
    List,
    /// A mapping.
    Map,
}

impl Found {
    /// What a value is.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Boolean(*flag),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Map,
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Boolean(flag) => write!(f, "the boolean {flag}"),
            Self::Number(number) => write!(f, "the number {number}"),
            Self::Text => f.write_str("a text"),
            Self::List => f.write_str("a list"),
            Self::Map => f.write_str("a map"),
        }
    }
}
