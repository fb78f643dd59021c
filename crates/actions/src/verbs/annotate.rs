//! Annotations and labels by which operators are told what to do.
//!
//! Comes in: an object. Goes out: what one of its annotations or labels says, or the object with
//! another one.

use crate::ActionError;
use crate::fields;
use serde_json::Value;

/// The value of an annotation, null if there is none.
pub fn annotation<'a>(object: &'a Value, name: &str) -> Result<&'a Value, ActionError> {
    fields::find(object, &["metadata", "annotations", name])
}

/// The value of a label, null if there is none.
pub fn label<'a>(object: &'a Value, name: &str) -> Result<&'a Value, ActionError> {
    fields::find(object, &["metadata", "labels", name])
}

/// Sets an annotation.
pub fn annotate(
    object: &mut Value,
    name: &str,
    value: impl Into<Value>,
) -> Result<(), ActionError> {
    let annotations = fields::mapping(object, &[], &["metadata", "annotations"])?;
    annotations.insert(name.to_owned(), value.into());
    Ok(())
}

/// Removes an annotation, if it is there.
pub fn remove_annotation(object: &mut Value, name: &str) -> Result<(), ActionError> {
    match fields::find(object, &["metadata", "annotations"])? {
        Value::Object(_) => fields::unset(object, &["metadata", "annotations"], name),
        _ => Ok(()),
    }
}

/// Sets a label.
pub fn add_label(object: &mut Value, name: &str, value: &str) -> Result<(), ActionError> {
    let labels = fields::mapping(object, &[], &["metadata", "labels"])?;
    labels.insert(name.to_owned(), value.into());
    Ok(())
}
