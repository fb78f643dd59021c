//! Values files: YAML with one or several documents, each over those before it.
//!
//! Comes in: bytes. Goes out: one JSON object, whose numbers all mean floats. Documents are cut at
//! lines that start with `---`, before YAML is read: what follows the dashes must be a comment.
//! Source: LoadValues in pkg/chart/v2/loader/load.go, k8s.io/apimachinery/pkg/util/yaml.

use super::ValuesFileError;
use serde_json::{Map, Value};

/// Reads a values file.
pub fn read(bytes: &[u8]) -> Result<Map<String, Value>, ValuesFileError> {
    let mut values = Map::new();
    for document in documents(bytes)? {
        merge(&mut values, read_document(&document)?);
    }
    Ok(values)
}

/// Lays one object over another: maps merge, all else replaces, null too.
pub fn merge(values: &mut Map<String, Value>, over: Map<String, Value>) {
    if values.is_empty() {
        *values = over;
        return;
    }
    for (key, value) in over {
        match (values.get_mut(&key), value) {
            (Some(Value::Object(existing)), Value::Object(fields)) => merge(existing, fields),
            (_, value) => {
                values.insert(key, value);
            }
        }
    }
}

fn documents(bytes: &[u8]) -> Result<Vec<Vec<u8>>, ValuesFileError> {
    let mut found = Vec::new();
    let mut document = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(rest) = line.strip_prefix(b"---") {
            check_separator(rest)?;
            if !document.is_empty() {
                found.push(std::mem::take(&mut document));
                continue;
            }
        }
        document.extend_from_slice(without_break(line));
        document.push(b'\n');
    }
    if !document.is_empty() {
        found.push(document);
    }
    Ok(found)
}

fn without_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn check_separator(rest: &[u8]) -> Result<(), ValuesFileError> {
    let rest = String::from_utf8_lossy(rest);
    match rest.trim() {
        "" => Ok(()),
        rest if rest.starts_with('#') => Ok(()),
        rest => Err(ValuesFileError::Separator(rest.to_owned())),
    }
}

fn read_document(bytes: &[u8]) -> Result<Map<String, Value>, ValuesFileError> {
    let value = yaml::read_first(bytes, &yaml::Limits::default());
    match value.map_err(ValuesFileError::Yaml)? {
        Value::Object(fields) => Ok(fields),
        Value::Null => Ok(Map::new()),
        Value::Array(_) => Err(ValuesFileError::NotAMap("array")),
        Value::String(_) => Err(ValuesFileError::NotAMap("string")),
        Value::Number(_) => Err(ValuesFileError::NotAMap("number")),
        Value::Bool(_) => Err(ValuesFileError::NotAMap("bool")),
    }
}
