//! A manifest: one desired object as its source gives it, and where it stood.

use crate::GroupVersionKind;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// Where a manifest was written, so that an error can point at it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Origin {
    /// Path of the file from the repository's root.
    pub path: Arc<str>,
    /// Line of the document's first line, from 1; 0 when the renderer does not know.
    pub line: usize,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.path),
            line => write!(f, "{}:{line}", self.path),
        }
    }
}

/// One desired object.
#[derive(Clone, PartialEq, Debug)]
pub struct Manifest {
    /// Its `apiVersion` and `kind`.
    pub gvk: GroupVersionKind,
    /// The object; always a JSON object with `apiVersion`, `kind` and a `metadata` object.
    pub value: Value,
    /// Where it was written.
    pub origin: Origin,
}

impl Manifest {
    /// `metadata.name`, empty when absent (as with `generateName`).
    pub fn name(&self) -> &str {
        self.metadata_text("name")
    }

    /// `metadata.namespace`, empty when absent.
    pub fn namespace(&self) -> &str {
        self.metadata_text("namespace")
    }

    /// One of `metadata.annotations`.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.value
            .get("metadata")?
            .get("annotations")?
            .get(name)?
            .as_str()
    }

    fn metadata_text(&self, field: &str) -> &str {
        let metadata = self.value.get("metadata");
        metadata
            .and_then(|m| m.get(field))
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}
