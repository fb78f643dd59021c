//! A payload, read without trusting it.
//!
//! Comes in: bytes. Goes out: fields by path; what is missing or of another type is empty.

use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
pub(super) struct Payload(Value);

impl Payload {
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Value>(body)
            .ok()
            .filter(Value::is_object)
            .map(Self)
    }

    /// A text at a JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        text(&self.0, pointer)
    }

    /// A list at a JSON pointer.
    pub fn list(&self, pointer: &str) -> &[Value] {
        self.0
            .pointer(pointer)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// Files that the commits name, each once.
    pub fn changed_files(&self) -> Vec<String> {
        let mut files = BTreeSet::new();
        for commit in self.list("/commits") {
            for change in ["added", "modified", "removed"] {
                let list = commit
                    .get(change)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten();
                files.extend(list.filter_map(Value::as_str).map(str::to_owned));
            }
        }
        files.into_iter().collect()
    }
}

/// A text at a JSON pointer of a value.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
