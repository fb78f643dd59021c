//! The kinds the cluster serves, and what the settings leave out of them.

use crate::capabilities::capabilities;
use arc_swap::ArcSwap;
use cluster::{ApiResource, Discovery};
use engine::{Scope, Scopes};
use model::{ClusterId, GroupKind, GroupVersionKind};
use render::Capabilities;
use std::sync::Arc;

/// The last discovery, and what charts are told of it.
pub struct Kinds {
    discovery: ArcSwap<Discovery>,
    capabilities: ArcSwap<Capabilities>,
}

impl Kinds {
    /// Starts with a discovery, of a server of this version.
    pub fn new(discovery: Discovery, server_version: &str) -> Self {
        Self {
            capabilities: ArcSwap::from_pointee(capabilities(&discovery, server_version)),
            discovery: ArcSwap::from_pointee(discovery),
        }
    }

    /// The last discovery.
    pub fn current(&self) -> Arc<Discovery> {
        self.discovery.load_full()
    }

    /// The server's version and all it serves, as charts ask.
    pub fn capabilities(&self) -> Arc<Capabilities> {
        self.capabilities.load_full()
    }

    /// Takes a new discovery in; true if it differs in kinds, failures or version.
    pub fn replace(&self, discovery: Discovery, server_version: &str) -> bool {
        let can = capabilities(&discovery, server_version);
        let upgraded = can != **self.capabilities.load();
        self.capabilities.store(Arc::new(can));
        let before = self.discovery.swap(Arc::new(discovery));
        let now = self.discovery.load();
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
        !same_kinds || upgraded || failed(&before) != failed(&now)
    }

    /// A kind at a version, or where the version is not served at the preferred one.
    pub fn resource(&self, kind: &GroupKind, version: &str) -> Option<ApiResource> {
        let discovery = self.discovery.load();
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
        self.discovery.load().kinds.get(&gvk).cloned()
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
        let discovery = self.kinds.discovery.load();
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
