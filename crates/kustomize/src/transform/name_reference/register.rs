//! Who is who, and who was who.
//!
//! Comes in: the resources. Goes out: for a name, the resources that had it before; for a position,
//! what the resource there is and was called. It is kept apart from the resources, which change
//! while it is asked.

use crate::resource::{Gvk, ResId, Resource};
use crate::schema::Schema;
use std::collections::HashMap;
use yaml::Node;

/// What is known of one resource.
pub(super) struct Entry {
    /// Its id now.
    pub id: ResId,
    /// The ids it had, the oldest first.
    pub previous: Vec<ResId>,
    /// Its type and metadata.
    pub head: Resource,
}

impl Entry {
    fn new(resource: &Resource, schema: &Schema) -> Self {
        Self {
            id: resource.current_id(schema),
            previous: resource.previous_ids(),
            head: head_of(resource),
        }
    }

    /// The id it was read with.
    pub fn original_id(&self) -> &ResId {
        self.previous.first().unwrap_or(&self.id)
    }

    /// Was it ever of a kind that this selects?
    pub fn was_selected(&self, selector: &Gvk) -> bool {
        self.previous.iter().any(|id| id.gvk.is_selected(selector))
    }
}

/// All resources, by position and by names they had.
pub(super) struct Register {
    entries: Vec<Entry>,
    by_previous_name: HashMap<String, Vec<usize>>,
    by_original_namespace: HashMap<String, Vec<usize>>,
}

impl Register {
    pub fn new(resources: &[Resource], schema: &Schema) -> Self {
        let entries: Vec<_> = resources
            .iter()
            .map(|resource| Entry::new(resource, schema))
            .collect();
        let mut by_previous_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_original_namespace: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let namespace = entry.original_id().effective_namespace();
            let list = by_original_namespace.entry(namespace.to_owned());
            list.or_default().push(at);
            for id in &entry.previous {
                let list = by_previous_name.entry(id.name.clone()).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        Self {
            entries,
            by_previous_name,
            by_original_namespace,
        }
    }

    /// Looks at a resource again. What it was called before cannot change.
    pub fn refresh(&mut self, at: usize, resource: &Resource, schema: &Schema) {
        let previous = std::mem::take(&mut self.entries[at].previous);
        self.entries[at] = Entry {
            id: resource.current_id(schema),
            previous,
            head: head_of(resource),
        };
    }

    /// What is known of the resource at a position.
    pub fn entry(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    /// The id of the resource at a position.
    pub fn id(&self, at: usize) -> &ResId {
        &self.entries[at].id
    }

    /// The id it was read with.
    pub fn original_id(&self, at: usize) -> &ResId {
        self.entries[at].original_id()
    }

    /// Positions of the resources that once had this name, in order.
    pub fn once_called(&self, name: &str) -> &[usize] {
        self.by_previous_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// Positions of the resources that were read in this namespace, in order.
    pub fn once_in(&self, namespace: &str) -> &[usize] {
        let list = self.by_original_namespace.get(namespace);
        list.map_or(&[], Vec::as_slice)
    }
}

/// The resource without its body.
fn head_of(resource: &Resource) -> Resource {
    let mut head = Node::mapping();
    for key in ["apiVersion", "kind", "metadata"] {
        if let Some(value) = resource.node.get(key) {
            head.push_entry(key, value.clone());
        }
    }
    Resource::from(head)
}
