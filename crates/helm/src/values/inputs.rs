//! All that a user says about values, in the order `helm template` weighs it.
//!
//! Files come first, each over those before it; then the arguments: JSON, typed, text, file and
//! literal ones, in this order whatever order they were written in. Source: pkg/cli/values/options.go.

use super::{InputError, files, set};
use gotemplate::{Map, Value};
use serde_json::Value as Json;

/// Reads a file that `--set-file` names; the error's text becomes part of Helm's message.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// A values file.
#[derive(Clone, Debug)]
pub enum ValueFile {
    /// YAML with the name that messages give it.
    Text {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Values that were read already; every number means a float.
    Read(serde_json::Map<String, Json>),
}

/// Values files and arguments, each kind in its order.
#[derive(Clone, Default)]
pub struct ValueInputs<'a> {
    /// `-f`, `--values`.
    pub files: Vec<ValueFile>,
    /// `--set-json`.
    pub set_json: Vec<String>,
    /// `--set`.
    pub set: Vec<String>,
    /// `--set-string`.
    pub set_string: Vec<String>,
    /// `--set-file`.
    pub set_file: Vec<String>,
    /// `--set-literal`.
    pub set_literal: Vec<String>,
    /// Reads what `--set-file` names; without it every such file is missing.
    pub read_file: Option<ReadFile<'a>>,
}

impl ValueInputs<'_> {
    /// All of it as one map.
    pub fn merge(&self) -> Result<Map, InputError> {
        let mut base = serde_json::Map::new();
        for file in &self.files {
            files::merge(&mut base, read(file)?);
        }
        let mut values = super::map_from_json(&base);
        for argument in &self.set_json {
            values = set_json(values, argument)?;
        }
        self.arguments(&values)?;
        Ok(values)
    }

    fn arguments(&self, values: &Map) -> Result<(), InputError> {
        for argument in &self.set {
            set::parse(argument, values).map_err(failed("set"))?;
        }
        for argument in &self.set_string {
            set::parse_string(argument, values).map_err(failed("set-string"))?;
        }
        for argument in &self.set_file {
            set::parse_file(argument, values, &|path| self.content(path))
                .map_err(failed("set-file"))?;
        }
        for argument in &self.set_literal {
            set::parse_literal(argument, values).map_err(failed("set-literal"))?;
        }
        Ok(())
    }

    fn content(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.read_file {
            Some(read) => read(path),
            None => Err(format!("open {path}: no such file or directory")),
        }
    }
}

fn read(file: &ValueFile) -> Result<serde_json::Map<String, Json>, InputError> {
    match file {
        ValueFile::Read(fields) => Ok(fields.clone()),
        ValueFile::Text { name, bytes } => files::read(bytes).map_err(|source| InputError::File {
            name: name.clone(),
            source,
        }),
    }
}

fn failed(flag: &'static str) -> impl Fn(set::SetError) -> InputError {
    move |source| InputError::Set { flag, source }
}

/// A whole object, or `key=json` pairs.
fn set_json(values: Map, argument: &str) -> Result<Map, InputError> {
    let trimmed = argument.trim();
    if !trimmed.starts_with('{') {
        let parsed = set::parse_json(argument, &values);
        return match parsed {
            Ok(()) => Ok(values),
            Err(_) => Err(InputError::Json(argument.to_owned())),
        };
    }
    match serde_json::from_str::<Json>(trimmed) {
        Ok(Json::Object(fields)) => Ok(merge_maps(&values, &super::map_from_json(&fields))),
        _ => Err(InputError::JsonObject(argument.to_owned())),
    }
}

/// A new map: one laid over another, maps merged, all else replaced.
fn merge_maps(values: &Map, over: &Map) -> Map {
    let merged = values.copy();
    for (key, value) in over.entries() {
        let value = match (merged.get(key.as_bytes()), value) {
            (Some(Value::Map(existing)), Value::Map(fields)) => {
                Value::Map(merge_maps(&existing, &fields))
            }
            (_, value) => value,
        };
        merged.set(key, value);
    }
    merged
}
