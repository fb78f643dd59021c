//! What happens to an app's objects when the app goes.
//!
//! Comes in: `metadata.deletionTimestamp` and the finalizers. Goes out: what is to happen; and the
//! patches that add and take away finalizers. Without Argo CD's finalizers everything stays.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/application_defaults.go, types.go
//! (GetPropagationPolicy), controller/appcontroller.go (finalizeApplicationDeletion).

use crate::fields::Object;
use model::{DeleteHooks, Deletion, DeletionDone, PropagationPolicy, Timestamp};
use serde_json::{Value, json};

const CASCADE: &str = "resources-finalizer.argocd.argoproj.io";
const BEFORE: &str = "pre-delete-finalizer.argocd.argoproj.io";
const AFTER: &str = "post-delete-finalizer.argocd.argoproj.io";
const CLEANUP: &str = "/cleanup";

pub(super) fn read(metadata: &Object<'_>) -> Option<Deletion> {
    let since = metadata.value("deletionTimestamp")?;
    let finalizers = metadata.texts("finalizers");
    let has = |wanted: &str| finalizers.contains(&wanted);
    let hooks = |name: &str| DeleteHooks {
        run: has(name),
        cleanup: has(&format!("{name}{CLEANUP}")),
    };
    Some(Deletion {
        since: since
            .as_str()
            .and_then(Timestamp::parse_rfc3339)
            .unwrap_or_default(),
        cascade: finalizers
            .iter()
            .find_map(|finalizer| propagation(finalizer)),
        before: hooks(BEFORE),
        after: hooks(AFTER),
    })
}

/// The finalizers the resource has once parts of its deletion are done; others' are kept. It is
/// part of a patch that names the version of the resource it was made from, so that a finalizer
/// added meanwhile is not lost: on a conflict, make it anew from the newer resource.
pub fn finalizer_release_patch(resource: &Value, done: &DeletionDone) -> Option<Value> {
    let goes = |finalizer: &str| {
        (done.objects && propagation(finalizer).is_some())
            || (done.before && finalizer == BEFORE)
            || (done.after && finalizer == AFTER)
            || (done.before_cleanup && finalizer.strip_suffix(CLEANUP) == Some(BEFORE))
            || (done.after_cleanup && finalizer.strip_suffix(CLEANUP) == Some(AFTER))
    };
    let kept = |finalizers: &[Value]| {
        let kept = finalizers
            .iter()
            .filter(|it| !it.as_str().is_some_and(goes));
        kept.cloned().collect::<Vec<Value>>()
    };
    finalizers_patch(resource, kept)
}

/// The finalizers of an app that has hooks around its deletion, or has none any more.
pub fn hook_finalizers_patch(resource: &Value, (before, after): (bool, bool)) -> Option<Value> {
    let wanted = [(BEFORE, before), (AFTER, after)];
    finalizers_patch(resource, |finalizers| {
        let of_hook = |value: &Value| value.as_str().is_some_and(is_hook);
        let mut next: Vec<Value> = finalizers.to_vec();
        for (name, wanted) in wanted {
            for name in [name.to_owned(), format!("{name}{CLEANUP}")] {
                let at = next.iter().position(|value| *value == name);
                match (wanted, at) {
                    (true, None) => next.push(json!(name)),
                    (false, Some(at)) if of_hook(&next[at]) => drop(next.remove(at)),
                    _ => {}
                }
            }
        }
        next
    })
}

fn finalizers_patch(resource: &Value, next: impl Fn(&[Value]) -> Vec<Value>) -> Option<Value> {
    let metadata = resource.get("metadata");
    let finalizers = metadata.and_then(|metadata| metadata.get("finalizers"));
    let now = finalizers.and_then(Value::as_array);
    let now: &[Value] = now.map_or(&[], Vec::as_slice);
    let next = next(now);
    if next == now {
        return None;
    }
    let next = if next.is_empty() {
        Value::Null
    } else {
        json!(next)
    };
    let mut patch = json!({"metadata": {"finalizers": next}});
    if let Some(version) = metadata.and_then(|metadata| metadata.get("resourceVersion")) {
        patch["metadata"]["resourceVersion"] = version.clone();
    }
    Some(patch)
}

fn propagation(finalizer: &str) -> Option<PropagationPolicy> {
    match finalizer.strip_prefix(CASCADE)? {
        "" | "/foreground" => Some(PropagationPolicy::Foreground),
        "/background" => Some(PropagationPolicy::Background),
        _ => None,
    }
}

fn is_hook(finalizer: &str) -> bool {
    let name = finalizer.strip_suffix(CLEANUP).unwrap_or(finalizer);
    name == BEFORE || name == AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_released_and_the_finalizers_of_others_are_kept() {
        let resource = json!({"metadata": {"resourceVersion": "7", "finalizers": [
            "resources-finalizer.argocd.argoproj.io/background",
            "example.com/other",
            "post-delete-finalizer.argocd.argoproj.io/cleanup",
        ]}});
        let done = DeletionDone {
            objects: true,
            after: true,
            ..Default::default()
        };
        let kept = [
            "example.com/other",
            "post-delete-finalizer.argocd.argoproj.io/cleanup",
        ];
        let expected = json!({"metadata": {"resourceVersion": "7", "finalizers": kept}});
        assert_eq!(finalizer_release_patch(&resource, &done), Some(expected));
        assert_eq!(
            finalizer_release_patch(&resource, &Default::default()),
            None
        );
    }

    #[test]
    fn hooks_around_a_deletion_have_finalizers_as_long_as_there_are_any() {
        let resource = json!({"metadata": {"finalizers": [
            "example.com/other", "pre-delete-finalizer.argocd.argoproj.io",
        ]}});
        let expected = json!({"metadata": {"finalizers": [
            "example.com/other",
            "post-delete-finalizer.argocd.argoproj.io",
            "post-delete-finalizer.argocd.argoproj.io/cleanup",
        ]}});
        assert_eq!(
            hook_finalizers_patch(&resource, (false, true)),
            Some(expected)
        );
        assert_eq!(
            hook_finalizers_patch(&json!({"metadata": {}}), (false, false)),
            None
        );
    }

    #[test]
    fn a_deletion_says_since_when_and_what_is_left_to_do() {
        let resource = json!({"deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": [
            "pre-delete-finalizer.argocd.argoproj.io/cleanup",
            "resources-finalizer.argocd.argoproj.io",
        ]});
        let problems = crate::fields::Problems::default();
        let metadata = Object::root(&resource, &problems);
        let deletion = read(&metadata).unwrap();
        assert_eq!(deletion.since.rfc3339(), "2026-01-01T00:00:00Z");
        assert_eq!(deletion.cascade, Some(PropagationPolicy::Foreground));
        assert!(deletion.before.cleanup && !deletion.before.run && !deletion.after.run);
    }
}
