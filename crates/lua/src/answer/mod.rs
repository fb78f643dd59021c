//! What a script's answer means.
//!
//! Comes in: the JSON of what a script returned. Goes out: a health, actions, or objects to write.
//! Go reads such answers, with its own idea of names: the case of a field does not matter.
//! Source: Argo CD 3.5: util/lua/{lua,impacted_resource}.go.

pub mod action;
pub mod discovery;
pub mod health;
mod restore;

use serde_json::{Map, Value};
use thiserror::Error;

/// An answer that means nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Meaningless {
    /// Something other than a table.
    #[error("expect table output from Lua script, not {0}")]
    NoTable(&'static str),
    /// An action that is not described by a table.
    #[error("action {name}: expected {expected} in {field}, found {found}")]
    Action {
        /// Its name.
        name: String,
        /// The part that is wrong.
        field: &'static str,
        /// What would have been right.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A list of actions without names.
    #[error("expected a table of actions by name, found a list")]
    NoNames,
    /// Something other than `create` or `patch`.
    #[error("unsupported operation: {0}")]
    Operation(String),
    /// No object to write.
    #[error("resource {0} is no object")]
    NoObject(usize),
    /// An object of no kind.
    #[error("Object 'Kind' is missing in resource {0}")]
    NoKind(usize),
}

/// A field by its name in any case; of several, the one whose name comes last.
fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let named = fields
        .iter()
        .filter(|(field, _)| field.eq_ignore_ascii_case(name));
    named
        .max_by(|(one, _), (other, _)| one.cmp(other))
        .map(|(_, value)| value)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}
