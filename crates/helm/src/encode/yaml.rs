//! `toYaml`, `toYamlPretty`, `fromYaml` and their kin.
//!
//! In: a value, or a text. Out: the text `sigs.k8s.io/yaml` writes for the value (without the line
//! break at its end), or the value it reads from the text. Source: Helm 4.2, pkg/engine/funcs.go;
//! sigs.k8s.io/yaml 1.6, yaml.go.

use super::passage::{self, PassageError};
use super::plain::{self, PlainError};
use super::tree;
use gotemplate::{List, Map, Text, Value};
use serde_json::Value as Plain;
use thiserror::Error;
use yaml::{Limits, ReadError};

/// A value that has no YAML.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ToYamlError {
    /// JSON, which it becomes first, cannot have it.
    #[error("error marshaling into JSON: {0}")]
    Json(PlainError),
    /// The JSON does not read as YAML.
    #[error(transparent)]
    Passage(#[from] PassageError),
}

/// A text that is not the YAML asked for.
#[derive(Clone, PartialEq, Debug, Error)]
enum FromYamlError {
    #[error("error converting YAML to JSON: {}", .0.go_message())]
    Read(ReadError),
    #[error(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value of type {wanted}"
    )]
    Kind {
        found: &'static str,
        wanted: &'static str,
    },
}

/// The YAML of a value.
pub fn to_yaml(value: &Value) -> Result<Text, ToYamlError> {
    let mut plain = plain::plain(value).map_err(ToYamlError::Json)?;
    passage::through_yaml(&mut plain)?;
    Ok(without_line_break(yaml::write(&plain)))
}

/// The YAML of a value, lists indented.
pub fn to_yaml_pretty(value: &Value) -> Result<Text, PlainError> {
    let node = tree::tree(value)?;
    Ok(without_line_break(yaml::write_node_indented(&node)))
}

fn without_line_break(mut text: String) -> Text {
    if text.ends_with('\n') {
        text.pop();
    }
    text.into()
}

/// The mapping a text is; what is wrong with it under `Error` if it is none.
pub fn from_yaml(text: &[u8]) -> Map {
    match read(text, "map[string]interface {}") {
        Ok(Plain::Object(fields)) => {
            let entries = fields.iter();
            let entries = entries.map(|(key, value)| (key.as_str(), Value::from_json(value)));
            entries.collect()
        }
        Ok(_) => Map::default(),
        Err(error) => [("Error", Value::from(error.to_string()))]
            .into_iter()
            .collect(),
    }
}

/// The list a text is; what is wrong with it as its only item if it is none.
pub fn from_yaml_array(text: &[u8]) -> List {
    match read(text, "[]interface {}") {
        Ok(Plain::Array(items)) => items.iter().map(Value::from_json).collect(),
        Ok(_) => List::default(),
        Err(error) => List::new(vec![error.to_string().into()]),
    }
}

/// The value of a text, which is of the type or null.
fn read(text: &[u8], wanted: &'static str) -> Result<Plain, FromYamlError> {
    let value = yaml::read_first(text, &Limits::default()).map_err(FromYamlError::Read)?;
    let found = match &value {
        Plain::Null => return Ok(value),
        Plain::Bool(_) => "bool",
        Plain::Number(_) => "number",
        Plain::String(_) => "string",
        Plain::Array(_) if wanted.starts_with('[') => return Ok(value),
        Plain::Array(_) => "array",
        Plain::Object(_) if wanted.starts_with('m') => return Ok(value),
        Plain::Object(_) => "object",
    };
    Err(FromYamlError::Kind { found, wanted })
}
