//! The documents of a manifest as Kubernetes' own reader parts them, which is not how Helm parts
//! what it renders.
//!
//! Comes in: a text. Goes out: the head of each document, or why the next one cannot be read.
//! Source: k8s.io/apimachinery 0.36, pkg/util/yaml/decoder.go.

use serde_json::{Map, Value};

/// What is looked at of a document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Head {
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
}

/// The documents of a text; it ends at the first that cannot be read.
pub struct Documents<'t> {
    rest: &'t [u8],
    is_over: bool,
}

impl<'t> Documents<'t> {
    /// Those of a text.
    pub fn of(text: &'t [u8]) -> Self {
        Self {
            rest: text,
            is_over: false,
        }
    }

    /// The lines up to the next dashes, which belong to no document but the first.
    fn next_text(&mut self) -> Option<Result<&'t [u8], String>> {
        let (text, mut end) = (self.rest, 0);
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            if let Some(behind) = line.strip_prefix(b"---") {
                let behind = String::from_utf8_lossy(behind);
                let behind = behind.trim();
                if !behind.is_empty() && !behind.starts_with('#') {
                    return Some(Err(format!("invalid Yaml document separator: {behind}")));
                }
                if end > 0 {
                    self.rest = &text[end + line.len()..];
                    return Some(Ok(&text[..end]));
                }
            }
            end += line.len();
        }
        self.rest = &[];
        (end > 0).then_some(Ok(text))
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Option<Head>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let head = self.next_text()?.and_then(read);
        self.is_over = head.is_err();
        Some(head)
    }
}

fn read(text: &[u8]) -> Result<Option<Head>, String> {
    let value = yaml::read_first(text, &yaml::Limits::default());
    let value =
        value.map_err(|error| format!("error converting YAML to JSON: {}", error.go_message()))?;
    let head = match &value {
        Value::Null => Ok(None),
        Value::Object(fields) => head_of(fields).map(Some),
        other => Err(format!(
            "{} into Go value of type rules.k8sYamlStruct",
            type_of(other)
        )),
    };
    head.map_err(|misfit| {
        format!("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {misfit}")
    })
}

fn head_of(fields: &Map<String, Value>) -> Result<Head, String> {
    let (mut head, mut namespace) = (Head::default(), String::new());
    let mut fault = Ok(());
    for (key, value) in fields {
        let read = match key.to_ascii_lowercase().as_str() {
            "apiversion" => text(&mut head.api_version, value, "k8sYamlStruct.apiVersion"),
            "kind" => text(&mut head.kind, value, "k8sYamlStruct.Kind"),
            "metadata" => metadata(&mut head, &mut namespace, value),
            _ => Ok(()),
        };
        fault = fault.and(read);
    }
    fault.map(|()| head)
}

fn metadata(head: &mut Head, namespace: &mut String, value: &Value) -> Result<(), String> {
    let fields = match value {
        Value::Null => return Ok(()),
        Value::Object(fields) => fields,
        other => {
            let found = type_of(other);
            return Err(format!(
                "{found} into Go struct field k8sYamlStruct.Metadata of type rules.k8sYamlMetadata"
            ));
        }
    };
    let mut fault = Ok(());
    for (key, value) in fields {
        let read = match key.to_ascii_lowercase().as_str() {
            "name" => text(&mut head.name, value, "k8sYamlMetadata.Metadata.Name"),
            "namespace" => text(namespace, value, "k8sYamlMetadata.Metadata.Namespace"),
            _ => Ok(()),
        };
        fault = fault.and(read);
    }
    fault
}

fn text(text: &mut String, value: &Value, field: &str) -> Result<(), String> {
    *text = match value {
        Value::Null => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => {
            let found = type_of(value);
            return Err(format!(
                "{found} into Go struct field {field} of type string"
            ));
        }
        scalar => scalar.to_string(),
    };
    Ok(())
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
