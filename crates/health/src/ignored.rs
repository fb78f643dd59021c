//! Objects whose health does not count for their application.
//!
//! Comes in: a live object. Goes out: whether it asks to be left out (Argo CD 3.5:
//! setApplicationHealth in controller/health.go). A sync that waits for the object still does.

use serde_json::Value;

/// Set to `true` on an object that an application holds itself.
const IGNORE_HEALTH_CHECK: &str = "argocd.argoproj.io/ignore-healthcheck";

/// Whether the health of the object is to be ignored where the health of its application is told.
pub fn is_ignored(object: &Value) -> bool {
    let annotations = object
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"));
    annotations.is_some_and(|annotations| annotations[IGNORE_HEALTH_CHECK] == "true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_true_is_a_wish() {
        for (annotations, expected) in [
            (json!({IGNORE_HEALTH_CHECK: "true"}), true),
            (json!({IGNORE_HEALTH_CHECK: "True"}), false),
            (json!({IGNORE_HEALTH_CHECK: true}), false),
            (json!({}), false),
            (json!(null), false),
        ] {
            let object = json!({"metadata": {"annotations": annotations}});
            assert_eq!(is_ignored(&object), expected, "{object}");
        }
    }
}
