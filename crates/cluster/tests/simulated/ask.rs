//! A request that both are asked.

use serde_json::Value;

/// A kind that requests are about.
#[derive(Debug)]
pub struct Kind {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub plural: &'static str,
    pub namespaced: bool,
    pub status: bool,
}

const fn kind(
    api_version: &'static str,
    kind: &'static str,
    plural: &'static str,
    status: bool,
) -> Kind {
    Kind {
        api_version,
        kind,
        plural,
        namespaced: true,
        status,
    }
}

pub const KINDS: [Kind; 21] = [
    kind("v1", "ConfigMap", "configmaps", false),
    kind("example.org/v1", "Widget", "widgets", true),
    kind("apps/v1", "Deployment", "deployments", true),
    kind("v1", "Service", "services", true),
    kind("v1", "Secret", "secrets", false),
    kind("batch/v1", "Job", "jobs", true),
    kind("v1", "ServiceAccount", "serviceaccounts", false),
    kind("rbac.authorization.k8s.io/v1", "Role", "roles", false),
    kind(
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        "rolebindings",
        false,
    ),
    kind("apps/v1", "StatefulSet", "statefulsets", true),
    kind("batch/v1", "CronJob", "cronjobs", true),
    kind(
        "v1",
        "PersistentVolumeClaim",
        "persistentvolumeclaims",
        true,
    ),
    kind("example.org/v1", "Gadget", "gadgets", false),
    kind("apps/v1", "ReplicaSet", "replicasets", true),
    kind(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "networkpolicies",
        false,
    ),
    kind("v1", "Pod", "pods", true),
    kind("apps/v1", "DaemonSet", "daemonsets", true),
    kind("networking.k8s.io/v1", "Ingress", "ingresses", true),
    kind(
        "policy/v1",
        "PodDisruptionBudget",
        "poddisruptionbudgets",
        true,
    ),
    kind(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        "horizontalpodautoscalers",
        true,
    ),
    Kind {
        api_version: "v1",
        kind: "Namespace",
        plural: "namespaces",
        namespaced: false,
        status: true,
    },
];

/// Which of the versions or UIDs that were seen a request names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    Nothing,
    Latest,
    Earlier,
    Wrong,
}

#[derive(Clone, Debug)]
pub enum Verb {
    Create(Value),
    Replace(Value, Said, Said),
    /// Reads the object, merges this into it and replaces it.
    Edit(Value),
    /// Reads the object, makes what its manager wrote something that it applied, and replaces it:
    /// how ownership is moved from client-side to server-side apply.
    Migrate,
    Apply(Value, bool),
    Merge(Value, Said),
    Json(Value),
    Strategic(Value),
    Delete {
        uid: Said,
        version: Said,
        propagation: Option<&'static str>,
        grace: Option<i64>,
    },
    Get,
    List,
}

/// A request. Namespaces are numbered; each play gives the numbers new names.
#[derive(Clone, Debug)]
pub struct Ask {
    pub verb: Verb,
    pub kind: usize,
    pub namespace: usize,
    pub name: String,
    pub status: bool,
    pub manager: &'static str,
    pub dry_run: bool,
}

impl Ask {
    pub fn kind(&self) -> &'static Kind {
        &KINDS[self.kind]
    }
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub code: u16,
    pub body: Value,
}
