//! The order in which kinds are applied (gitops-engine/pkg/sync/sync_tasks.go).

/// Kinds that others need come first; a kind that is not listed goes last.
const ORDER: [&str; 35] = [
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
];

/// Place of a kind in the order, from 0.
pub fn kind_rank(kind: &str) -> usize {
    ORDER
        .iter()
        .position(|listed| *listed == kind)
        .unwrap_or(ORDER.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test_syncTasks_kindOrder: 34 kinds stand between a Namespace and an APIService.
    #[test]
    fn unlisted_kinds_go_last() {
        assert_eq!(kind_rank("Namespace"), 0);
        assert_eq!(kind_rank("APIService") + 1, kind_rank("Certificate"));
        assert!(kind_rank("Namespace") < kind_rank("ConfigMap"));
        assert!(kind_rank("APIService") < kind_rank("Certificate"));
    }
}
