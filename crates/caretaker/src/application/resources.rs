//! The managed objects of an Application, with what the last sync said of each.

use serde_json::Value;

use super::ApplicationView;

/// One object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourceLine {
    /// API group, empty for core.
    pub group: String,
    /// Version, as in `v1`.
    pub version: String,
    /// Kind.
    pub kind: String,
    /// Namespace, empty if cluster-scoped.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Sync status, or a sync's result.
    pub status: String,
    /// Health.
    pub health: String,
    /// Sync wave.
    pub wave: i64,
    /// Whether a sync with prune would delete it.
    pub prune: bool,
    /// What was last said of it.
    pub message: String,
}

impl ResourceLine {
    fn of(value: &Value) -> Self {
        let text = |pointer: &str| {
            value
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Self {
            group: text("/group"),
            version: text("/version"),
            kind: text("/kind"),
            namespace: text("/namespace"),
            name: text("/name"),
            status: text("/status"),
            health: text("/health/status"),
            wave: value
                .get("syncWave")
                .and_then(Value::as_i64)
                .unwrap_or_default(),
            prune: value
                .get("requiresPruning")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            message: text("/health/message"),
        }
    }

    fn is_same_object(&self, other: &Self) -> bool {
        self.group == other.group
            && self.kind == other.kind
            && self.namespace == other.namespace
            && self.name == other.name
    }

    /// `Kind.group namespace/name`.
    pub fn object(&self) -> String {
        let dot = if self.group.is_empty() { "" } else { "." };
        let slash = if self.namespace.is_empty() { "" } else { "/" };
        let Self {
            kind,
            group,
            namespace,
            name,
            ..
        } = self;
        format!("{kind}{dot}{group} {namespace}{slash}{name}")
    }
}

/// `status.resources`, each with its health's message, or else the last sync's.
pub fn resource_lines(app: ApplicationView<'_>) -> Vec<ResourceLine> {
    let results = result_lines(app);
    let with_result = |value| {
        let mut line = ResourceLine::of(value);
        if line.message.is_empty()
            && let Some(result) = results.iter().find(|result| result.is_same_object(&line))
        {
            line.message = result.message.clone();
        }
        line
    };
    app.list("/status/resources").map(with_result).collect()
}

/// What the running or last sync did to each object.
pub fn result_lines(app: ApplicationView<'_>) -> Vec<ResourceLine> {
    let result = |value: &Value| {
        let message = value
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        ResourceLine {
            message: message.to_owned(),
            ..ResourceLine::of(value)
        }
    };
    app.list("/status/operationState/syncResult/resources")
        .map(result)
        .collect()
}
