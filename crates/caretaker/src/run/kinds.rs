//! The kinds the cluster serves, and what the settings leave out of them.

use arc_swap::ArcSwap;
use cluster::{ApiResource, Discovery};
use engine::{Scope, Scopes};
use model::{ClusterId, GroupKind, GroupVersionKind};
use std::sync::Arc;

/// The last discovery.
pub struct Kinds(ArcSwap<Discovery>);

impl Kinds {
    /// Starts with a discovery.
    pub fn new(discovery: Discovery) -> Self {
        Self(ArcSwap::from_pointee(discovery))
    }

    /// The last discovery.
    pub fn current(&self) -> Arc<Discovery> {
        self.0.load_full()
    }

    /// Takes a new discovery in; true if it differs in kinds or failures.
    pub fn replace(&self, discovery: Discovery) -> bool {
        let before = self.0.swap(Arc::new(discovery));
        let now = self.0.load();
        let same_kinds = before.kinds.len() == now.kinds.len()
            && now
                .kinds
                .iter()
                .all(|(gvk, resource)| before.kinds.get(gvk) == Some(resource));
        let failed = |discovery: &Discovery| {
            let groups = discovery.failed_groups.iter();
            groups
                .map(|failed| failed.group_version.clone())
                .collect::<Vec<_>>()
        };
        !same_kinds || failed(&before) != failed(&now)
    }

    /// A kind at a version, or where the version is not served at the preferred one.
    pub fn resource(&self, kind: &GroupKind, version: &str) -> Option<ApiResource> {
        let discovery = self.0.load();
        let gvk = GroupVersionKind {
            group_kind: kind.clone(),
            version: version.into(),
        };
        discovery
            .kinds
            .get(&gvk)
            .or_else(|| discovery.preferred(kind))
            .cloned()
    }

    /// A kind at exactly this version.
    pub fn exact(&self, kind: &GroupKind, version: &str) -> Option<ApiResource> {
        let gvk = GroupVersionKind {
            group_kind: kind.clone(),
            version: version.into(),
        };
        self.0.load().kinds.get(&gvk).cloned()
    }
}

/// Kinds as the renderer's target asks for them.
pub struct SettledScopes<'a> {
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The settings.
    pub settings: &'a argo::Settings,
    /// The destination.
    pub cluster: &'a ClusterId,
}

impl Scopes for SettledScopes<'_> {
    fn scope(&self, gvk: &GroupVersionKind) -> Scope {
        let discovery = self.kinds.0.load();
        let found = discovery
            .kinds
            .get(gvk)
            .or_else(|| discovery.preferred(&gvk.group_kind));
        let group = &gvk.group_kind.group;
        match found {
            Some(resource) if resource.namespaced => Scope::Namespaced,
            Some(_) => Scope::Cluster,
            None => match discovery.failed_groups.iter().find(|failed| {
                *GroupVersionKind::from_api_version(&failed.group_version, "")
                    .group_kind
                    .group
                    == **group
            }) {
                Some(failed) => Scope::Failed(failed.error.clone()),
                None => Scope::Unknown,
            },
        }
    }

    fn excluded(&self, kind: &GroupKind) -> bool {
        self.settings.is_excluded(kind, &self.cluster.0)
    }
}
