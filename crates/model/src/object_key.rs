//! Names of Kubernetes objects. The cluster is part of every name: one engine keeps many clusters.

use std::fmt;
use std::sync::Arc;

/// A destination cluster, by its server URL as users write it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ClusterId(pub Arc<str>);

impl ClusterId {
    /// The URL Argo CD gives the cluster it runs in.
    pub const IN_CLUSTER: &str = "https://kubernetes.default.svc";

    /// The cluster Caretaker itself is connected to.
    pub fn in_cluster() -> Self {
        Self(Self::IN_CLUSTER.into())
    }
}

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// API group and kind; the core group is the empty string.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GroupKind {
    /// API group, empty for core.
    pub group: Arc<str>,
    /// Kind, as in `Deployment`.
    pub kind: Arc<str>,
}

impl GroupKind {
    /// Makes one from its parts.
    pub fn new(group: &str, kind: &str) -> Self {
        Self {
            group: group.into(),
            kind: kind.into(),
        }
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.group.is_empty() {
            return f.write_str(&self.kind);
        }
        write!(f, "{}.{}", self.kind, self.group)
    }
}

/// API group, version and kind.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GroupVersionKind {
    /// Group and kind.
    pub group_kind: GroupKind,
    /// Version, as in `v1`.
    pub version: Arc<str>,
}

impl GroupVersionKind {
    /// Reads `apiVersion` and `kind`.
    pub fn from_api_version(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        Self {
            group_kind: GroupKind::new(group, kind),
            version: version.into(),
        }
    }

    /// `apiVersion` as it stands in manifests.
    pub fn api_version(&self) -> String {
        match &*self.group_kind.group {
            "" => self.version.to_string(),
            group => format!("{group}/{}", self.version),
        }
    }
}

impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.api_version(), self.group_kind.kind)
    }
}

/// One object of one cluster. Versions are left out: the same object is served at several.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ObjectKey {
    /// The cluster it lives in.
    pub cluster: ClusterId,
    /// Its group and kind.
    pub group_kind: GroupKind,
    /// Its namespace; empty for cluster-scoped objects.
    pub namespace: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
}

impl fmt::Display for ObjectKey {
    /// `Kind.group namespace/name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            return write!(f, "{} {}", self.group_kind, self.name);
        }
        write!(f, "{} {}/{}", self.group_kind, self.namespace, self.name)
    }
}
