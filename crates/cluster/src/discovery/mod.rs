//! Which kinds a cluster serves. One request where the server aggregates (1.27 and later), one per
//! group version otherwise. A group that cannot be asked is kept as a fact: nothing may be pruned
//! for being "unknown" while the group it belongs to did not answer.

mod aggregated;
mod document;
mod legacy;

use std::collections::HashMap;
use std::sync::Arc;

use model::{GroupKind, GroupVersionKind};

use crate::{ApiResource, Connection, RequestError};

/// The kinds of a cluster.
#[derive(Default, Debug, Clone)]
pub struct Discovery {
    /// Every kind at every version it is served at.
    pub kinds: HashMap<GroupVersionKind, ApiResource>,
    /// Groups that did not say what they serve.
    pub failed_groups: Vec<FailedGroup>,
    /// The version the server prefers for each kind.
    preferred: HashMap<GroupKind, Arc<str>>,
}

/// A group version that is registered but did not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedGroup {
    /// As in `metrics.k8s.io/v1beta1`.
    pub group_version: String,
    /// Why.
    pub error: String,
}

/// Why there is no discovery at all.
#[derive(thiserror::Error, Debug)]
pub enum DiscoverError {
    /// A root document could not be had.
    #[error("the server's list of API groups ({path}) cannot be had")]
    Root {
        /// `/api` or `/apis`.
        path: &'static str,
        /// Why.
        #[source]
        source: RequestError,
    },
}

impl Discovery {
    /// A kind at the version the server prefers.
    pub fn preferred(&self, kind: &GroupKind) -> Option<&ApiResource> {
        let version = self.preferred.get(kind)?.clone();
        self.kinds.get(&GroupVersionKind {
            group_kind: kind.clone(),
            version,
        })
    }

    /// Every kind once, at the version the server prefers.
    pub fn each_preferred(&self) -> impl Iterator<Item = &ApiResource> {
        self.preferred
            .keys()
            .filter_map(|kind| self.preferred(kind))
    }

    /// Whether a group said nothing at one of its versions: then what it lacks proves nothing.
    pub fn is_incomplete(&self, group: &str) -> bool {
        self.failed_groups.iter().any(|failed| {
            GroupVersionKind::from_api_version(&failed.group_version, "")
                .group_kind
                .group
                .as_ref()
                == group
        })
    }

    /// The first version that has a kind is the preferred one: groups list them in that order.
    fn add(&mut self, resource: ApiResource) {
        let GroupVersionKind {
            group_kind,
            version,
        } = resource.gvk.clone();
        self.preferred.entry(group_kind).or_insert(version);
        self.kinds.entry(resource.gvk.clone()).or_insert(resource);
    }

    fn fail(&mut self, group_version: String, error: impl ToString) {
        self.failed_groups.push(FailedGroup {
            group_version,
            error: error.to_string(),
        });
    }
}

impl Connection {
    /// Asks the server what it serves.
    pub async fn discover(&self) -> Result<Discovery, DiscoverError> {
        let mut discovery = Discovery::default();
        for path in ["/api", "/apis"] {
            let root = self.discover_root(path).await;
            let root = root.map_err(|source| DiscoverError::Root { path, source })?;
            match aggregated::read(&root) {
                Some(groups) => aggregated::add_all(&mut discovery, groups),
                None => legacy::discover(self, path, &root, &mut discovery).await?,
            }
        }
        Ok(discovery)
    }
}
