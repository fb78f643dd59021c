//! The objects an action wants written.
//!
//! Comes in: what `action.lua` returned, and the object it was given. Goes out: the objects to
//! patch and to create. A script returns the changed object itself, or a list of
//! `{operation, resource}`.

use super::restore::restored;
use super::{Meaningless, field};
use crate::machine::Returned;
use actions::{Operation, Outcome};
use serde_json::Value;

/// What an answer wants written.
pub fn read(returned: Returned, object: &Value) -> Result<Vec<Outcome>, Meaningless> {
    match returned {
        Returned::Nil => Err(Meaningless::NoTable("nil")),
        Returned::Other(found) => Err(Meaningless::NoTable(found)),
        Returned::Table(Value::Array(items)) => {
            let numbered = items.into_iter().enumerate();
            numbered
                .map(|(at, item)| outcome(item, at + 1, object))
                .collect()
        }
        Returned::Table(resource) => Ok(vec![written(Operation::Patch, resource, 1, object)?]),
    }
}

fn outcome(item: Value, number: usize, object: &Value) -> Result<Outcome, Meaningless> {
    let Value::Object(fields) = &item else {
        return Err(Meaningless::NoObject(number));
    };
    let operation = match field(fields, "operation") {
        Some(Value::String(word)) if word == "patch" => Operation::Patch,
        Some(Value::String(word)) if word == "create" => Operation::Create,
        other => {
            let found = other.map_or_else(|| "\"\"".to_owned(), Value::to_string);
            return Err(Meaningless::Operation(found));
        }
    };
    let resource = field(fields, "resource").cloned();
    let resource = resource.ok_or(Meaningless::NoObject(number))?;
    written(operation, resource, number, object)
}

fn written(
    operation: Operation,
    mut resource: Value,
    number: usize,
    object: &Value,
) -> Result<Outcome, Meaningless> {
    if !resource.is_object() {
        return Err(Meaningless::NoObject(number));
    }
    let kind = resource.get("kind").and_then(Value::as_str);
    if kind.is_none_or(str::is_empty) {
        return Err(Meaningless::NoKind(number));
    }
    if operation == Operation::Patch {
        restored(&mut resource, object);
    }
    Ok(Outcome {
        operation,
        resource,
    })
}
