//! What is about to be kept: a client's object read into its kind, or what an apply merged.

use super::custom::errors;
use super::kinds::Kind;
use super::ownership::Managers;
use super::refusal::{Reason, Refusal};
use super::{base64, defaults, normal};
use model::ObjectKey;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is about to be kept.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The object.
    pub object: Value,
    /// Are its labels one with those of its pods?
    pub shared_labels: bool,
    /// What is kept besides and never read.
    pub hidden: BTreeSet<String>,
    /// What is not valid about it, besides what can be seen of it.
    pub wrong: Vec<String>,
}

impl From<Value> for Draft {
    fn from(object: Value) -> Self {
        Self {
            object,
            ..Self::default()
        }
    }
}

/// A draft, or why there is none.
pub type Made = Result<Draft, Refusal>;

/// Reads what a client sent.
pub fn read(kind: &Kind, object: &Value) -> Result<Value, Refusal> {
    let wrong = |message: String| Refusal::new(Reason::BadRequest, message);
    for (field, wanted) in [("apiVersion", &kind.api_version), ("kind", &kind.kind)] {
        if object
            .get(field)
            .is_some_and(|given| given != wanted.as_str())
        {
            let said = format!(
                "the {field} in the data ({}) does not match the expected {field} ({wanted})",
                object[field]
            );
            return Err(wrong(said));
        }
    }
    let mut read = match &kind.custom {
        Some(custom) => custom.normal(object),
        None => normal::normal(&kind.shapes, kind.shape, object),
    }
    .map_err(|why| {
        wrong(format!(
            "{} in version {:?} cannot be handled as a {}: {why}",
            kind.kind, kind.api_version, kind.kind
        ))
    })?;
    read["apiVersion"] = json!(kind.api_version);
    read["kind"] = json!(kind.kind);
    if kind.custom.is_none() {
        secret_text(kind, &mut read);
        defaults::set_defaults(&kind.kind, &mut read);
    }
    Ok(read)
}

/// Reads what an apply merged. Of a custom resource what is empty is kept, though never read, and a
/// field that was emptied is null, which may not be valid.
pub fn read_merged(kind: &Kind, mut object: Value) -> Made {
    let Some(custom) = &kind.custom else {
        return read(kind, &object).map(Draft::from);
    };
    custom.set_defaults(&mut object);
    let read = read(kind, &object)?;
    let mut hidden = BTreeSet::new();
    find_hidden(&object, &read, "", &mut hidden);
    let wrong = match hidden.is_empty() {
        true => Vec::new(),
        false => errors(&object, &custom.schema),
    };
    Ok(Draft {
        object: read,
        hidden,
        wrong,
        ..Draft::default()
    })
}

/// What is in a value and was not read from it.
fn find_hidden(value: &Value, read: &Value, path: &str, hidden: &mut BTreeSet<String>) {
    match (value, read) {
        (Value::Object(fields), Value::Object(read)) => {
            for (name, child) in fields {
                let path = format!("{path}.{name}");
                match read.get(name) {
                    Some(read) => find_hidden(child, read, &path, hidden),
                    None => drop(hidden.insert(format!("{path}={child}"))),
                }
            }
        }
        (Value::Array(items), Value::Array(read)) => {
            for (at, (item, read)) in items.iter().zip(read).enumerate() {
                find_hidden(item, read, &format!("{path}[{at}]"), hidden);
            }
        }
        _ => {}
    }
}

/// A Secret's text becomes data.
fn secret_text(kind: &Kind, object: &mut Value) {
    if kind.kind != "Secret" {
        return;
    }
    let Some(text) = object
        .as_object_mut()
        .and_then(|map| map.remove("stringData"))
    else {
        return;
    };
    for (key, value) in text.as_object().into_iter().flatten() {
        object["data"][key] = json!(base64::encode(
            value.as_str().unwrap_or_default().as_bytes()
        ));
    }
}

/// An object of a kind with nothing in it.
pub fn empty(kind: &Kind) -> Value {
    let mut object = json!({});
    if kind.custom.is_none() {
        object = normal::normal(&kind.shapes, kind.shape, &object).unwrap_or_default();
    }
    object["apiVersion"] = json!(kind.api_version);
    object["kind"] = json!(kind.kind);
    object
}

pub fn without_managers(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    object
}

/// The owners that a sent object says it has, or else those of the live one. A list of an empty entry
/// takes them all away; so does an empty list, which of a custom resource is not seen.
pub fn managers_of(kind: &Kind, sent: &Value, live: Option<&Value>) -> Managers {
    let resets = match sent["metadata"]["managedFields"]
        .as_array()
        .map(Vec::as_slice)
    {
        Some([]) => kind.custom.is_none(),
        Some([entry]) => entry.as_object().is_some_and(|entry| entry.is_empty()),
        _ => false,
    };
    if resets {
        return Managers::default();
    }
    let said = Managers::of(sent).filter(|managers| !managers.0.is_empty());
    said.or_else(|| live.and_then(Managers::of))
        .unwrap_or_default()
}

pub fn listed(errors: &[String]) -> String {
    match errors {
        [one] => one.clone(),
        many => format!("errors:\n  {}", many.join("\n  ")),
    }
}

pub fn same_namespace(kind: &Kind, namespace: &str, object: &mut Value) -> Result<(), Refusal> {
    let said = object["metadata"]["namespace"].as_str().unwrap_or_default();
    if said.is_empty() {
        if kind.namespaced {
            object["metadata"]["namespace"] = json!(namespace);
        }
        return Ok(());
    }
    let wanted = if kind.namespaced { namespace } else { "" };
    match said == wanted {
        true => Ok(()),
        false => Err(Refusal::new(
            Reason::BadRequest,
            "the namespace of the provided object does not match the namespace sent on the request",
        )),
    }
}

pub fn same_name(key: &ObjectKey, object: &Value) -> Result<(), Refusal> {
    let said = object["metadata"]["name"].as_str().unwrap_or_default();
    match said.is_empty() || *said == *key.name {
        true => Ok(()),
        false => Err(Refusal::new(
            Reason::BadRequest,
            format!(
                "the name of the object ({said}) does not match the name on the URL ({})",
                key.name
            ),
        )),
    }
}
