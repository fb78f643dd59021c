//! The order of kinds in a configuration.
//!
//! Comes in: two kinds. Goes out: which is first: what others build upon comes before them, the
//! rest by name. Source: kyaml 0.21, resid/gvk.go (IsLessThan).

use super::TransformerConfig;
use crate::file::FieldSpec;
use crate::resource::Gvk;

const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];
const LAST: [&str; 2] = [
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// What kinds are sorted by.
pub fn key(gvk: &Gvk) -> (usize, String) {
    let first = FIRST.iter().position(|kind| *kind == gvk.kind);
    let last = LAST.iter().position(|kind| *kind == gvk.kind);
    let rank = first.unwrap_or(FIRST.len() + last.map_or(0, |at| at + 1));
    (rank, gvk.sort_text())
}

fn sort(specs: &mut [FieldSpec]) {
    specs.sort_by_cached_key(|spec| key(&spec.gvk));
}

impl TransformerConfig {
    /// Sorts each list by kind. Fields of the same kind keep their order.
    pub fn sort(&mut self) {
        self.lists_mut().into_iter().for_each(|list| sort(list));
        self.name_references
            .sort_by_cached_key(|rule| key(&rule.target));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_kinds_come_first_or_last_and_others_by_name() {
        let sorted = [
            Gvk::unscoped("", "", "Namespace"),
            Gvk::unscoped("apps", "v1", "Deployment"),
            Gvk::unscoped("", "", "Deployment"),
            Gvk::unscoped("a.io", "", "Zebra"),
            Gvk::unscoped("b.io", "", "Ant"),
            Gvk::unscoped("", "v1", "Pod"),
            Gvk::unscoped("", "", "Ant"),
            Gvk::unscoped("", "", ""),
            Gvk::unscoped("", "", "MutatingWebhookConfiguration"),
        ];
        assert!(sorted.is_sorted_by_key(key));
    }
}
