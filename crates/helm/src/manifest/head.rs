//! What Helm reads of a manifest: its kind, its name, its annotations.
//!
//! Comes in: the text of one document. Goes out: its value and its [`Head`], or why Helm refuses
//! it, in Helm's words. The rules are those of Go's JSON decoder behind `sigs.k8s.io/yaml`: field
//! names match in any case, scalars become texts where texts are asked for, and of several faults
//! the first by the order of keys is told. Source: Helm 4.2, pkg/release/v1/util/manifest.go.

use crate::Dialect;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;

/// The first of a manifest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Head {
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.annotations`.
    pub annotations: BTreeMap<String, String>,
}

/// Why a document is no manifest.
#[derive(Debug, Error)]
pub enum HeadError {
    /// It is no YAML.
    #[error("error converting YAML to JSON: {}", .0.go_message())]
    Yaml(Box<yaml::ReadError>),
    /// It is no text.
    #[error("error converting YAML to JSON: yaml: {0}")]
    NotUtf8(&'static str),
    /// A field has a type it may not have.
    #[error("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {0}")]
    Type(String),
}

impl HeadError {
    /// What go-yaml says of bytes that are no UTF-8 from the first one on.
    pub fn not_utf8(bytes: &[u8]) -> Self {
        let length = match bytes.first().copied().unwrap_or_default() {
            0..0x80 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0..0xF8 => 4,
            _ => return Self::NotUtf8("invalid leading UTF-8 octet"),
        };
        Self::NotUtf8(match bytes.get(1..length) {
            None => "incomplete UTF-8 octet sequence",
            Some(rest) if rest.iter().any(|byte| byte & 0xC0 != 0x80) => {
                "invalid trailing UTF-8 octet"
            }
            Some(rest) if is_too_long(bytes[0], rest[0]) => "invalid length of a UTF-8 sequence",
            Some(_) => "invalid Unicode character",
        })
    }
}

/// Would fewer bytes do for the character?
fn is_too_long(first: u8, second: u8) -> bool {
    first < 0xC2 || (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90)
}

const METADATA: &str = "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \
                        \"json:\\\"annotations\\\"\" }";

/// Reads one document.
pub fn read(
    text: &str,
    limits: &yaml::Limits,
    dialect: Dialect,
) -> Result<(Value, Head), HeadError> {
    let value = yaml::read_first(text.as_bytes(), limits)
        .map_err(|error| HeadError::Yaml(Box::new(error)))?;
    let head = head_of(&value, dialect).map_err(HeadError::Type)?;
    Ok((value, head))
}

fn head_of(value: &Value, dialect: Dialect) -> Result<Head, String> {
    let mut head = Head::default();
    match value {
        Value::Null => {}
        Value::Object(fields) => read_fields(&mut head, fields)?,
        other => {
            let package = match dialect {
                Dialect::V4 => "util",
                Dialect::V3 => "releaseutil",
            };
            let found = name_of_type(other);
            return Err(format!(
                "{found} into Go value of type {package}.SimpleHead"
            ));
        }
    }
    Ok(head)
}

fn read_fields(head: &mut Head, fields: &Map<String, Value>) -> Result<(), String> {
    let mut fault = Ok(());
    for (key, value) in fields {
        let read = if key.eq_ignore_ascii_case("apiVersion") {
            read_text(&mut head.api_version, value, "SimpleHead.apiVersion")
        } else if key.eq_ignore_ascii_case("kind") {
            read_text(&mut head.kind, value, "SimpleHead.kind")
        } else if key.eq_ignore_ascii_case("metadata") {
            read_metadata(head, value)
        } else {
            Ok(())
        };
        fault = fault.and(read);
    }
    fault
}

fn read_metadata(head: &mut Head, value: &Value) -> Result<(), String> {
    let fields = match value {
        Value::Null => {
            head.name.clear();
            head.annotations.clear();
            return Ok(());
        }
        Value::Object(fields) => fields,
        other => return Err(mismatch(other, "SimpleHead.metadata", METADATA)),
    };
    let mut fault = Ok(());
    for (key, value) in fields {
        let read = if key.eq_ignore_ascii_case("name") {
            read_text(&mut head.name, value, ".metadata.name")
        } else if key.eq_ignore_ascii_case("annotations") {
            read_annotations(&mut head.annotations, value)
        } else {
            Ok(())
        };
        fault = fault.and(read);
    }
    fault
}

fn read_annotations(
    annotations: &mut BTreeMap<String, String>,
    value: &Value,
) -> Result<(), String> {
    const PATH: &str = ".metadata.annotations";
    let fields = match value {
        Value::Null => {
            annotations.clear();
            return Ok(());
        }
        Value::Object(fields) => fields,
        other => return Err(mismatch(other, PATH, "map[string]string")),
    };
    let mut fault = Ok(());
    for (key, value) in fields {
        let mut text = String::new();
        fault = fault.and(read_text(&mut text, value, PATH));
        annotations.insert(key.clone(), text);
    }
    fault
}

/// A scalar as text; null leaves what was there.
fn read_text(text: &mut String, value: &Value, path: &str) -> Result<(), String> {
    *text = match value {
        Value::Null => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => return Err(mismatch(value, path, "string")),
    };
    Ok(())
}

fn mismatch(value: &Value, path: &str, wanted: &str) -> String {
    let found = name_of_type(value);
    format!("{found} into Go struct field {path} of type {wanted}")
}

fn name_of_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
