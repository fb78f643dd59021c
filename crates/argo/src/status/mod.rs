//! What the engine has to say of an app, as an Application's status.
//!
//! Comes in: the outcome, and the resource it is about. Goes out: the whole new status, in the
//! shape Argo CD's clients read. Health stands beside each object (`resourceHealthSource` is left
//! out, which means just that).
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (ApplicationStatus).

mod conditions;
mod fields;
mod health;
mod history;
mod operation_state;
mod patch;
mod resources;
mod retry;
mod summary;
mod sync;

pub use patch::{merge_patches, status_patch};

use crate::{DEFAULT_NAMESPACE, Settings};
use fields::Fields;
use model::Outcome;
use serde_json::Value;

/// The whole new status. Parts that other controllers write are kept as they are.
pub fn status(outcome: &Outcome, app_resource: &Value, settings: &Settings) -> Value {
    let previous = &app_resource["status"];
    let source = Source::of(app_resource);
    Fields::new()
        .set("sync", sync::status(outcome, app_resource, &source))
        .set("health", health::status(outcome, previous))
        .list("resources", resources::lines(outcome))
        .list("history", history::entries(outcome, previous))
        .list("conditions", conditions::lines(outcome))
        .some(
            "operationState",
            operation_state::status(outcome, app_resource, &source),
        )
        .some(
            "reconciledAt",
            outcome.reconciled_at.map(|at| at.rfc3339().into()),
        )
        .set("summary", summary::status(outcome, app_resource))
        .some("sourceHydrator", previous.get("sourceHydrator").cloned())
        .merge(source.types(&outcome.source_type))
        .text("controllerNamespace", controller_namespace(settings))
        .done()
}

/// The same status for an API server that finds it too large: without its objects, and saying so.
/// `now` is when that was found.
pub fn status_without_resources(status: &Value, now: model::Timestamp) -> Value {
    let mut status = status.clone();
    let Value::Object(map) = &mut status else {
        return status;
    };
    let count = map
        .remove("resources")
        .and_then(|list| list.as_array().map(Vec::len))
        .unwrap_or(0);
    let conditions = map
        .entry("conditions")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(conditions) = conditions {
        conditions.push(conditions::too_large(count, now));
    }
    status
}

fn controller_namespace(settings: &Settings) -> &str {
    match &*settings.controller_namespace {
        "" => DEFAULT_NAMESPACE,
        namespace => namespace,
    }
}

/// The source as the resource has it: one, or a list.
struct Source {
    value: Value,
    multiple: bool,
}

impl Source {
    fn of(resource: &Value) -> Self {
        let spec = &resource["spec"];
        let sources = spec.get("sources");
        if crate::application::is_multiple(sources) {
            let list = sources.and_then(Value::as_array).into_iter().flatten();
            let value = list.map(crate::application::normalised).collect();
            return Self {
                value,
                multiple: true,
            };
        }
        Self {
            value: crate::application::normalised(&spec["source"]),
            multiple: false,
        }
    }

    /// `source`, or `sources`.
    fn fields(&self) -> Fields {
        let name = if self.multiple { "sources" } else { "source" };
        match self.value.is_null() {
            true => Fields::new(),
            false => Fields::new().set(name, self.value.clone()),
        }
    }

    /// `revision`, or `revisions`.
    fn revision(&self, revision: &str) -> Fields {
        match self.multiple {
            true if revision.is_empty() => Fields::new(),
            true => Fields::new().list("revisions", fields::split(revision)),
            false => Fields::new().text("revision", revision),
        }
    }

    /// `sourceType`, or `sourceTypes`.
    fn types(&self, kind: &str) -> Fields {
        match self.multiple {
            true if kind.is_empty() => Fields::new(),
            true => Fields::new().list("sourceTypes", vec![kind.into()]),
            false => Fields::new().text("sourceType", kind),
        }
    }
}
