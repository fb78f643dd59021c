//! What does not fit, in the words of Go's decoder.

use serde_json::Value;
use yaml::ReadError;

/// A file that does not read as what it should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DecodeError {
    #[error("error converting YAML to JSON: {}", .0.go_message())]
    Yaml(ReadError),
    #[error(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value \
         of type {target}"
    )]
    NoStruct {
        found: &'static str,
        target: &'static str,
    },
    #[error(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go struct \
         field {place} of type {wanted}"
    )]
    Field {
        found: &'static str,
        place: String,
        wanted: &'static str,
    },
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Time(String),
}

/// The kind of a JSON value, as the decoder calls it.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
