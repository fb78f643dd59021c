//! Hooks, as far as health asks for them.
//!
//! Comes in: an object. Goes out: whether it is a hook of a sync, in Argo CD's words or in Helm's.

use crate::fields::annotation;
use serde_json::Value;

/// Whether an object is a hook. One whose only type is `Skip` is none.
pub fn is_hook(object: &Value) -> bool {
    match annotation(object, "argocd.argoproj.io/hook") {
        Some(types) => !is_only_skipped(types),
        // Helm marked CRDs with the same annotation once.
        None => annotation(object, "helm.sh/hook").is_some_and(|types| types != "crd-install"),
    }
}

fn is_only_skipped(types: &str) -> bool {
    let mut known = types
        .split(',')
        .map(str::trim)
        .filter(|name| is_hook_type(name))
        .peekable();
    known.peek().is_some() && known.all(|name| name == "Skip")
}

fn is_hook_type(name: &str) -> bool {
    matches!(
        name,
        "PreSync" | "Sync" | "PostSync" | "SyncFail" | "Skip" | "PreDelete" | "PostDelete"
    )
}

#[cfg(test)]
mod tests {
    use super::is_hook;
    use serde_json::json;

    #[test]
    fn hooks_are_told_by_their_annotations() {
        let with = |name: &str, value: &str| json!({"metadata": {"annotations": {name: value}}});
        assert!(is_hook(&with("argocd.argoproj.io/hook", "PreSync, Skip")));
        assert!(!is_hook(&with("argocd.argoproj.io/hook", "Skip,nonsense")));
        assert!(is_hook(&with("helm.sh/hook", "pre-install")));
        assert!(!is_hook(&with("helm.sh/hook", "crd-install")));
        assert!(!is_hook(&with("other", "PreSync")));
    }
}
