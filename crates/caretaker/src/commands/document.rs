//! Resources as YAML or JSON, for programs and files.

use serde::Serialize;
use serde_json::{Value, json};

use crate::screen::is_risky;

/// One of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Format {
    /// YAML
    #[default]
    Yaml,
    /// JSON
    Json,
}

/// One resource.
pub fn one(value: &Value, format: Format) -> String {
    match format {
        Format::Yaml => yaml::write(value),
        Format::Json => as_json(value),
    }
}

/// Several resources: a stream of YAML documents, or one JSON `List`.
pub fn stream<'a>(values: impl IntoIterator<Item = &'a Value>, format: Format) -> String {
    match format {
        Format::Yaml => values
            .into_iter()
            .map(yaml::write)
            .collect::<Vec<_>>()
            .join("---\n"),
        Format::Json => as_json(&list(values)),
    }
}

/// A `List`, as `kubectl get` prints one.
pub fn list<'a>(values: impl IntoIterator<Item = &'a Value>) -> Value {
    let items: Vec<&Value> = values.into_iter().collect();
    json!({ "apiVersion": "v1", "kind": "List", "items": items })
}

/// A value on a line of its own, its fields in the order it has them.
pub fn line(value: &impl Serialize) -> String {
    // What we print has text for keys and nothing that can fail on its way.
    let text = serde_json::to_string(value).unwrap_or_default();
    harmless(text + "\n")
}

/// The same resource without the bookkeeping of field managers, which nobody reads.
pub fn without_managed_fields(mut object: Value) -> Value {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    object
}

fn as_json(value: &Value) -> String {
    harmless(format!("{value:#}\n"))
}

/// JSON leaves characters above ASCII as they are; those a terminal acts on are escaped.
fn harmless(text: String) -> String {
    if !text.chars().any(|c| !c.is_ascii() && is_risky(c)) {
        return text;
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match !c.is_ascii() && is_risky(c) {
            true => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_value_and_harms_no_terminal() {
        let value = json!({"m": "a\u{1b}\u{9b}2J\u{202e}é"});
        let text = one(&value, Format::Json);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn documents_are_parted() {
        let values = [json!({"a": 1}), json!({"b": 2})];
        assert_eq!(stream(&values, Format::Yaml), "a: 1\n---\nb: 2\n");
        assert!(stream(&values, Format::Json).contains("\"kind\": \"List\""));
    }
}
