//! The kinds the simulated cluster serves, with their scope; CRDs add to them.

use engine::{Scope, Scopes};
use model::{GroupKind, GroupVersionKind};
use std::collections::{BTreeMap, BTreeSet};

const CLUSTER_SCOPED: [(&str, &str); 6] = [
    ("", "Namespace"),
    ("", "PersistentVolume"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("storage.k8s.io", "StorageClass"),
];
const NAMESPACED: [(&str, &str); 9] = [
    ("", "ConfigMap"),
    ("", "Secret"),
    ("", "Service"),
    ("", "ServiceAccount"),
    ("", "Pod"),
    ("apps", "Deployment"),
    ("batch", "Job"),
    ("rbac.authorization.k8s.io", "Role"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
];

/// What the simulated cluster serves.
#[derive(Clone, Debug)]
pub struct Kinds {
    scopes: BTreeMap<(String, String), bool>,
    /// API groups whose discovery fails.
    pub failing: BTreeSet<String>,
}

impl Default for Kinds {
    fn default() -> Self {
        let entry = |namespaced: bool| {
            move |(group, kind): &(&str, &str)| {
                (((*group).to_owned(), (*kind).to_owned()), namespaced)
            }
        };
        let scopes = CLUSTER_SCOPED
            .iter()
            .map(entry(false))
            .chain(NAMESPACED.iter().map(entry(true)));
        Self {
            scopes: scopes.collect(),
            failing: BTreeSet::new(),
        }
    }
}

impl Kinds {
    /// Is the kind namespaced? None when it is not served.
    pub fn namespaced(&self, kind: &GroupKind) -> Option<bool> {
        self.scopes
            .get(&(kind.group.to_string(), kind.kind.to_string()))
            .copied()
    }

    /// Serves a kind from now on; true if it is new.
    pub fn define(&mut self, kind: &GroupKind, namespaced: bool) -> bool {
        let key = (kind.group.to_string(), kind.kind.to_string());
        self.scopes.insert(key, namespaced).is_none()
    }
}

impl Scopes for Kinds {
    fn scope(&self, gvk: &GroupVersionKind) -> Scope {
        if self.failing.contains(&*gvk.group_kind.group) {
            return Scope::Failed("the server is currently unable to handle the request".into());
        }
        match self.namespaced(&gvk.group_kind) {
            Some(true) => Scope::Namespaced,
            Some(false) => Scope::Cluster,
            None => Scope::Unknown,
        }
    }

    fn excluded(&self, _: &GroupKind) -> bool {
        false
    }
}
