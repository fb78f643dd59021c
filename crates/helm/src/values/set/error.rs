//! Why an argument of the `--set` family is refused, in Helm's words.

use crate::quote::{quote, quote_char};
use gotemplate::Value;

/// An argument that cannot be read, or does not fit the values so far.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum SetError {
    #[error("key {} has no value", quote(.0))]
    NoValue(String),
    #[error("key {} has no value (cannot end with ,)", quote(.0))]
    EndsWithComma(String),
    #[error("key map {} has no value", quote(.0))]
    EmptyMap(String),
    #[error("value name nested level is greater than maximum supported nested level of {0}")]
    TooDeep(usize),
    #[error("error parsing index: strconv.Atoi: parsing {}: {reason}", quote(.text))]
    Index { text: String, reason: &'static str },
    #[error("negative {0} index not allowed")]
    NegativeIndex(i64),
    #[error("index of {index} is greater than maximum supported index of {limit}")]
    IndexTooLarge { index: i64, limit: i64 },
    #[error("unexpected data at end of array index: {}", runes(.0))]
    BehindIndex(String),
    #[error("list must terminate with '}}'")]
    OpenList,
    #[error("unable to parse key: interface conversion: interface {{}} is {found}, not {wanted}")]
    WrongType {
        found: &'static str,
        wanted: &'static str,
    },
    #[error("the value is no JSON")]
    Json,
    #[error("{0}")]
    File(String),
}

/// A list of characters as Go's `%q` prints it.
fn runes(text: &str) -> String {
    let quoted: Vec<_> = text.chars().map(quote_char).collect();
    format!("[{}]", quoted.join(" "))
}

/// The name of a value's type in Go.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Nil => "nil",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Int64(_) => "int64",
        Value::Float(_) => "float64",
        Value::Text(_) => "string",
        Value::List(_) => "[]interface {}",
        Value::Map(_) => "map[string]interface {}",
        _ => "interface {}",
    }
}
