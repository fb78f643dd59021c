//! `status.sync`: the verdict, and what it is about.
//!
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (BuildComparedToStatus).

use super::{Fields, Source};
use model::Outcome;
use serde_json::Value;

pub(super) fn status(outcome: &Outcome, resource: &Value, source: &Source) -> Value {
    let spec = &resource["spec"];
    let destination = spec
        .get("destination")
        .cloned()
        .unwrap_or_else(|| Fields::new().done());
    let ignored = spec["ignoreDifferences"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let compared_to = source
        .fields()
        .set("destination", destination)
        .list("ignoreDifferences", ignored)
        .done();
    let revision = outcome.revision.as_ref().map_or("", |revision| &revision.0);
    Fields::new()
        .set("status", outcome.sync.as_str())
        .set("comparedTo", compared_to)
        .merge(source.revision(revision))
        .done()
}
