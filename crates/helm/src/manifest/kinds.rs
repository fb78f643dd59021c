//! The order in which Helm installs kinds.
//!
//! Comes in: a kind. Goes out: where its objects stand among others. Kinds the list does not know
//! come last, by name. Source: Helm 4.2, pkg/release/v1/util/kind_sorter.go.

use crate::Dialect;

const INSTALL_ORDER: [&str; 38] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// Where a kind stands; compare two of them.
pub fn rank(kind: &str, dialect: Dialect) -> (usize, &str) {
    let known = match dialect {
        Dialect::V4 => &INSTALL_ORDER[..],
        // Helm 3 knows no webhooks.
        Dialect::V3 => &INSTALL_ORDER[..36],
    };
    match known.iter().position(|known| *known == kind) {
        Some(at) => (at, ""),
        None => (known.len(), kind),
    }
}
