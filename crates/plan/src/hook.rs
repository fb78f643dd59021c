//! What an object's annotations say about it being a hook.
//!
//! In: an object. Out: when it runs, and when it is deleted. Argo CD's own annotations win over
//! Helm's. Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/hook, sync_phase.go and
//! controller/hook.go.

use model::SyncPhase;
use serde_json::Value;

const HOOK: &str = "argocd.argoproj.io/hook";
const DELETE_POLICY: &str = "argocd.argoproj.io/hook-delete-policy";
const HELM_HOOK: &str = "helm.sh/hook";
const HELM_DELETE_POLICY: &str = "helm.sh/hook-delete-policy";

/// Keeps a hook from vanishing before its outcome was seen.
pub const HOOK_FINALIZER: &str = "argocd.argoproj.io/hook-finalizer";
/// Says which attempt of which operation made a hook, so that none is run twice or taken for
/// another's after a restart.
pub const HOOK_RUN: &str = "caretaker.dev/hook-run";

/// When a hook is deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DeletePolicy {
    /// What is left of an earlier run, before it is made anew.
    pub before_creation: bool,
    /// Once the operation succeeded.
    pub succeeded: bool,
    /// Once the operation failed.
    pub failed: bool,
}

/// A hook's own words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HookOptions {
    /// The phases of a sync it runs in, each once. None at all: it is a hook of a type nobody
    /// knows, and left alone.
    pub phases: Vec<SyncPhase>,
    /// It runs before the app's objects are deleted with the app.
    pub pre_delete: bool,
    /// It runs after that.
    pub post_delete: bool,
    /// It says `Skip` and nothing else: an object that is left alone, and no hook.
    pub skip: bool,
    /// When it is deleted.
    pub policy: DeletePolicy,
}

impl HookOptions {
    /// Reads them; none for an object that is no hook.
    pub fn of(object: &Value) -> Option<Self> {
        let annotations = object.get("metadata")?.get("annotations")?;
        let text = |name: &str| annotations.get(name).and_then(Value::as_str);
        let (own, helm) = (text(HOOK), text(HELM_HOOK));
        // Helm marks definitions of kinds with the same annotation.
        let is_hook = own.is_some() || helm.is_some_and(|types| types != "crd-install");
        if !is_hook {
            return None;
        }
        let types = types(own, helm);
        let runs = |word: &str, helm_word: &str| {
            words(own).any(|it| it == word) || words(helm).any(|it| it == helm_word)
        };
        Some(Self {
            phases: phases(&types),
            pre_delete: runs("PreDelete", "pre-delete"),
            post_delete: runs("PostDelete", "post-delete"),
            skip: own.is_some() && types == ["Skip"],
            policy: policy(text(DELETE_POLICY), text(HELM_DELETE_POLICY)),
        })
    }

    /// It only runs around the deletion of its app.
    pub fn is_of_deletion(&self) -> bool {
        self.phases.is_empty() && (self.pre_delete || self.post_delete)
    }
}

/// The words of a comma-separated annotation, each once.
fn words(list: Option<&str>) -> impl Iterator<Item = &str> {
    let mut seen = Vec::new();
    let words = list.into_iter().flat_map(|list| list.split(','));
    words.map(str::trim).filter(move |word| {
        let new = !word.is_empty() && !seen.contains(word);
        if new {
            seen.push(word);
        }
        new
    })
}

/// The known types of a hook. Helm's count only where Argo CD's annotation names none.
fn types<'a>(own: Option<&'a str>, helm: Option<&'a str>) -> Vec<&'a str> {
    const KNOWN: [&str; 7] = [
        "PreSync",
        "Sync",
        "PostSync",
        "Skip",
        "SyncFail",
        "PreDelete",
        "PostDelete",
    ];
    let own: Vec<&str> = words(own).filter(|word| KNOWN.contains(word)).collect();
    if !own.is_empty() {
        return own;
    }
    let of_helm = words(helm).filter_map(|word| match word {
        "pre-install" | "pre-upgrade" => Some("PreSync"),
        "post-install" | "post-upgrade" => Some("PostSync"),
        _ => None,
    });
    of_helm.collect()
}

fn phases(types: &[&str]) -> Vec<SyncPhase> {
    let runs = |phase: &SyncPhase| types.contains(&phase.as_str());
    SyncPhase::ALL.into_iter().filter(runs).collect()
}

fn policy(own: Option<&str>, helm: Option<&str>) -> DeletePolicy {
    let says = |word: &str, helm_word: &str| {
        words(own).any(|it| it == word) || words(helm).any(|it| it == helm_word)
    };
    let policy = DeletePolicy {
        before_creation: says("BeforeHookCreation", "before-hook-creation"),
        succeeded: says("HookSucceeded", "hook-succeeded"),
        failed: says("HookFailed", "hook-failed"),
    };
    match policy == DeletePolicy::default() {
        true => DeletePolicy {
            before_creation: true,
            ..policy
        },
        false => policy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SyncPhase::{PostSync, PreSync, Sync, SyncFail};
    use serde_json::json;

    fn of(annotations: Value) -> Option<HookOptions> {
        HookOptions::of(&json!({"metadata": {"annotations": annotations}}))
    }

    /// What annotation, which phases, is it skipped: TestSyncPhaseNone, TestSyncPhasePreSync,
    /// TestSyncPhaseSync, TestSyncPhasePost, TestSyncPhaseFail, TestSyncPhaseTwoPhases,
    /// TestSyncDuplicatedPhases, TestNoHooks, TestOneHook, TestSkipHook, TestGarbageHook,
    /// TestDupHookTypes, TestGarbageAndHook, TestSkipAndHook, TestNewHookType, TestHasAnnotationOption.
    #[test]
    fn types_of_hooks_and_their_phases() {
        let rows: [(&str, &[SyncPhase], bool); 12] = [
            ("PreSync", &[PreSync], false),
            ("Sync", &[Sync], false),
            ("PostSync", &[PostSync], false),
            ("SyncFail", &[SyncFail], false),
            ("Skip", &[], true),
            ("Garbage", &[], false),
            ("PreSync, PostSync", &[PreSync, PostSync], false),
            ("PreSync,PreSync", &[PreSync], false),
            ("Sync,Sync", &[Sync], false),
            ("Sync,Garbage", &[Sync], false),
            ("Skip,PreSync,PostSync", &[PreSync, PostSync], false),
            ("PreDelete", &[], false),
        ];
        for (types, phases, skip) in rows {
            let hook = of(json!({HOOK: types})).unwrap();
            assert_eq!((&*hook.phases, hook.skip), (phases, skip), "{types}");
        }
        assert_eq!(of(json!({})), None);
    }

    /// TestSyncDuplicatedPhases, TestHelmHook, TestGarbageHelmHook, TestBothHooks.
    #[test]
    fn types_of_helm_count_where_argo_cd_names_none() {
        let phases = |annotations: Value| of(annotations).unwrap().phases;
        assert_eq!(
            phases(json!({HELM_HOOK: "pre-install,pre-upgrade"})),
            [PreSync]
        );
        assert_eq!(phases(json!({HELM_HOOK: "test"})), []);
        assert_eq!(
            phases(json!({HOOK: "Sync", HELM_HOOK: "pre-install"})),
            [Sync]
        );
        assert_eq!(
            phases(json!({HOOK: "Garbage", HELM_HOOK: "post-install"})),
            [PostSync]
        );
        assert_eq!(of(json!({HELM_HOOK: "crd-install"})), None);
        let both = of(json!({HELM_HOOK: "pre-delete, post-install"})).unwrap();
        assert!(both.pre_delete && !both.is_of_deletion());
        assert!(
            of(json!({HELM_HOOK: "post-delete"}))
                .unwrap()
                .is_of_deletion()
        );
    }

    /// TestIsHookOfType, TestIsHook, TestIsPreDeleteHook, TestIsPostDeleteHook, TestMultiHookOfType.
    #[test]
    fn hooks_of_deletion_are_told_by_either_annotation() {
        let of_deletion = |annotations: Value| {
            let hook = of(annotations).unwrap_or_default();
            (hook.pre_delete, hook.post_delete)
        };
        for (annotations, expected) in [
            (json!({HOOK: "PreDelete"}), (true, false)),
            (json!({HELM_HOOK: "pre-delete"}), (true, false)),
            (json!({HOOK: "PostDelete"}), (false, true)),
            (json!({HELM_HOOK: "post-delete"}), (false, true)),
            (json!({HOOK: "PreDelete,PostDelete"}), (true, true)),
            (json!({HELM_HOOK: "pre-delete,post-delete"}), (true, true)),
            (json!({HOOK: "PreSync"}), (false, false)),
            (json!({"example.org/hook": "PreDelete"}), (false, false)),
            (json!({}), (false, false)),
        ] {
            assert_eq!(of_deletion(annotations.clone()), expected, "{annotations}");
        }
    }

    /// TestDeletePolicies, TestNewHookDeletePolicy; of no hook there is none
    /// (Test_syncTask_hasHookDeletePolicy).
    #[test]
    fn a_hook_without_a_known_delete_policy_is_deleted_before_it_is_made_anew() {
        let policy = |own: &str| {
            of(json!({HOOK: "Sync", DELETE_POLICY: own}))
                .unwrap()
                .policy
        };
        assert_eq!(of(json!({DELETE_POLICY: "HookSucceeded"})), None);
        let before = DeletePolicy {
            before_creation: true,
            ..Default::default()
        };
        assert_eq!(policy("Garbage"), before);
        assert_eq!(policy("BeforeHookCreation"), before);
        assert!(policy("HookSucceeded").succeeded && !policy("HookSucceeded").before_creation);
        assert!(policy("HookFailed , HookSucceeded").failed);
        let helm = of(json!({HELM_HOOK: "pre-install", HELM_DELETE_POLICY: "hook-succeeded"}));
        assert!(helm.unwrap().policy.succeeded);
    }
}
