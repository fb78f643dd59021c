//! JSON patches (RFC 6902).
//!
//! Comes in: an object and operations. Goes out: the object with the operations done, one after the
//! other. Sources: Kustomize 5.8.1, api/filters/patchjson6902; evanphx/json-patch 4.13, whose
//! leniencies are kept: `replace` adds a key that is not there, indexes count from the end if they
//! are negative, a missing value is null.
//!
//! The object becomes JSON and is read again afterwards. That drops tags and styles, and numbers are
//! floats on the way: 1000000 comes back as the text `1e+06`.

mod array;
mod error;
mod json;
mod operation;
mod pointer;
mod run;
mod size;
#[cfg(test)]
mod tests;

pub use error::{DecodeError, JsonPatchError, Problem};

use crate::go_json;
use json::Json;
use operation::Operation;
use serde_json::Value;
use size::Budget;
use yaml::Node;

/// Operations, in order.
#[derive(Clone, Debug)]
pub struct JsonPatch {
    operations: Vec<Operation>,
}

impl JsonPatch {
    /// Reads a patch: JSON if it starts with `[`, else YAML, of which the first document counts.
    /// Nothing at all is a patch without operations.
    pub fn read(text: &str) -> Result<Self, DecodeError> {
        let operations = match text.starts_with('[') {
            true => operation::from_json(text)?,
            false => operation::from_yaml(text)?,
        };
        Ok(Self { operations })
    }

    /// Does it do nothing?
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}

/// Does the operations of a patch on an object. After an error the object is as it was.
pub fn apply(target: &mut Node, patch: &JsonPatch) -> Result<(), JsonPatchError> {
    let value = target.to_value().map_err(JsonPatchError::Target)?;
    let mut document = Json::Value(value);
    let mut budget = Budget::default();
    for (at, operation) in patch.operations.iter().enumerate() {
        let done = run::run(&mut document, operation, &mut budget);
        done.map_err(|problem| operation.failed(at + 1, problem))?;
    }
    *target = Node::from_value(&as_object(document.into_value()?)?);
    Ok(())
}

/// What Go reads of a value where it expects an object: all numbers as floats.
fn as_object(value: Value) -> Result<Value, JsonPatchError> {
    match value {
        Value::Object(_) => Ok(go_json::as_floats(value)),
        Value::Null => Ok(Value::Object(serde_json::Map::new())),
        Value::Array(_) => Err(JsonPatchError::Root("a list")),
        _ => Err(JsonPatchError::Root("a scalar")),
    }
}
