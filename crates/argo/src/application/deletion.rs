//! What happens to an app's objects when the app goes.
//!
//! Comes in: `metadata.deletionTimestamp` and the finalizers. Goes out: cascade or orphan; and the
//! patch that lets the resource go. Without Argo CD's finalizer everything stays.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/application_defaults.go, types.go
//! (GetPropagationPolicy), controller/appcontroller.go (finalizeApplicationDeletion).

use crate::fields::Object;
use model::{Deletion, PropagationPolicy};
use serde_json::{Value, json};

const CASCADE: &str = "resources-finalizer.argocd.argoproj.io";
const HOOKS: [&str; 2] = [
    "pre-delete-finalizer.argocd.argoproj.io",
    "post-delete-finalizer.argocd.argoproj.io",
];

pub(super) fn read(metadata: &Object<'_>, told: &mut Vec<String>) -> Option<Deletion> {
    let finalizers = metadata.texts("finalizers");
    for hook in finalizers.iter().filter(|finalizer| is_hook(finalizer)) {
        told.push(format!(
            "metadata.finalizers: {hook}: delete hooks are not run"
        ));
    }
    metadata.value("deletionTimestamp")?;
    let cascade = finalizers
        .iter()
        .find_map(|finalizer| propagation(finalizer));
    Some(cascade.map_or(Deletion::Orphan, Deletion::Cascade))
}

/// Merge patch that takes Argo CD's finalizers off and keeps others'. It names the version of the
/// resource it was made from, so that a finalizer added meanwhile is not lost: on a conflict, make
/// it anew from the newer resource.
pub fn finalizer_release_patch(resource: &Value) -> Value {
    let metadata = resource.get("metadata");
    let finalizers = metadata.and_then(|metadata| metadata.get("finalizers"));
    let kept: Vec<&Value> = finalizers
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|finalizer| !finalizer.as_str().is_some_and(is_ours))
        .collect();
    let finalizers = if kept.is_empty() {
        Value::Null
    } else {
        json!(kept)
    };
    let mut patch = json!({"metadata": {"finalizers": finalizers}});
    if let Some(version) = metadata.and_then(|metadata| metadata.get("resourceVersion")) {
        patch["metadata"]["resourceVersion"] = version.clone();
    }
    patch
}

fn propagation(finalizer: &str) -> Option<PropagationPolicy> {
    match finalizer.strip_prefix(CASCADE)? {
        "" | "/foreground" => Some(PropagationPolicy::Foreground),
        "/background" => Some(PropagationPolicy::Background),
        _ => None,
    }
}

fn is_hook(finalizer: &str) -> bool {
    HOOKS
        .iter()
        .any(|hook| *hook == finalizer || *hook == without_stage(finalizer))
}

fn is_ours(finalizer: &str) -> bool {
    propagation(finalizer).is_some() || is_hook(finalizer)
}

fn without_stage(finalizer: &str) -> &str {
    finalizer.strip_suffix("/cleanup").unwrap_or(finalizer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releasing_keeps_the_finalizers_of_others() {
        let resource = json!({"metadata": {"resourceVersion": "7", "finalizers": [
            "resources-finalizer.argocd.argoproj.io/background",
            "example.com/other",
            "post-delete-finalizer.argocd.argoproj.io/cleanup",
        ]}});
        let expected = json!({
            "metadata": {"resourceVersion": "7", "finalizers": ["example.com/other"]},
        });
        assert_eq!(finalizer_release_patch(&resource), expected);
    }
}
