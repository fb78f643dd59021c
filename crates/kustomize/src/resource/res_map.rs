//! Resources in order, no two of them the same object.
//!
//! Comes in: resources, one after another. Goes out: those that fit a selector or an id. Source:
//! Kustomize 5.8.1, api/resmap/reswrangler.go.

use super::res_id::{DEFAULT_NAMESPACE, NO_NAMESPACE};
use super::{BuildAnnotation, Gvk, ResId, Resource};
use crate::node::{self, NodeError};
use crate::schema::Schema;
use std::collections::{HashMap, HashSet};

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

/// Where in a [`ResMap`] the resources are that have or had an id, so that finding one needs no look
/// at all of them.
#[derive(Debug, Default)]
pub struct Positions(HashMap<Identity, Vec<usize>>);

impl Positions {
    /// Looks at every resource once.
    pub fn of(map: &ResMap, schema: &Schema) -> Self {
        let mut positions = Self::default();
        for (at, resource) in map.resources.iter().enumerate() {
            positions.add(at, resource, schema);
        }
        positions
    }

    /// Adds the ids of the resource at a position.
    pub fn add(&mut self, at: usize, resource: &Resource, schema: &Schema) {
        if resource.is_gone() {
            return;
        }
        let current = resource.current_id(schema);
        for id in resource.previous_ids().into_iter().chain([current]) {
            let positions = self.0.entry(id.into()).or_default();
            // Mostly it is the first time, and the highest position.
            let new = positions.last().is_none_or(|last| *last < at) || !positions.contains(&at);
            if new {
                positions.push(at);
            }
        }
    }

    /// Where the resources are that have, had or may have had an id.
    pub fn get(&self, id: &ResId) -> &[usize] {
        self.0.get(&id.clone().into()).map_or(&[], Vec::as_slice)
    }
}

/// Has a resource this id, or had it? Most are of another name; that is seen without making their ids.
fn has_or_had(resource: &Resource, id: &ResId, schema: &Schema) -> bool {
    let earlier = || resource.note(BuildAnnotation::PreviousNames);
    let named = resource.name() == id.name
        || earlier().is_some_and(|names| names.split(',').any(|name| name == id.name));
    named
        && !resource.is_gone()
        && (resource.previous_ids().iter().any(|other| id.same(other))
            || id.same(&resource.current_id(schema)))
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

    /// Are all ids different, but for those of resources that are gone? Names the first that is not.
    pub fn check_unique(&self, schema: &Schema) -> Result<(), ResMapError> {
        let mut known = HashSet::with_capacity(self.resources.len());
        let mut all = self.resources.iter().filter(|one| !one.is_gone());
        match all.find(|resource| !known.insert(parts(resource, schema))) {
            Some(twice) => Err(ResMapError::AlreadyThere(twice.current_id(schema).into())),
            None => Ok(()),
        }
    }

    /// Drops what was deleted.
    pub fn drop_gone(&mut self) {
        self.resources.retain(|resource| !resource.is_gone());
    }

    /// The position of the one resource that has or had this id.
    pub fn one_by_any_id(&self, id: &ResId, schema: &Schema) -> Result<usize, ResMapError> {
        self.one_of(0..self.resources.len(), id, schema)
    }

    /// The same, of resources whose positions are known.
    pub fn one_by_position(
        &self,
        positions: &Positions,
        id: &ResId,
        schema: &Schema,
    ) -> Result<usize, ResMapError> {
        self.one_of(positions.get(id).iter().copied(), id, schema)
    }

    fn one_of(
        &self,
        positions: impl Iterator<Item = usize>,
        id: &ResId,
        schema: &Schema,
    ) -> Result<usize, ResMapError> {
        let mut found = positions.filter(|at| has_or_had(&self.resources[*at], id, schema));
        match (found.next(), found.next()) {
            (None, _) => Err(ResMapError::NoMatch(id.clone().into())),
            (Some(at), None) => Ok(at),
            _ => Err(ResMapError::ManyMatches(id.clone().into())),
        }
    }
}
