//! What an object's own annotations say about syncing it.
//!
//! In: annotations. Out: wave, protections and options. The annotation names are Argo CD's, and
//! Helm's where Argo CD honours them; both doors' users have them in their manifests.

use crate::HookOptions;
use model::Consent;
use serde_json::Value;

/// Annotation with the comma-separated sync options of one object.
const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";
const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";
const COMPARE_OPTIONS: &str = "argocd.argoproj.io/compare-options";
const HELM_WEIGHT: &str = "helm.sh/hook-weight";
const HELM_POLICY: &str = "helm.sh/resource-policy";

/// Options of one object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourceOptions {
    /// Its wave.
    pub wave: i64,
    /// It is a hook, and when it runs: hooks are not desired state.
    pub hook: Option<HookOptions>,
    /// What `Prune=` says, if it says anything.
    pub prune: Option<Consent>,
    /// What `Delete=` says, if it says anything; Helm's `resource-policy: keep` says never.
    pub delete: Option<Consent>,
    /// `PruneLast=true`.
    pub prune_last: bool,
    /// `Replace=true`: it is replaced rather than applied.
    pub replace: bool,
    /// `Force=true`: it is deleted and made anew where it cannot be changed in place.
    pub force: bool,
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
            hook: HookOptions::of(object),
            ..Self::default()
        };
        entries(text(COMPARE_OPTIONS)).for_each(|entry| options.read_compare_option(entry));
        entries(text(SYNC_OPTIONS)).for_each(|entry| options.read_sync_option(entry));
        if text(HELM_POLICY).is_some_and(|policy| policy.trim() == "keep") {
            options.delete = Some(Consent::Never);
        }
        options
    }

    fn read_sync_option(&mut self, entry: &str) {
        match entry {
            "Prune=false" => forbid(&mut self.prune, Consent::Never),
            "Prune=confirm" => forbid(&mut self.prune, Consent::OnConfirmation),
            "Prune=true" => forbid(&mut self.prune, Consent::Given),
            "Delete=false" => forbid(&mut self.delete, Consent::Never),
            "Delete=confirm" => forbid(&mut self.delete, Consent::OnConfirmation),
            "Delete=true" => forbid(&mut self.delete, Consent::Given),
            "PruneLast=true" => self.prune_last = true,
            "Validate=false" => self.skip_validation = true,
            "Replace=true" => self.replace = true,
            "Force=true" => self.force = true,
            // What we do anyway: applying is server-side and missing kinds wait for their CRD.
            "ServerSideApply=true"
            | "ServerSideApply=false"
            | "SkipDryRunOnMissingResource=true"
            | "SkipDryRunOnMissingResource=false"
            | "PruneLast=false"
            | "Replace=false"
            | "Force=false"
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

/// Of several wishes the most careful one holds.
fn forbid(consent: &mut Option<Consent>, wish: Consent) {
    *consent = Some(consent.map_or(wish, |known| known.max(wish)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(annotations: Value) -> ResourceOptions {
        ResourceOptions::of(&json!({"metadata": {"annotations": annotations}}))
    }

    /// TestWave, Test_syncTask_wave.
    #[test]
    fn a_wave_that_is_no_number_falls_back_to_the_hook_weight_and_then_to_zero() {
        assert_eq!(of(json!({})).wave, 0);
        assert_eq!(of(json!({SYNC_WAVE: "1"})).wave, 1);
        assert_eq!(of(json!({HELM_WEIGHT: "1"})).wave, 1);
        assert_eq!(of(json!({SYNC_WAVE: "-5"})).wave, -5);
        assert_eq!(of(json!({SYNC_WAVE: "soon", HELM_WEIGHT: "3"})).wave, 3);
        assert_eq!(of(json!({SYNC_WAVE: "soon"})).wave, 0);
        assert_eq!(of(json!({SYNC_WAVE: 4})).wave, 0);
    }

    #[test]
    fn of_several_wishes_the_most_careful_one_holds() {
        let options = of(json!({SYNC_OPTIONS: "Prune=confirm, Delete=confirm,Delete=false"}));
        assert_eq!(options.prune, Some(Consent::OnConfirmation));
        assert_eq!(options.delete, Some(Consent::Never));
        assert_eq!(
            of(json!({HELM_POLICY: "keep"})).delete,
            Some(Consent::Never)
        );
    }

    #[test]
    fn what_is_not_acted_on_is_named() {
        let options = of(json!({SYNC_OPTIONS: "Replace=true,Validate=false,Fly=true"}));
        assert_eq!(options.not_acted_on, ["Fly=true"]);
        assert!(options.skip_validation && options.replace);
    }
}
