//! What the settings of the installation say about comparing, compiled once for all apps.
//!
//! In: the parts of `argocd-cm` that concern comparing, read. Out: rules that hold for every app
//! beside its own, types of custom resources' fields, and what of an object does not count at all.
//! Source: Argo CD 3.5: util/settings/settings.go (GetResourceOverrides, GetResourceCompareOptions).

use crate::ignore::{Rule, RuleError};
use crate::kinds::Facts;
use crate::known::{Known, KnownTypeError, KnownTypeField};
use crate::path::Step;
use model::{Digest, GroupKind, IgnoreRule, ObjectKey};
use serde_json::json;
use std::collections::HashMap;

/// Which objects' `status` does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum IgnoredStatus {
    /// Those of all objects.
    #[default]
    All,
    /// Those of definitions of custom resources.
    Definitions,
    /// None.
    None,
}

impl IgnoredStatus {
    /// Reads `ignoreResourceStatusField`; what is not known ignores all.
    pub fn read(text: &str) -> Self {
        match text {
            "crd" => Self::Definitions,
            "none" | "off" | "false" => Self::None,
            _ => Self::All,
        }
    }

    fn counts(self, kind: &GroupKind) -> bool {
        match self {
            Self::All => false,
            Self::None => true,
            Self::Definitions => {
                (&*kind.group, &*kind.kind) != ("apiextensions.k8s.io", "CustomResourceDefinition")
            }
        }
    }
}

/// Settings about comparing, as they were read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CompareSettings {
    /// `resource.customizations.ignoreDifferences`, one rule a key; `all` is `*`, `*`.
    pub ignore: Vec<IgnoreRule>,
    /// `resource.customizations.knownTypeFields`.
    pub known_types: Vec<KnownTypeField>,
    /// `ignoreAggregatedRoles`: the rules of roles that are put together from others do not count.
    pub ignore_aggregated_roles: bool,
    /// `ignoreResourceStatusField`.
    pub ignored_status: IgnoredStatus,
    /// `resource.sensitive.mask.annotations`: annotations of Secrets that are secret, too.
    pub masked_annotations: Vec<String>,
}

/// The same, compiled.
#[derive(Debug)]
pub struct SystemRules {
    pub(crate) rules: Vec<Rule>,
    /// By kind.
    known: HashMap<GroupKind, Vec<Known>>,
    aggregated_roles: bool,
    ignored_status: IgnoredStatus,
    masked_annotations: Vec<String>,
    /// Of the settings; none for the defaults.
    digest: Option<Digest>,
}

/// A part of the settings that is left out.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Of an ignore rule.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// Of the types of fields.
    #[error(transparent)]
    KnownType(#[from] KnownTypeError),
}

impl Default for SystemRules {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            known: by_kind([Known::of_rollouts()]),
            aggregated_roles: false,
            ignored_status: IgnoredStatus::All,
            masked_annotations: Vec::new(),
            digest: None,
        }
    }
}

impl SystemRules {
    /// Compiles settings. Broken parts are told and left out, the rest stands.
    pub fn compile(settings: &CompareSettings) -> (Self, Vec<SettingError>) {
        let (mut errors, mut broken) = (Vec::new(), Vec::new());
        let rules = settings.ignore.iter();
        let rules = rules
            .map(|rule| Rule::compile(name(rule), rule, &mut broken))
            .collect();
        errors.extend(broken.into_iter().map(SettingError::from));
        let mut known = Vec::new();
        for field in &settings.known_types {
            match Known::read(field) {
                Ok(field) => known.push(field),
                Err(error) => errors.push(error.into()),
            }
        }
        let rollouts = Known::of_rollouts();
        if !known.iter().any(|field| field.kind == rollouts.kind) {
            known.push(rollouts);
        }
        let system = Self {
            rules,
            known: by_kind(known),
            aggregated_roles: settings.ignore_aggregated_roles,
            ignored_status: settings.ignored_status,
            masked_annotations: settings.masked_annotations.clone(),
            digest: (*settings != CompareSettings::default())
                .then(|| Digest::of_json(&json!(format!("{settings:?}")))),
        };
        (system, errors)
    }

    /// Do the rules of this role not count, were it put together from others?
    pub(crate) fn ignores_aggregated(&self, key: &ObjectKey) -> bool {
        let kind = &key.group_kind;
        self.aggregated_roles
            && &*kind.group == "rbac.authorization.k8s.io"
            && matches!(&*kind.kind, "ClusterRole" | "Role")
    }

    /// Verdicts under other settings are other verdicts.
    pub(crate) fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// Does a secret annotation of a Secret stand at this path?
    pub(crate) fn masks(&self, path: &[Step<'_>], key: &ObjectKey) -> bool {
        let annotation = match path {
            [
                Step::Field("metadata"),
                Step::Field("annotations"),
                Step::Field(name),
            ] => name,
            _ => return false,
        };
        Facts::of(&key.group_kind).is_secret()
            && self
                .masked_annotations
                .iter()
                .any(|name| name == annotation)
    }

    pub(crate) fn facts(&self, kind: &GroupKind) -> Facts<'_> {
        let known = self.known.get(kind).map(Vec::as_slice);
        let status_counts = self.ignored_status.counts(kind);
        Facts::of(kind).with(known.unwrap_or_default(), status_counts)
    }
}

fn by_kind(fields: impl IntoIterator<Item = Known>) -> HashMap<GroupKind, Vec<Known>> {
    let mut by_kind: HashMap<GroupKind, Vec<Known>> = HashMap::new();
    for field in fields {
        by_kind.entry(field.kind.clone()).or_default().push(field);
    }
    by_kind
}

/// How errors name a rule of the settings.
fn name(rule: &IgnoreRule) -> String {
    match rule.group.as_str() {
        "" => format!("{} in the settings", rule.kind),
        group => format!("{group}/{} in the settings", rule.kind),
    }
}
