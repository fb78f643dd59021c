//! What an Application says of itself.
//!
//! In: the object. Out: the words of its status.

use serde_json::Value;

/// An Application as last seen.
pub struct Application<'a>(pub &'a Value);

impl<'a> Application<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        self.text("/metadata/name")
    }

    /// Synced, OutOfSync or Unknown; empty before the first look.
    pub fn sync(&self) -> &'a str {
        self.text("/status/sync/status")
    }

    /// Healthy, Progressing and so on; empty before the first look.
    pub fn health(&self) -> &'a str {
        self.text("/status/health/status")
    }

    /// The commit it was compared to.
    pub fn revision(&self) -> &'a str {
        self.text("/status/sync/revision")
    }

    /// How many objects it manages.
    pub fn objects(&self) -> usize {
        let resources = self.0.pointer("/status/resources");
        resources.and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Is all as it should be?
    pub fn is_well(&self) -> bool {
        self.sync() == "Synced" && self.health() == "Healthy" && self.conditions().is_empty()
    }

    /// What users should know, as `Type: message`.
    pub fn conditions(&self) -> Vec<String> {
        let conditions = self
            .0
            .pointer("/status/conditions")
            .and_then(Value::as_array);
        let told = |condition: &Value| {
            let text = |field: &str| condition[field].as_str().unwrap_or_default().to_owned();
            format!("{}: {}", text("type"), text("message"))
        };
        conditions.into_iter().flatten().map(told).collect()
    }

    fn text(&self, pointer: &str) -> &'a str {
        self.0
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}
