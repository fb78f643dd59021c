//! The resources among which replacements find their sources and targets.
//!
//! Comes in: the resources. Goes out: the same, with the ids each has or had at hand, which are
//! asked for again and again.

use crate::resource::{ResId, Resource};

/// Resources and their ids.
pub(super) struct Population<'a> {
    resources: &'a mut [Resource],
    ids: Vec<Vec<ResId>>,
}

impl<'a> Population<'a> {
    pub fn new(resources: &'a mut [Resource]) -> Self {
        let ids = resources.iter().map(Resource::all_ids).collect();
        Self { resources, ids }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.resources.len()
    }

    /// The resource at a position.
    pub fn resource(&self, at: usize) -> &Resource {
        &self.resources[at]
    }

    /// The ids it has or had, the current one first. No scopes are looked up.
    pub fn ids(&self, at: usize) -> &[ResId] {
        &self.ids[at]
    }

    /// The id it has now.
    pub fn id(&self, at: usize) -> ResId {
        self.ids[at].first().cloned().unwrap_or_default()
    }

    /// Lets a resource be changed, then looks at its ids again.
    pub fn change<T>(&mut self, at: usize, change: impl FnOnce(&mut Resource) -> T) -> T {
        let changed = change(&mut self.resources[at]);
        self.ids[at] = self.resources[at].all_ids();
        changed
    }
}
