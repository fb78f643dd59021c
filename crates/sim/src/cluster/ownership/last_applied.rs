//! What kubectl applied on the client's side, and its move to the server's.

use super::Context;
use crate::cluster::fields::FieldSet;
use crate::cluster::typed::{check, compare, to_set};
use serde_json::Value;

/// The manager whose client-side applies count.
pub const MANAGER: &str = "kubectl";

/// The annotation they are remembered in.
pub const ANNOTATION: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The fields that were applied on the client's side and still are as they were.
pub fn allowed(context: Context<'_>, live: &Value) -> Option<FieldSet> {
    let Context { shapes, shape, .. } = context;
    let text = live["metadata"]["annotations"][ANNOTATION].as_str()?;
    let applied: Value = serde_json::from_str(text).ok()?;
    let fits = applied["apiVersion"] == context.api_version
        && check(shapes, shape, &applied, false).is_empty()
        && check(shapes, shape, live, false).is_empty();
    if !fits {
        return None;
    }
    let found = compare(shapes, shape, &applied, live);
    let fields = to_set(shapes, shape, &applied);
    Some(
        fields
            .difference(&found.modified)
            .difference(&found.added)
            .difference(&found.removed),
    )
}

/// Keeps the annotation of what kubectl applied up to date, where there is one.
pub fn remember(manager: &str, config: &Value, object: &mut Value) {
    let annotations = &object["metadata"]["annotations"];
    if manager != MANAGER || annotations[ANNOTATION].as_str().is_none_or(str::is_empty) {
        return;
    }
    let mut applied = config.clone();
    let known = applied["metadata"]
        .get_mut("annotations")
        .and_then(Value::as_object_mut);
    if let Some(known) = known {
        known.remove(ANNOTATION);
    }
    object["metadata"]["annotations"][ANNOTATION] = format!("{applied}\n").into();
}
