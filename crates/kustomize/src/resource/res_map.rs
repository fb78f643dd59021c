//! Resources in order, no two of them the same object.
//!
//! Comes in: resources, one after another. Goes out: those that fit a selector or an id. Source:
//! Kustomize 5.8.1, api/resmap/reswrangler.go.

use super::res_id::{DEFAULT_NAMESPACE, NO_NAMESPACE};
use super::{BuildAnnotation, Gvk, ResId, Resource};
use crate::node::{self, NodeError};
use crate::schema::Schema;
use std::collections::HashSet;

/// Resources in the order they were read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ResMap {
    /// The resources. Whoever changes ids here answers for their being unique.
    pub resources: Vec<Resource>,
}

/// Why resources do not go together.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum ResMapError {
    /// The same object is wanted twice.
    #[error("may not add resource with an already registered id: {0}")]
    AlreadyThere(Box<ResId>),
    /// Nothing has this id.
    #[error("no matches for Id {0}; failed to find unique target for patch {0}")]
    NoMatch(Box<ResId>),
    /// Several have this id.
    #[error("multiple matches for Id {0}; failed to find unique target for patch {0}")]
    ManyMatches(Box<ResId>),
    /// A resource that should be merged into another finds none.
    #[error("id {0} does not exist; cannot merge or replace")]
    NothingToMerge(Box<ResId>),
    /// A resource that should be new is there.
    #[error(
        "id {id} exists; can not use behavior: '{behavior}', behavior must be merge or replace"
    )]
    Exists {
        /// Its id.
        id: Box<ResId>,
        /// What it was told to do.
        behavior: &'static str,
    },
    /// A resource could be merged into several.
    #[error("found multiple objects that could accept merge of {0}")]
    ManyToMerge(Box<ResId>),
    /// A resource is not shaped as an object is.
    #[error("the resource {id} is not shaped as an object")]
    Shape {
        /// Its id.
        id: Box<ResId>,
        /// What is wrong.
        #[source]
        source: NodeError,
    },
}

/// What two ids have in common exactly when they are the same.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Identity {
    group: String,
    version: String,
    kind: String,
    name: String,
    namespace: String,
}

/// The ids of a [`ResMap`], so that adding to it needs no look at what is there.
#[derive(Debug, Default)]
pub struct KnownIds(HashSet<Identity>);

impl From<ResId> for Identity {
    fn from(id: ResId) -> Self {
        let namespace = id.effective_namespace().to_owned();
        Self {
            group: id.gvk.group,
            version: id.gvk.version,
            kind: id.gvk.kind,
            name: id.name,
            namespace,
        }
    }
}

/// What the identity of a resource consists of.
fn parts<'a>(resource: &'a Resource, schema: &Schema) -> [&'a str; 5] {
    let written = node::api_version(&resource.node);
    let (group, version) = Gvk::split_api_version(written);
    let api_version = if group.is_empty() { version } else { written };
    let kind = resource.kind();
    let namespace = match resource.namespace() {
        _ if schema.is_certainly_cluster_scoped(api_version, kind) => NO_NAMESPACE,
        "" => DEFAULT_NAMESPACE,
        namespace => namespace,
    };
    [group, version, kind, resource.name(), namespace]
}

impl ResMap {
    /// Adds resources at the end, each of which must be new. Costs one look at each resource, those
    /// that are there included.
    pub fn append_all(
        &mut self,
        more: impl IntoIterator<Item = Resource>,
        schema: &Schema,
    ) -> Result<(), ResMapError> {
        let mut known = self.known_ids(schema);
        for resource in more {
            self.append(resource, &mut known, schema)?;
        }
        Ok(())
    }

    /// The ids of the resources that are there.
    pub fn known_ids(&self, schema: &Schema) -> KnownIds {
        let ids = self.resources.iter().map(|one| one.current_id(schema));
        KnownIds(ids.map(Identity::from).collect())
    }

    /// Adds a resource at the end, if it is new. The ids are those of this map.
    pub fn append(
        &mut self,
        resource: Resource,
        known: &mut KnownIds,
        schema: &Schema,
    ) -> Result<(), ResMapError> {
        let id = resource.current_id(schema);
        if !known.0.insert(id.clone().into()) {
            return Err(ResMapError::AlreadyThere(id.into()));
        }
        self.resources.push(resource);
        Ok(())
    }

    /// Are all ids different? Names the first that is not.
    pub fn check_unique(&self, schema: &Schema) -> Result<(), ResMapError> {
        let mut known = HashSet::with_capacity(self.resources.len());
        let mut all = self.resources.iter();
        match all.find(|resource| !known.insert(parts(resource, schema))) {
            Some(twice) => Err(ResMapError::AlreadyThere(twice.current_id(schema).into())),
            None => Ok(()),
        }
    }

    /// Drops what was deleted.
    pub fn drop_gone(&mut self) {
        self.resources.retain(|resource| !resource.is_gone());
    }

    /// Positions of the resources that have or had this id.
    pub fn by_any_id(&self, id: &ResId, schema: &Schema) -> Vec<usize> {
        // Most resources are of another name; that is seen without making their ids.
        let named = |resource: &Resource| {
            let earlier = resource.note(BuildAnnotation::PreviousNames);
            resource.name() == id.name
                || earlier.is_some_and(|names| names.split(',').any(|name| name == id.name))
        };
        let fits = |resource: &Resource| {
            named(resource)
                && !resource.is_gone()
                && (resource.previous_ids().iter().any(|other| id.same(other))
                    || id.same(&resource.current_id(schema)))
        };
        let numbered = self.resources.iter().enumerate();
        numbered
            .filter(|(_, resource)| fits(resource))
            .map(|(at, _)| at)
            .collect()
    }

    /// The position of the one resource that has or had this id.
    pub fn one_by_any_id(&self, id: &ResId, schema: &Schema) -> Result<usize, ResMapError> {
        match self.by_any_id(id, schema)[..] {
            [] => Err(ResMapError::NoMatch(id.clone().into())),
            [at] => Ok(at),
            _ => Err(ResMapError::ManyMatches(id.clone().into())),
        }
    }
}
