//! Which revision of its owner an object is.
//!
//! Source: Argo CD 3.5: util/resource/revision.go.

use super::annotation;
use serde_json::Value;

/// The revision, if it is a positive number.
pub(super) fn of(object: &Value) -> Option<i64> {
    let annotated = [
        "deployment.kubernetes.io/revision",
        "rollout.argoproj.io/revision",
    ]
    .into_iter()
    .find_map(|name| annotation(object, name));
    let revision = match annotated {
        Some(text) => text.parse().ok(),
        None => object["revision"].as_i64(),
    };
    revision.filter(|revision| *revision > 0)
}
