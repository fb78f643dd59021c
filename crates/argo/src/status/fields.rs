//! Building a JSON object the way Go writes one: empty fields are left out.
//!
//! Comes in: fields with their values. Goes out: an object.

use serde_json::{Map, Value};

#[derive(Debug, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub fn new() -> Self {
        Self::default()
    }

    /// The field, whatever its value.
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The field, unless there is no value.
    pub fn some(self, name: &str, value: Option<Value>) -> Self {
        match value {
            Some(value) if !value.is_null() => self.set(name, value),
            _ => self,
        }
    }

    /// The field, unless it is empty.
    pub fn text(self, name: &str, text: &str) -> Self {
        self.some(name, (!text.is_empty()).then(|| text.into()))
    }

    /// The field, unless it is empty.
    pub fn list(self, name: &str, list: Vec<Value>) -> Self {
        self.some(name, (!list.is_empty()).then(|| list.into()))
    }

    /// The field, unless it is false.
    pub fn flag(self, name: &str, flag: bool) -> Self {
        self.some(name, flag.then(|| true.into()))
    }

    /// The field, unless it is zero.
    pub fn count(self, name: &str, count: impl Into<i64>) -> Self {
        let count = count.into();
        self.some(name, (count != 0).then(|| count.into()))
    }

    /// These fields of a value, as far as it has them.
    pub fn copy(self, from: &Value, names: &[&str]) -> Self {
        names.iter().fold(self, |fields, name| {
            fields.some(name, from.get(name).cloned())
        })
    }

    /// Is the field there?
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All fields of another one.
    pub fn merge(mut self, other: Fields) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// Several revisions stand in one text, separated by commas.
pub(super) fn split(revisions: &str) -> Vec<Value> {
    revisions.split(',').map(Into::into).collect()
}
