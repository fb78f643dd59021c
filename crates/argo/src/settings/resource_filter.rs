//! Which kinds are left alone.
//!
//! Comes in: `resource.exclusions` and `resource.inclusions`, lists of groups, kinds and clusters
//! as YAML text. Goes out: whether a kind is left alone. Exclusions win over inclusions; where a
//! cluster has inclusions, only those are seen.
//! Source: Argo CD 3.5: util/settings/{resources_filter,filtered_resource}.go; the default list
//! from manifests/base/config/argocd-cm.yaml.

use crate::fields::{Object, Problems};
use model::GroupKind;
use model::glob;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The kinds left alone, and the only ones seen.
#[derive(Clone, PartialEq, Debug)]
pub struct ResourceFilter {
    exclusions: Vec<Rule>,
    inclusions: Vec<Rule>,
}

/// Some kinds of some groups in some clusters; an empty list stands for all.
#[derive(Clone, PartialEq, Debug)]
struct Rule {
    groups: Vec<String>,
    kinds: Vec<String>,
    clusters: Vec<String>,
}

impl Rule {
    fn matches(&self, kind: &GroupKind, cluster: &str) -> bool {
        (self.groups.is_empty()
            || self
                .groups
                .iter()
                .any(|glob| glob::matches(glob, &kind.group)))
            && (self.kinds.is_empty() || self.kinds.iter().any(|k| k == "*" || **k == *kind.kind))
            && self.matches_cluster(cluster)
    }

    fn matches_cluster(&self, cluster: &str) -> bool {
        self.clusters.is_empty()
            || self
                .clusters
                .iter()
                .any(|glob| glob::matches(glob, cluster))
    }
}

impl ResourceFilter {
    pub(super) fn read(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> Self {
        let mut written = |key| cm.get(key).and_then(|text| parsed(text, key, warnings));
        let exclusions = written("resource.exclusions").unwrap_or_else(|| built_in(&by_default()));
        let inclusions = written("resource.inclusions").unwrap_or_default();
        Self {
            exclusions: [built_in(&always()), exclusions].concat(),
            inclusions,
        }
    }

    /// Is the kind left alone in that cluster?
    pub fn is_excluded(&self, kind: &GroupKind, cluster: &str) -> bool {
        if self
            .exclusions
            .iter()
            .any(|rule| rule.matches(kind, cluster))
        {
            return true;
        }
        !self
            .inclusions
            .iter()
            .any(|rule| rule.matches(kind, cluster))
            && self
                .inclusions
                .iter()
                .any(|rule| rule.matches_cluster(cluster))
    }
}

/// The rules of a setting; none if any of it is broken, because half a rule may match everything.
fn parsed(text: &str, key: &str, warnings: &mut Vec<String>) -> Option<Vec<Rule>> {
    let read = yaml::read_first(text.as_bytes(), &yaml::Limits::default());
    let rules = read.map_err(|error| vec![format!("{key}: {error}")]);
    match rules.and_then(|list| rules_of(&list, key)) {
        Ok(rules) => Some(rules),
        Err(problems) => {
            warnings.extend(
                problems
                    .iter()
                    .map(|problem| format!("{problem}; {key} is left out")),
            );
            None
        }
    }
}

fn built_in(list: &Value) -> Vec<Rule> {
    rules_of(list, "built in").unwrap_or_default()
}

fn rules_of(list: &Value, key: &str) -> Result<Vec<Rule>, Vec<String>> {
    let problems = Problems::default();
    let wrapped = json!({ key: list });
    let rules = Object::root(&wrapped, &problems)
        .objects(key)
        .iter()
        .map(rule)
        .collect();
    let problems = problems.into_vec();
    if problems.is_empty() {
        Ok(rules)
    } else {
        Err(problems)
    }
}

fn rule(object: &Object<'_>) -> Rule {
    let texts = |field| object.texts(field).into_iter().map(str::to_owned).collect();
    Rule {
        groups: texts("apiGroups"),
        kinds: texts("kinds"),
        clusters: texts("clusters"),
    }
}

/// Kinds that come and go by the second; nobody declares them.
fn always() -> Value {
    json!([
        {"apiGroups": ["events.k8s.io", "metrics.k8s.io"]},
        {"apiGroups": [""], "kinds": ["Event"]},
        {"apiGroups": ["coordination.k8s.io"], "kinds": ["Lease"]},
    ])
}

/// What an installation has that says nothing itself.
fn by_default() -> Value {
    json!([
        {"apiGroups": ["", "discovery.k8s.io"], "kinds": ["Endpoints", "EndpointSlice"]},
        {"apiGroups": ["coordination.k8s.io"], "kinds": ["Lease"]},
        {"apiGroups": ["authentication.k8s.io", "authorization.k8s.io"],
         "kinds": ["SelfSubjectReview", "TokenReview", "LocalSubjectAccessReview",
                   "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"]},
        {"apiGroups": ["certificates.k8s.io"], "kinds": ["CertificateSigningRequest"]},
        {"apiGroups": ["cert-manager.io"], "kinds": ["CertificateRequest"]},
        {"apiGroups": ["cilium.io"],
         "kinds": ["CiliumIdentity", "CiliumEndpoint", "CiliumEndpointSlice"]},
        {"apiGroups": ["kyverno.io", "reports.kyverno.io", "wgpolicyk8s.io"],
         "kinds": ["PolicyReport", "ClusterPolicyReport", "EphemeralReport",
                   "ClusterEphemeralReport", "AdmissionReport", "ClusterAdmissionReport",
                   "BackgroundScanReport", "ClusterBackgroundScanReport", "UpdateRequest"]},
    ])
}
