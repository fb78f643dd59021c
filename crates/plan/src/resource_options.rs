//! What an object's own annotations say about syncing it.
//!
//! In: annotations. Out: wave, protections and options. The annotation names are Argo CD's, and
//! Helm's where Argo CD honours them; both doors' users have them in their manifests.

use serde_json::Value;

/// Annotation with the comma-separated sync options of one object.
const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";
const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";
const HOOK: &str = "argocd.argoproj.io/hook";
const COMPARE_OPTIONS: &str = "argocd.argoproj.io/compare-options";
const HELM_HOOK: &str = "helm.sh/hook";
const HELM_WEIGHT: &str = "helm.sh/hook-weight";
const HELM_POLICY: &str = "helm.sh/resource-policy";

/// Options of one object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourceOptions {
    /// Its wave.
    pub wave: i64,
    /// It is a hook (`argocd.argoproj.io/hook` or `helm.sh/hook`): hooks are not desired state.
    pub hook: Option<String>,
    /// `Prune=false` or `Prune=confirm`.
    pub keep_on_prune: bool,
    /// `Delete=false`, `Delete=confirm`, or Helm's `resource-policy: keep`.
    pub keep_on_delete: bool,
    /// `PruneLast=true`.
    pub prune_last: bool,
    /// `Validate=false`.
    pub skip_validation: bool,
    /// `compare-options: IgnoreExtraneous`.
    pub ignore_extraneous: bool,
    /// Options that are known but not acted on yet.
    pub not_acted_on: Vec<String>,
}

impl ResourceOptions {
    /// Reads them from an object.
    pub fn of(object: &Value) -> Self {
        let annotations = object.get("metadata").and_then(|m| m.get("annotations"));
        let text = |name: &str| {
            annotations
                .and_then(|a| a.get(name))
                .and_then(Value::as_str)
        };
        let mut options = Self {
            wave: wave(text(SYNC_WAVE), text(HELM_WEIGHT)),
            hook: hook(text(HOOK), text(HELM_HOOK)),
            keep_on_delete: text(HELM_POLICY).is_some_and(|policy| policy.trim() == "keep"),
            ..Self::default()
        };
        entries(text(COMPARE_OPTIONS)).for_each(|entry| options.read_compare_option(entry));
        entries(text(SYNC_OPTIONS)).for_each(|entry| options.read_sync_option(entry));
        options
    }

    fn read_sync_option(&mut self, entry: &str) {
        match entry {
            "Prune=false" | "Prune=confirm" => self.keep_on_prune = true,
            "Delete=false" | "Delete=confirm" => self.keep_on_delete = true,
            "PruneLast=true" => self.prune_last = true,
            "Validate=false" => self.skip_validation = true,
            // What we do anyway: applying is server-side and missing kinds wait for their CRD.
            "ServerSideApply=true"
            | "SkipDryRunOnMissingResource=true"
            | "Prune=true"
            | "Delete=true"
            | "PruneLast=false"
            | "Validate=true" => {}
            other => self.not_acted_on.push(other.to_owned()),
        }
    }

    fn read_compare_option(&mut self, entry: &str) {
        match entry {
            "IgnoreExtraneous" => self.ignore_extraneous = true,
            // Comparing asks the server whenever that is needed to be sure.
            "ServerSideDiff=true" => {}
            other => self.not_acted_on.push(other.to_owned()),
        }
    }
}

fn entries(list: Option<&str>) -> impl Iterator<Item = &str> {
    list.into_iter()
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .filter(|e| !e.is_empty())
}

/// A wave that is no integer counts as absent (gitops-engine/pkg/sync/syncwaves).
fn wave(sync_wave: Option<&str>, helm_weight: Option<&str>) -> i64 {
    let parse = |text: Option<&str>| text.and_then(|text| text.parse().ok());
    parse(sync_wave).or_else(|| parse(helm_weight)).unwrap_or(0)
}

/// The hook types of an object; `crd-install` is no hook, Argo CD's annotation wins over Helm's.
fn hook(argo: Option<&str>, helm: Option<&str>) -> Option<String> {
    if let Some(types) = argo {
        return Some(types.to_owned());
    }
    helm.filter(|types| types.split(',').any(|hook| hook.trim() != "crd-install"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(annotations: Value) -> ResourceOptions {
        ResourceOptions::of(&json!({"metadata": {"annotations": annotations}}))
    }

    #[test]
    fn a_wave_that_is_no_number_falls_back_to_the_hook_weight_and_then_to_zero() {
        assert_eq!(of(json!({SYNC_WAVE: "-5"})).wave, -5);
        assert_eq!(of(json!({SYNC_WAVE: "soon", HELM_WEIGHT: "3"})).wave, 3);
        assert_eq!(of(json!({SYNC_WAVE: "soon"})).wave, 0);
        assert_eq!(of(json!({SYNC_WAVE: 4})).wave, 0);
    }

    #[test]
    fn a_confirmation_that_nobody_gave_protects() {
        let options = of(json!({SYNC_OPTIONS: "Prune=confirm, Delete=confirm"}));
        assert!(options.keep_on_prune && options.keep_on_delete);
    }

    #[test]
    fn what_is_not_acted_on_is_named() {
        let options = of(json!({SYNC_OPTIONS: "Replace=true,Validate=false"}));
        assert_eq!(options.not_acted_on, ["Replace=true"]);
        assert!(options.skip_validation);
    }

    #[test]
    fn crd_install_is_no_hook() {
        assert_eq!(of(json!({HELM_HOOK: "crd-install"})).hook, None);
        assert_eq!(
            of(json!({HELM_HOOK: "pre-install"})).hook.as_deref(),
            Some("pre-install")
        );
        assert_eq!(
            of(json!({HOOK: "Skip", HELM_HOOK: "x"})).hook.as_deref(),
            Some("Skip")
        );
    }
}
